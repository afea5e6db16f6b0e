"""Calendars to put into one's own, and to follow. They hold what everybody may see, whoever asks."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from events.calendars import calendar_of, dated, events_to_follow
from events.models import Event, Series
from people.guests import ANYBODY


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Everything that is coming, and what was in the last year."""
    return as_file(calendar_of(events_to_follow(), settings.SITE_NAME), "calendar")


@login_not_required
@require_safe
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every event of a series."""
    series = get_object_or_404(Series.objects.visible_to(ANYBODY), slug=slug)
    events = dated(Event.objects.visible_to(ANYBODY).filter(series=series)).in_order()
    return as_file(calendar_of(events, f"{series.name}, {settings.SITE_NAME}"), slug)


@login_not_required
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event. Where its day is not known there is nothing to put into a calendar."""
    event = get_object_or_404(dated(Event.objects.visible_to(ANYBODY)), slug=slug)
    if not event.span.is_days:
        raise Http404
    return as_file(calendar_of([event], event.name), slug)


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    # Made for nobody in particular, and asked for again each time.
    patch_cache_control(response, no_cache=True)
    return response
