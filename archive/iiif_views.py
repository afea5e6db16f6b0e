"""IIIF: manifests, annotations and pieces of photographs, and a page that opens them in Mirador."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from archive.answers import answer_json, answer_picture
from archive.editions import Edition, edition_of, edition_of_photo
from archive.iiif.annotations import accepted_page, others_page
from archive.iiif.manifests import CONTEXT, MEDIA_TYPE, manifest_of_event, manifest_of_photo
from archive.iiif.service import info_of, piece_of
from events.models import Event
from responses.models import Photo

IMAGE_TYPE = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
NO_PHOTOGRAPH = (
    "No photograph of this event is on show, and a manifest needs one. Its notes are in /events/{}/tei.xml.\n"
)
# Mirador writes its styles into the page, on this page only; scripts stay as they are everywhere.
MIRADOR_CSP = settings.SECURE_CSP | {
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}


@login_not_required
@require_safe
def iiif_event(request: HttpRequest, slug: str) -> HttpResponseBase:
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    edition = edition_of(event, request.viewer)
    if not edition.photos:
        said = NO_PHOTOGRAPH.format(event.slug)
        return HttpResponse(said, status=404, content_type="text/plain; charset=utf-8")
    return answer_json(request, manifest_of_event(edition), MEDIA_TYPE)


@login_not_required
@require_safe
def iiif_photo(request: HttpRequest, identifier: str) -> HttpResponseBase:
    edition = edition_of_photo(photo_seen(request, identifier), request.viewer)
    return answer_json(request, manifest_of_photo(edition), MEDIA_TYPE)


@login_not_required
@require_safe
def iiif_notes(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The accepted readings on a photograph, as an annotation page of its own."""
    photo = photo_seen(request, identifier)
    page = accepted_page(photo, edition_of_photo(photo, request.viewer))
    return answer_json(request, {"@context": CONTEXT} | page, MEDIA_TYPE)


@login_not_required
@require_safe
def iiif_other_readings(request: HttpRequest, identifier: str) -> HttpResponseBase:
    photo = photo_seen(request, identifier)
    page = others_page(photo, edition_of_photo(photo, request.viewer))
    return answer_json(request, {"@context": CONTEXT} | page, MEDIA_TYPE)


@login_not_required
@require_safe
def iiif_image(request: HttpRequest, identifier: str) -> HttpResponseBase:
    return answer_json(request, info_of(photo_seen(request, identifier)), IMAGE_TYPE)


@login_not_required
@require_safe
def iiif_tile(request: HttpRequest, identifier: str, region: str, size: str) -> HttpResponseBase:
    """A piece of a photograph, to whoever may see the photograph at this moment."""
    photo = photo_seen(request, identifier)
    try:
        content = piece_of(photo, region, size)
    except FileNotFoundError:
        raise Http404("There is no such piece of it.") from None
    return answer_picture(request, content, f"{photo.files}-{region}-{size}.jpg")


@login_not_required
@require_safe
@csp_override(MIRADOR_CSP)
def iiif_viewer(request: HttpRequest) -> HttpResponse:
    """Mirador with one of our own manifests, and under it the same notes as a list."""
    found = manifest_asked_for(request.GET.get("manifest", ""))
    edition, title = edition_behind(request, found)
    manifest = reverse(found.url_name, kwargs=found.kwargs)
    context = {
        "section": "events",
        "title": title,
        "event": edition.event,
        "manifest": manifest,
        "address": settings.SITE_URL + manifest,
        "shown": [(photo, edition.boxes_on(photo)) for photo in edition.photos],
    }
    return render(request, "archive/viewer.html", context)


def manifest_asked_for(address: str) -> ResolverMatch:
    """The route of the manifest at `address`, a path on this site; raises Http404 for every other."""
    try:
        found = resolve(address)
    except Resolver404:
        raise Http404("There is no such manifest here.") from None
    if found.url_name not in ("iiif_event", "iiif_photo"):
        raise Http404("There is no such manifest here.")
    return found


def edition_behind(request: HttpRequest, found: ResolverMatch) -> tuple[Edition, str]:
    """What a manifest shows, and what that is called."""
    if found.url_name == "iiif_photo":
        photo = photo_seen(request, **found.kwargs)
        return edition_of_photo(photo, request.viewer), str(photo)
    event = get_object_or_404(Event.objects.visible_to(request.viewer), **found.kwargs)
    edition = edition_of(event, request.viewer)
    if not edition.photos:
        raise Http404("No photograph of it is on show.")
    return edition, event.name


def photo_seen(request: HttpRequest, identifier: str) -> Photo:
    photos = Photo.objects.visible_to(request.viewer).made().select_related("event")
    return get_object_or_404(photos, identifier=identifier)
