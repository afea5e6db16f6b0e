"""The notes that a query finds: one rule for the page, the counts beside it, files, studies and the API."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import F, Func, Q, QuerySet, TextField

from archive.search.query import LEGIBLE, Query
from archive.search.words import all_of, holds, is_part, may_hold
from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Station

# The two answers that each choice of consent stands for: shown in public, free for research.
CONSENTS = {
    "public_research": (True, True),
    "public": (True, False),
    "research": (False, True),
    "board": (False, False),
}
Values = tuple[str, ...]


def notes_found(query: Query, viewer: Viewer) -> QuerySet[Note]:
    """The notes on the wall that `viewer` may read and `query` finds, in no order."""
    return matching_notes(Note.objects.visible_to(viewer).on_the_wall(), query).order_by()


def matching_notes(notes: QuerySet[Note], query: Query) -> QuerySet[Note]:
    """Those of `notes` that have the words and facets of `query`."""
    return saying(narrowed(notes, query), query)


def narrowed(notes: QuerySet[Note], query: Query) -> QuerySet[Note]:
    """Those of `notes` that have the facets of `query`, whatever they say."""
    if "note" not in query.kinds:
        return notes.none()
    for facet, values in query.chosen.items():
        if facet in OF_NOTES:
            notes = notes.filter(OF_NOTES[facet](values))
    return notes


def saying(notes: QuerySet[Note], query: Query) -> QuerySet[Note]:
    """Those of `notes` that have the words of `query`, whatever else they are."""
    question = all_of(query.terms)
    if question is not None:
        notes = notes.filter(search=question)
    for term in filter(is_part, query.terms):
        # The second says what is searched of a note; the first finds candidates for it.
        said = holds(NoteWords(), term.text)
        notes = notes.exclude(said) if term.is_left_out else notes.filter(may_hold("text", term.text), said)
    return notes


class NoteWords(Func):
    """What is searched of a note: its words without what readers remarked."""

    function = "note_words"
    output_field = TextField()

    def __init__(self) -> None:
        super().__init__(F("text"), F("origin"))


def events_chosen(facet: str, values: Values) -> QuerySet[Event]:
    """The events that have one of `values` in a facet about events, of whoever's sight."""
    events = Event.objects.order_by()
    if facet == "tag":
        return reduce(or_, (events.tagged(value) for value in values))
    return events.filter(**{EVENT_FIELDS[facet]: values})


EVENT_FIELDS = {
    "event": "slug__in",
    "series": "series__slug__in",
    "year": "first_day__year__in",
    "place": "place__in",
}
OF_EVENTS = (*EVENT_FIELDS, "tag")


def _at_events(facet: str) -> Callable[[Values], Q]:
    return lambda values: Q(
        board__in=Board.objects.filter(event__in=events_chosen(facet, values)).values("pk")
    )


def _asked_about(field: str) -> Callable[[Values], Q]:
    return lambda values: Q(station__in=Station.objects.filter(**{field: values}).order_by().values("pk"))


def _consenting(values: Values) -> Q:
    answers = [CONSENTS[value] for value in values]
    return reduce(
        or_, (Q(consent__public=public, consent__research=research) for public, research in answers)
    )


def _legible(values: Values) -> Q:
    return Q(text_state__in=[state for value in values for state in LEGIBLE[value]])


# What each facet asks of a note.
OF_NOTES: dict[str, Callable[[Values], Q]] = {
    "mark": lambda values: Q(mark__in=values),
    "state": lambda values: Q(text_state__in=values),
    "origin": lambda values: Q(origin__in=values),
    "legibility": _legible,
    "consent": _consenting,
    "principle": _asked_about("principles__identifier__in"),
    "set": _asked_about("principles__set__identifier__in"),
    **{facet: _at_events(facet) for facet in OF_EVENTS},
}
