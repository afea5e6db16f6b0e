"""Notes picked on a page, as forms send them: single notes, and all that say nothing but one mark.

A single note is sent as its identifier; the notes without words that carry one mark at one heading,
and that still wait, as the heading's identifier, a dot and the mark.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from events.models import Event
from outcomes.citable import citable
from outcomes.standing import Standing, with_standing
from outcomes.waiting import Marks, marks_without_words
from people.guests import Viewer
from responses.models import Mark, Note, TextState

MOST = 500  # values read from one form


def picked_notes(event: Event, viewer: Viewer, values: Iterable[str]) -> list[Note]:
    """Every note that `values` stand for and that `viewer` may cite; what is gone is left out."""
    single, together = _sorted_out(values)
    found = list(citable(event, viewer).filter(identifier__in=single))
    return found + list(_waiting_without_words(event, viewer).filter(together)) if together else found


def picks_of(event: Event, viewer: Viewer, values: Iterable[str]) -> list[Note | Marks]:
    """The same for showing: each single note, and each heap of marks as one."""
    single, together = _sorted_out(values)
    notes = citable(event, viewer).filter(identifier__in=single).for_showing().in_order()
    heaps = marks_without_words(_waiting_without_words(event, viewer).filter(together)) if together else []
    return [*notes, *heaps]


def _sorted_out(values: Iterable[str]) -> tuple[list[str], Q]:
    single, together = [], Q()
    for value in [value for value in dict.fromkeys(values) if "\0" not in value][:MOST]:
        station, dot, mark = value.partition(".")
        if not dot:
            single.append(value)
        elif mark in Mark.values:
            together |= Q(station__identifier=station, mark=mark)
    return single, together


def _waiting_without_words(event: Event, viewer: Viewer) -> QuerySet[Note]:
    silent = citable(event, viewer).filter(text_state=TextState.NO_TEXT)
    return with_standing(silent).filter(standing=Standing.WAITING)
