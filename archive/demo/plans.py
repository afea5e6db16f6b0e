"""What the demo has planned: a draft with its sign-ups open, and an event that does not take place."""

from datetime import timedelta

from django.utils import timezone

from archive.demo.coming import AHEAD, SLUG
from events.models import Event
from events.planning import copy_event, edit_event, plan_event
from events.publishing import cancel_event, publish_event
from people.guests import Viewer

LATER = AHEAD + timedelta(days=28)
SOONER = AHEAD - timedelta(days=12)
WHY = "The hall has no heating until spring. We meet in the upper room instead, and read."


def plan_more(*, by: Viewer) -> None:
    """A draft like the event that is coming, and another that was announced and called off."""
    event = Event.objects.get(slug=SLUG)
    draft = copy_event(event, by=by, name="Demo: a second reading afternoon", date=_day(LATER))
    edit_event(draft, by=by, is_invented=True)
    walk = plan_event(by=by, name="Demo: a walk past the sheets", date=_day(SOONER), **what_it_was())
    publish_event(walk, by=by)
    cancel_event(walk, WHY, by=by)


def what_it_was() -> dict[str, object]:
    return {
        "place": "The old hall",
        "summary": "Every sheet of the three meetings once more on one long wall, to walk past slowly.",
        "is_invented": True,
        "is_named": True,
    }


def _day(ahead: timedelta) -> str:
    return (timezone.localdate() + ahead).isoformat()
