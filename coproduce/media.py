"""Answers a request for a file of a picture, for a view that has decided who may see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from coproduce.images import keeping
from coproduce.images.sizes import FILES

# Should a browser ever take a file for something else than a picture, it may do nothing.
POLICY = "default-src 'none'; sandbox"


def answer(request: HttpRequest, folder: str, name: str, *, public: bool) -> HttpResponseBase:
    """The file `name` of the picture in `folder`, as shown to somebody who may see it.

    `public` says whether anybody may. Kept copies are asked for again each time, so that a
    withdrawal holds from the next request on. Raises Http404 for every name that is no file.
    """
    try:
        content = keeping.read(folder, name)
    except FileNotFoundError:
        raise Http404("There is no such picture.") from None
    # The files of a folder never change: a picture that is made again gets a folder of its own.
    response = get_conditional_response(
        request, etag=f'"{folder}-{name}"', response=HttpResponse(content, content_type=FILES[name])
    )
    for header, value in headers(folder, name, public).items():
        response[header] = value
    return response


def headers(folder: str, name: str, public: bool) -> dict[str, str]:
    return {
        "Cache-Control": "no-cache" if public else "private, no-cache",
        "Content-Disposition": f'inline; filename="picture-{name}"',
        "Content-Security-Policy": POLICY,
        "ETag": f'"{folder}-{name}"',
        "X-Content-Type-Options": "nosniff",
    }
