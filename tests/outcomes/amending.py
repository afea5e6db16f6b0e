"""Amendments made in one call, and a principle on a wall to propose them for."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from outcomes.amendments import open_amendment, propose_amendment
from outcomes.models import Amendment
from people.guests import Viewer
from principles.models import Principle
from responses.models import Note, Station

WORDS = "Power is handed over."
WHY = "People ask who gives it."


def proposed(principle: Principle, by: Viewer | None, text: str = WORDS, **facts: object) -> Amendment:
    return propose_amendment(principle, text, WHY, by=by, **facts)


def opened(
    principle: Principle, by: Viewer | None, text: str = WORDS, days: float = 7, **facts: object
) -> Amendment:
    """An amendment that takes marks for so many days; those below zero are over."""
    amendment = proposed(principle, by, text, **facts)
    open_amendment(amendment, timezone.now() + timedelta(days=max(days, 1)), by=by)
    if days < 0:
        since = timezone.now() + timedelta(days=days)
        Amendment.objects.filter(pk=amendment.pk).update(open_until=since, opened_at=since)
    amendment.refresh_from_db()
    return amendment


def asking(make_set: Callable, station: Station, name: str = "power") -> Principle:
    """A principle that the station asks about."""
    principle = make_set().principles.get(slug=name)
    station.pairings.create(principle=principle)
    return principle


def words_of(note: Note) -> list[str]:
    """The words it is pinned to."""
    return list(note.wordings.values_list("text", flat=True))
