"""The log of an event, for those who organise it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.log import acts_in
from events.models import Event
from people.log import page_of


@never_cache
@require_safe
def event_log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every act on the event and what is in it, the latest first."""
    event = get_object_or_404(Event.objects.visible_to(request.viewer).run_by(request.viewer), slug=slug)
    page = page_of(acts_in(event, request.viewer), request.GET.get("page"))
    return render(request, "events/log.html", {"section": "events", "event": event, "page": page})
