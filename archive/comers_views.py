"""Who comes to an event, as a file for those who run it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.exports import to_excel
from events.models import Event, SignUp

NAMES = ("name", "needs", "address", "state", "since")


@require_safe
def sign_ups_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who have a place and those who wait, for a spreadsheet, where no cell acts as a formula."""
    events = Event.objects.visible_to(request.viewer).run_by(request.viewer)
    event = get_object_or_404(events, slug=slug)
    listed = SignUp.objects.visible_to(request.viewer).filter(event=event)
    places = [*listed.going().order_by("confirmed_at", "pk"), *listed.waiting()]
    content = b"".join(to_excel(map(row_of, places), NAMES))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{slug}-sign-ups.csv"'
    return response


def row_of(place: SignUp) -> dict[str, object]:
    since = place.confirmed_at.isoformat(timespec="minutes")
    facts = (place.name, place.access_needs, place.email, place.get_state_display(), since)
    return dict(zip(NAMES, facts, strict=True))
