"""Tallies, as the API tells them: the numbers of the pages, with the strongest challenge beside them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from archive.api.facts import ADDRESS, MAYBE_NUMBER, MAYBE_WORDS, WORDS, counts_of, record, several
from archive.api.lists import Said, enveloped
from archive.api.parameters import (
    CURSOR,
    LIMIT,
    NO_NUL,
    Parameter,
    must_be_known,
    read_cursor,
    read_limit,
    write_cursor,
)
from archive.cite.of_boards import may_be_quoted, with_readings
from archive.cite.work import whole
from people.guests import ANYBODY
from responses.models import Mark, Note, Origin, Station, TextState
from responses.strongest import strongest_challenges
from responses.tallies import Tally, tallies_by_station

NAME = {"type": "string", "maxLength": 100, "pattern": NO_NUL}
PARAMETERS = [
    LIMIT,
    CURSOR,
    Parameter("event", "Of this event, as in its address.", NAME),
    Parameter("principle", "Of stations that ask about the principle with this id.", NAME),
]
CHALLENGE = {
    "oneOf": [{"type": "null"}, record({"id": WORDS, "url": ADDRESS, "words": MAYBE_WORDS})],
}
SCHEMA = record(
    {
        "station": WORDS,
        "heading": WORDS,
        "event": WORDS,
        "board": WORDS,
        "url": ADDRESS,
        "principles": several(WORDS),
        "stated": MAYBE_NUMBER,
        "total": {"type": "integer", "minimum": 0},
        "marks": counts_of(Mark.values),
        "text_states": counts_of(TextState.values),
        "origins": counts_of(Origin.values),
        "withdrawn": {"type": "integer", "minimum": 0},
        "strongest_challenge": CHALLENGE,
    }
)


def tell_tallies(given: QueryDict) -> Said:
    """One page of stations with their counts, in the order in which they came on record."""
    must_be_known(given, [one.name for one in PARAMETERS])
    limit, place = read_limit(given), read_cursor(given, "tallies", [int])
    after = place[0] if place else 0
    stations = list(_stations(given).filter(pk__gt=after).order_by("pk")[: limit + 1])
    cursor = write_cursor("tallies", stations[limit - 1].pk) if len(stations) > limit else ""
    return enveloped(reverse("api_tallies"), given, _counted(stations[:limit]), cursor)


def _stations(given: QueryDict) -> QuerySet[Station]:
    stations = Station.objects.visible_to(ANYBODY)
    if "event" in given:
        stations = stations.filter(board__event__slug=given["event"])
    if "principle" in given:
        stations = stations.filter(principles__identifier=given["principle"])
    return stations.select_related("board__event").prefetch_related("principles")


def _counted(stations: Sequence[Station]) -> list[dict[str, object]]:
    tallies = tallies_by_station(stations)
    notes = Note.objects.visible_to(ANYBODY).on_the_wall().filter(station__in=stations)
    against = strongest_challenges(with_readings(notes))
    return [_told(one, tallies[one.pk], against.get(one.pk)) for one in stations]


def _told(station: Station, tally: Tally, against: Note | None) -> dict[str, object]:
    return {
        "station": station.identifier,
        "heading": station.heading,
        "event": station.board.event.slug,
        "board": station.board.slug,
        "url": whole(station.get_absolute_url()),
        "principles": [one.identifier for one in station.principles.all()],
        "stated": tally.stated,
        "total": tally.total,
        "marks": {mark: tally.marks[mark] for mark in Mark.values},
        "text_states": {state: tally.text_states[state] for state in TextState.values},
        "origins": {origin: tally.origins[origin] for origin in Origin.values},
        "withdrawn": tally.withdrawn,
        "strongest_challenge": None if against is None else _challenge(against),
    }


def _challenge(note: Note) -> dict[str, object]:
    words = note.plain if may_be_quoted(note.consent) else ""
    return {"id": note.identifier, "url": whole(note.get_absolute_url()), "words": words or None}
