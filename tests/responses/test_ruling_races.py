"""Two who run an event decide at the same moment: on real transactions."""

import pytest

from people.guests import Viewer
from people.refusals import Refused
from responses.board import take_down_note
from responses.models import Change, Note, Station
from responses.readings.ruling import accept_reading, reject_reading
from tests.paper import paper_note, read_as
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LONG = ["One side only, ", "And the other side, "]


def test_two_acceptances_at_once_are_two_rulings_in_order_and_no_mixed_note(
    station: Station, ada: Viewer, steward: Viewer
) -> None:
    note = paper_note(station)
    readings = [
        read_as(note, words * 20, mark=mark) for words, mark in zip(LONG, ("tick", "square"), strict=True)
    ]
    deciders = (ada, steward)
    made = at_once(2, lambda index: accept_reading(readings[index], by=deciders[index]))
    numbers = {ruling.reading_id: ruling.number for ruling in made}
    assert sorted(numbers.values()) == [1, 2]
    last = max(made, key=lambda ruling: ruling.number).reading
    note = Note.objects.get(pk=note.pk)
    assert (note.text, note.mark, note.accepted_id) == (last.text, last.mark, last.pk)
    changes = station.board.changes.filter(kind=Change.Kind.NOTE_RULED).values_list("number", flat=True)
    assert sorted(changes) == [1, 2]


def test_of_two_who_saw_the_same_one_is_told_that_the_other_decided(
    station: Station, ada: Viewer, steward: Viewer
) -> None:
    note = paper_note(station)
    readings = [read_as(note, words) for words in ("One.", "Two.")]

    def decide(index: int) -> str:
        try:
            accept_reading(readings[index], by=(ada, steward)[index], seen=0)
        except Refused as refusal:
            return str(refusal)
        return ""

    said = sorted(at_once(2, decide))
    assert said[0] == ""
    assert "Somebody decided about this note meanwhile" in said[1]
    assert note.rulings.count() == 1


def test_the_same_reading_accepted_and_rejected_at_once_is_one_or_the_other(
    station: Station, ada: Viewer, steward: Viewer
) -> None:
    note = paper_note(station)
    reading = read_as(note, "One.")

    def decide(index: int) -> str:
        try:
            if index:
                reject_reading(reading, "No.", by=steward)
            else:
                accept_reading(reading, by=ada)
        except Refused as refusal:
            return str(refusal)
        return ""

    at_once(2, decide)
    note.refresh_from_db()
    reading.refresh_from_db()
    assert (note.text, note.accepted_id, reading.is_held) == ("One.", reading.pk, False)


def test_no_ruling_brings_words_back_to_a_note_that_goes_at_the_same_moment(
    station: Station, ada: Viewer, steward: Viewer
) -> None:
    note = paper_note(station)
    reading = read_as(note, "One.")

    def act(index: int) -> None:
        try:
            if index:
                take_down_note(note, "It names somebody.", by=steward)
            else:
                accept_reading(reading, by=ada)
        except Refused:
            return

    at_once(2, act)
    note.refresh_from_db()
    assert (note.text, bool(note.withdrawn_at)) == ("", True)
    assert set(note.readings.values_list("text", flat=True)) == {""}
