"""An event's notes as TEI."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.answers import answer
from archive.rows import Export
from archive.take.jobs import log_taken
from archive.tei import tei_of
from coproduce.replica import reads_from_replica
from events.models import Event


@login_not_required
@require_safe
@reads_from_replica
def event_tei(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The notes of an event, with every reading of them that may be seen, as a file."""
    events = Event.objects.visible_to(request.viewer).with_parts()
    event = get_object_or_404(events, slug=slug)
    response = answer(request, tei_of(event, request.viewer), "application/tei+xml")
    taken = Export(event, request.viewer)
    if taken.sees_all and response.status_code == 200:
        log_taken("tei", f"event={event.slug}", taken.number, by=request.viewer)
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-tei.xml"'
    return response
