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


# How the files that are taken begin, and how such a file is called.
ENDINGS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"), (b"RIFF", "webp"))


def original(folder: str, *, name: str) -> HttpResponse:
    """The file of a picture as it was sent, to be saved as `name` by somebody who may have it.

    It says where it was taken, and with what: nobody keeps a copy on the way, and no browser
    opens it as anything. Raises Http404 where it is not kept.
    """
    path = keeping.original_of(folder) if folder else None
    if path is None:
        raise Http404("There is no such file.")
    content = path.read_bytes()
    ending = next((ending for begins, ending in ENDINGS if content.startswith(begins)), "heic")
    said = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/octet-stream", headers=said)
