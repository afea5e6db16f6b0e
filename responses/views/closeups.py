"""The cut-out of one note from a photograph."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from coproduce import media
from coproduce.images import keeping
from people.guests import ANYBODY, Viewer
from responses.models import Photo, Region
from responses.readings.asking import asking_under, asks_about


@login_not_required
@require_safe
def close_up(request: HttpRequest, identifier: str, box: str) -> HttpResponseBase:
    """What a box shows, to whoever may see both its photograph and its note at this moment."""
    viewer = asked(request, identifier)
    boxes = Region.objects.visible_to(viewer).select_related("photo")
    region = get_object_or_404(boxes, identifier=identifier)
    # What a request without cookie or token may see is what anybody may see.
    return cut_out(request, region, box, public=viewer == ANYBODY)


def cut_out(request: HttpRequest, region: Region, box: str, *, public: bool) -> HttpResponseBase:
    """The close-up of a region to somebody who may see it; 404 where `box` is not its present place.

    Whoever may not see the whole photograph sees nothing of the notes beside it.
    """
    folder = region.photo.files
    alone = not Photo.objects.visible_to(request.viewer).filter(pk=region.photo_id).exists()
    try:
        if box != "-".join(map(str, region.box)):
            raise FileNotFoundError(box)
        content = keeping.close_up(folder, region.box, alone=alone)
    except FileNotFoundError:
        raise Http404("There is no such close-up.") from None
    name = f"{box}{'-alone' if alone else ''}.jpg"
    etag = f'"{folder}-{name}"'
    answer = HttpResponse(content, content_type="image/jpeg")
    response = get_conditional_response(request, etag=etag, response=answer)
    for header, value in media.headers(folder, name, public).items():
        response[header] = value
    return response


def asked(request: HttpRequest, identifier: str) -> Viewer:
    """The viewer; with the token of a link that asks about this box, as one whom that link asks."""
    asking = asking_under(request.GET.get("ask", ""))
    if asking is None or not asks_about(asking, identifier):
        return request.viewer
    return replace(request.viewer, reads_for=asking.event_id)
