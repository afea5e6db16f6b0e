"""The pages of events, series and tags."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import Event, Series

A_PAGE = 20  # events


@login_not_required
def event_list(request: HttpRequest) -> HttpResponse:
    """Every event, the newest first."""
    events = Event.objects.visible_to(request.viewer).select_related("series").newest_first()
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/list.html", {"section": "events", "page": page})


@login_not_required
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """An event, and the record it becomes."""
    events = Event.objects.visible_to(request.viewer).select_related("series").with_parts()
    found = get_object_or_404(events, slug=slug)
    context = {
        "section": "events",
        "event": found,
        "runs_it": found.is_run_by(request.viewer),
        "address": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "events/event.html", context)


@login_not_required
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with its events in order."""
    found = get_object_or_404(Series.objects.visible_to(request.viewer), slug=slug)
    events = Event.objects.visible_to(request.viewer).filter(series=found).in_order()
    return render(request, "events/series.html", {"section": "events", "series": found, "events": events})


@login_not_required
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The events that carry a tag; a tag that only hidden events carry is not there."""
    events = Event.objects.visible_to(request.viewer).tagged(slug).select_related("series")
    shown = list(events.newest_first().prefetch_related("tags"))
    if not shown:
        raise Http404
    name = next(tag.name for tag in shown[0].tags.all() if tag.slug == slug)
    return render(request, "events/tag.html", {"section": "events", "tag": name, "events": shown})
