"""Photographs of an event: the list, one of them with the notes on it, and its files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coproduce import media
from events.models import Event
from events.reach import reach_in
from people.guests import ANYBODY
from responses.models import Photo
from responses.photos.showing import boxes_on, listed, seen_on
from responses.photos.states import state_of, told_of

ON_A_PAGE = 24


@login_not_required
@require_safe
def photos(request: HttpRequest, slug: str) -> HttpResponse:
    """The photographs of an event: those on show, or all with their state for those who work on its walls."""
    events = Event.objects.visible_to(request.viewer).select_related("series")
    event = get_object_or_404(events, slug=slug)
    adds = request.viewer.person is not None and event.is_transcribed_by(request.viewer)
    page = Paginator(listed(event, request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "events", "event": event, "runs_it": adds, "page": page}
    context["shown"] = [(photo, state_of(photo)) for photo in page]
    return render(request, "responses/photos.html", context)


@login_not_required
@require_safe
def photo(request: HttpRequest, identifier: str) -> HttpResponse:
    """One photograph, the notes on it, and for those who work on it how it stands."""
    found = told_of(Photo.objects.visible_to(request.viewer)).select_related("event__series")
    photo = found.filter(identifier=identifier).first()
    if photo is None:
        return tombstone(request, identifier)
    reach = reach_in(photo.event, request.viewer)
    boxes = boxes_on(photo, request.viewer)
    context = {
        "section": "events",
        "photo": photo,
        "event": photo.event,
        "state": state_of(photo),
        "reach": reach,
        "boxes": boxes,
        "notes": seen_on(boxes),
        "unnamed": [box for box in boxes if box.note is None],
        # The tiles are made after everything else; until then the link leads to the largest size.
        "closely": reverse("iiif_image", args=[photo.identifier]) if photo.zoom == 100 else "",
        "address": f"{settings.SITE_URL}{photo.get_absolute_url()}",
    }
    return render(request, "responses/photo.html", context)


def tombstone(request: HttpRequest, identifier: str) -> HttpResponse:
    """410 for one that was taken down, to whoever may see its event; to others it never was."""
    gone = Photo.objects.once_visible_to(request.viewer).select_related("event")
    photo = get_object_or_404(gone, identifier=identifier)
    context = {"photo": photo, "event": photo.event}
    return render(request, "responses/photo_gone.html", context, status=410)


@login_not_required
@require_safe
def photo_file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    """One size of a photograph, to whoever may see it at this moment."""
    photo = get_object_or_404(Photo.objects.visible_to(request.viewer).made(), identifier=identifier)
    # What a request without cookie or token may see is what anybody may see.
    return media.answer(request, photo.files, name, public=request.viewer == ANYBODY)


@require_safe
def photo_original(request: HttpRequest, identifier: str) -> HttpResponse:
    """The file as it was sent, with the place and device it may name, for those who run the event."""
    photos = Photo.objects.visible_to(request.viewer).run_by(request.viewer)
    photo = get_object_or_404(photos, identifier=identifier)
    return media.original(photo.files, name=f"photograph-{photo.identifier}")
