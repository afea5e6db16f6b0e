"""The pages of events, series and tags."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import Event, Series
from events.reach import reach_in
from events.running import may_plan, runs_series

A_PAGE = 20  # events


@login_not_required
def event_list(request: HttpRequest) -> HttpResponse:
    """Every event, the newest first."""
    events = Event.objects.visible_to(request.viewer).select_related("series").newest_first()
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "events", "page": page, "may_plan": may_plan(request.viewer)}
    return render(request, "events/list.html", context)


@login_not_required
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """An event, and the record it becomes."""
    events = Event.objects.visible_to(request.viewer).select_related("series").with_parts()
    found = get_object_or_404(events, slug=slug)
    context = {
        "section": "events",
        "event": found,
        "reach": (reach := reach_in(found, request.viewer)),
        "runs_it": reach.runs,
        "address": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "events/event.html", context)


@login_not_required
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A series with its events in order."""
    found = get_object_or_404(Series.objects.visible_to(request.viewer), slug=slug)
    events = Event.objects.visible_to(request.viewer).filter(series=found).in_order()
    runs_it = request.viewer.person is not None and runs_series(found, request.viewer)
    context = {"section": "events", "series": found, "events": events, "runs_it": runs_it}
    return render(request, "events/series.html", context)


@login_not_required
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The events that carry a tag; a tag that only hidden events carry is not there."""
    events = Event.objects.visible_to(request.viewer).tagged(slug).select_related("series")
    shown = list(events.newest_first().prefetch_related("tags"))
    if not shown:
        raise Http404
    name = next(tag.name for tag in shown[0].tags.all() if tag.slug == slug)
    return render(request, "events/tag.html", {"section": "events", "tag": name, "events": shown})
