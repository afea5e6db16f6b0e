"""Which readings are for everybody after a ruling, and what organisers take out of a note."""

import pytest

from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from responses.models import Note, Reading, Station, TextState
from responses.moderation import hide_note, undo_hiding
from responses.readings.ruling import accept_reading, reject_reading
from tests.conftest import make_person
from tests.paper import paper_note, read_as

CANARY = "greycanary"


@pytest.fixture
def note(station: Station) -> Note:
    return paper_note(station)


@pytest.fixture
def robin(db: None) -> Viewer:
    """A volunteer who signed in to read."""
    return Viewer(person=make_person("Robin"))


def now(note: Note) -> tuple[str, str, str]:
    note.refresh_from_db()
    return note.text, note.text_state, note.mark


def test_what_was_held_is_for_everybody_once_another_reading_is_accepted(note: Note, ada: Viewer) -> None:
    first, second, third = (read_as(note, words) for words in ("Ona.", "One.", "Omen."))
    reject_reading(third, "There is no m.", by=ada)
    assert not Reading.objects.visible_to(ANYBODY).exists()
    accept_reading(second, by=ada)
    assert set(Reading.objects.visible_to(ANYBODY)) == {first, second}
    late = read_as(note, "Once.")
    assert late not in Reading.objects.visible_to(ANYBODY)


def test_a_rejected_reading_is_out_of_sight_and_changes_nothing(note: Note, ada: Viewer) -> None:
    shown, better = read_as(note, "One."), read_as(note, "Once.")
    accept_reading(shown, by=ada)
    accept_reading(better, by=ada)
    before = now(note)
    ruling = reject_reading(shown, "  It ends\nin ce. ", by=ada)
    assert (ruling.action, ruling.why, now(note)) == ("reject", "It ends in ce.", before)
    assert shown not in Reading.objects.visible_to(ANYBODY)


def test_a_rejected_reading_can_be_accepted_after_all(note: Note, ada: Viewer) -> None:
    reading = read_as(note, "One.")
    reject_reading(reading, "It seems to be two.", by=ada)
    accept_reading(reading, by=ada, why="The original says one.")
    assert now(note)[0] == "One."
    assert reading in Reading.objects.visible_to(ANYBODY)


def test_nobody_but_those_who_run_the_event_takes_something_out(
    note: Note, ada: Viewer, robin: Viewer
) -> None:
    for reader in (robin, None):
        with pytest.raises(Refused, match=r"take something out"):
            accept_reading(read_as(note, "Ask *[removed: a name]*", by=reader), by=ada)
    accept_reading(read_as(note, "Ask [removed: a name]", by=ada), by=ada)
    assert now(note)[:2] == ("Ask [removed: a name]", TextState.READ)


def test_what_was_taken_out_is_in_no_reading_that_everybody_sees(
    note: Note, ada: Viewer, robin: Viewer
) -> None:
    named = read_as(note, f"Ask {CANARY}", by=robin)
    accept_reading(named, by=ada)
    waits = read_as(note, f"Ask {CANARY}!", by=robin)
    without = read_as(note, "Ask [removed: a name]", by=ada)
    accept_reading(without, by=ada)
    assert set(Reading.objects.visible_to(ANYBODY)) == {without}
    gap = read_as(note, "Ask [1 word]", by=robin)
    accept_reading(gap, by=ada)
    assert set(Reading.objects.visible_to(ANYBODY)) == {without, gap}
    assert {named, waits} <= set(Reading.objects.visible_to(ada))


def test_readings_of_a_note_that_was_hidden_stay_out_of_sight(note: Note, ada: Viewer) -> None:
    harmful, mild = read_as(note, CANARY), read_as(note, "Mild.")
    hide_note(note, "It hurts somebody.", by=ada)
    undo_hiding(note, by=ada)
    accept_reading(mild, by=ada)
    assert harmful not in Reading.objects.visible_to(ANYBODY)
