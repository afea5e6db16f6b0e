"""What somebody said they would do, or asked for, and whose day is near or past."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from events.models import Event
from outcomes.models import Amendment, Decision, Promise
from outcomes.standing import standings_by_event
from people.guests import Viewer

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Due:
    """A promise or a decision whose day is near or past. `kind` says which it is."""

    thing: Promise | Decision
    kind: str
    is_overdue: bool


def due_for(viewer: Viewer, today: date) -> list[Due]:
    """What those who run it have to keep, the oldest day first."""
    until = today + SOON
    promises = Promise.objects.visible_to(viewer).run_by(viewer).pending().filter(due_last__lte=until)
    here = Decision.objects.visible_to(viewer).standing().filter(event__in=Event.objects.run_by(viewer))
    decisions = here.filter(kind__in=Decision.OPEN, due_last__lte=until)
    found = [Due(one, "promise", one.due_last < today) for one in promises]
    found += [Due(one, "decision", one.due_last < today) for one in decisions]
    return sorted(found, key=lambda due: (due.thing.due_last, due.thing.pk))


def to_decide(viewer: Viewer) -> Sequence[Amendment]:
    """The amendments whose time for marks is over, for those who may decide about them."""
    if not viewer.may_organise:
        return ()
    over = Amendment.objects.visible_to(viewer).open().filter(open_until__lte=timezone.now())
    return list(over.select_related("principle__set").order_by("open_until", "pk"))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many notes of an event wait for an answer, of how many."""

    event: Event
    waiting: int
    total: int


def unanswered(events: Sequence[Event]) -> list[Unanswered]:
    """The events on record in which notes wait for an answer, those with the most first; one query."""
    return sorted(_unanswered(events), key=lambda one: -one.waiting)


def _unanswered(events: Sequence[Event]) -> Iterator[Unanswered]:
    standings = standings_by_event(events) if events else {}
    for event in events:
        if event.is_record and (waiting := standings[event.pk].waiting):
            yield Unanswered(event, waiting, standings[event.pk].total)
