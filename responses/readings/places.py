"""Where a note from paper stands: what its readings agree on, and what a person ruled.

Pure: a note, its readings and its rulings in, a place out; no question to the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responses.models import Note, Reading, Ruling, TextState
from responses.readings.agreement import (
    ENOUGH,
    Agreement,
    agreement_of,
    newest_by_reader,
    said_key,
)

READ_WHOLE = (TextState.READ, TextState.NO_TEXT, TextState.DRAWING)


class Place(StrEnum):
    """Where a note is in the queue."""

    NEEDS_READER = "needs_reader"
    READY = "ready"
    HARD = "hard"
    BETTER_PHOTO = "better_photo"
    SETTLED = "settled"


# The places of notes that somebody can still help with by reading.
TO_READ = (Place.NEEDS_READER, Place.HARD)


@dataclass(frozen=True, slots=True)
class Standing:
    """A note's place, and what its open readings agree on."""

    place: Place
    agreement: Agreement


def place_of(
    note: Note, readings: Iterable[Reading], rulings: Iterable[Ruling], *, pictured: datetime | None
) -> Place:
    """Where `note` stands, given all its readings and rulings.

    `pictured` is when the newest photograph came that shows it, None where none does.
    """
    return standing_of(note, readings, rulings, pictured=pictured).place


def standing_of(
    note: Note, readings: Iterable[Reading], rulings: Iterable[Ruling], *, pictured: datetime | None
) -> Standing:
    """The same with what the readings that nobody ruled on agree on."""
    readings, rulings = list(readings), sorted(rulings, key=lambda ruling: ruling.number)
    settled_by = _settling(readings, rulings)
    opened = [ruling for ruling in rulings if ruling.action == Ruling.Action.REOPEN]
    since = settled_by.at if settled_by else opened[-1].at if opened else None
    fresh = _still_open(readings, rulings, since)
    agreement = agreement_of(fresh)
    if any(reading.witness == Reading.Witness.AUTHOR for reading in fresh):
        return Standing(Place.READY, agreement)
    if settled_by:
        return Standing(_place_of_settled(settled_by, agreement), agreement)
    return Standing(_place_of_open(note, fresh, agreement, pictured), agreement)


def _settling(readings: list[Reading], rulings: list[Ruling]) -> Ruling | None:
    """The newest acceptance of what somebody read for themselves, unless the note was opened again."""
    imported = {reading.pk for reading in readings if reading.witness == Reading.Witness.IMPORTED_RECORD}
    last = None
    for ruling in rulings:
        if ruling.action == Ruling.Action.REOPEN:
            last = None
        elif ruling.action == Ruling.Action.ACCEPT and ruling.reading_id not in imported:
            last = ruling
    return last


def _still_open(readings: list[Reading], rulings: list[Ruling], since: datetime | None) -> list[Reading]:
    """The readings that nobody ruled on, each reader's newest.

    An acceptance shows those there are by then, and else they stay held because something was
    taken out of the note: what was read before it never counts again.
    """
    decided = {ruling.reading_id: ruling.action for ruling in rulings}
    rejected = {pk for pk, action in decided.items() if action == Ruling.Action.REJECT}
    made = [reading for reading in readings if reading.is_held and (since is None or reading.at > since)]
    author = [reading for reading in made if reading.witness == Reading.Witness.AUTHOR][-1:]
    return [reading for reading in [*newest_by_reader(made), *author] if reading.pk not in rejected]


def _place_of_settled(ruling: Ruling, agreement: Agreement) -> Place:
    """Settled, unless readers agree since on something else than was accepted."""
    best, accepted = agreement.best, ruling.reading
    differs = agreement.is_ready and accepted and said_key(best) != said_key(accepted)
    return Place.READY if differs else Place.SETTLED


def _place_of_open(
    note: Note, fresh: Sequence[Reading], agreement: Agreement, pictured: datetime | None
) -> Place:
    if agreement.is_ready:
        return Place.READY
    if pictured is None:
        return Place.SETTLED if note.text_state in READ_WHOLE and not fresh else Place.BETTER_PHOTO
    if agreement.is_hard:
        return Place.HARD
    wishes = [reading for reading in fresh if reading.wants_better_photo and reading.at > pictured]
    return Place.BETTER_PHOTO if len(wishes) >= ENOUGH else Place.NEEDS_READER
