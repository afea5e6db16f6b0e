"""A reading at the desk is added, is held, and changes nothing; what it says agrees with its state."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given

from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import take_down_note
from responses.models import Board, Mark, Note, Photo, Reading, Station, TextState
from responses.moderation import hide_note
from responses.photos.regions import remove_region
from responses.readings.reading import read_note
from responses.readings.saying import brackets_in, in_words, text_of
from responses.transcription import read_markup, text_state_of
from responses.words import tidy_words
from tests.conftest import make_person
from tests.reading import asked, note_on, photo_of, says
from tests.responses.test_transcript_properties import NOTE

READ, PARTLY, ILLEGIBLE = TextState.READ, TextState.PARTLY, TextState.ILLEGIBLE
NO_TEXT, DRAWING = TextState.NO_TEXT, TextState.DRAWING
# What is said of it, what is typed, and a word of the sentence that says what to do.
REFUSED = [
    (READ, "", "There are no words"),
    (READ, "the people in [2 words] rooms", "after “the people in”"),
    (READ, "[...] rooms", "at the beginning"),
    (READ, "~~a [3 letters]~~ b", "after “a”"),
    (READ, "[illegible]", "Some of them"),
    (READ, "↑", "a drawing or a sign"),
    (READ, "[no text] and more", "Take it out"),
    (READ, "[note: torn]", "no words of the note"),
    (PARTLY, "", "[...]"),
    (PARTLY, "every word", "no gap is marked"),
    (PARTLY, "[...] [2 words]", "nothing here but gaps"),
    (ILLEGIBLE, "rooms", "Choose “Some of them”"),
    (ILLEGIBLE, "[no text]", "nothing can be read"),
    (NO_TEXT, "rooms", "take it out"),
    (NO_TEXT, "[note: torn]", "For other readers"),
    (DRAWING, "", "[drawing: upward arrow]"),
    (DRAWING, "↑ up", "where there are words too"),
    (TextState.WAITING, "rooms", "Say first"),
    ("", "rooms", "Say first"),
    (READ, "a" * 1001, "is it more than one note"),
]
# What is kept of what is said and typed.
KEPT = [
    (READ, "  Say who\r\ndecides ", "Say who\ndecides"),
    (READ, "our [budget?] ~~line~~", "our [budget?] ~~line~~"),
    (READ, "and so on...", "and so on..."),
    (READ, "literally [sic]", "literally [sic]"),
    (PARTLY, "say [...] decides", "say [...] decides"),
    (ILLEGIBLE, "", "[illegible]"),
    (ILLEGIBLE, "[3 words]", "[3 words]"),
    (NO_TEXT, "", ""),
    (NO_TEXT, "[no text]", ""),
    (DRAWING, "[drawing: a house]", "[drawing: a house]"),
    (DRAWING, "♥", "♥"),
]


@pytest.fixture
def photo(board: Board) -> Photo:
    return photo_of(board.event, board=board)


@pytest.fixture
def note(photo: Photo, station: Station, ada: Viewer) -> Note:
    return note_on(photo, station, by=ada)


@pytest.fixture
def eve(db: None) -> Viewer:
    """Somebody who signed in, and runs nothing."""
    return Viewer(person=make_person("Eve"))


@pytest.mark.parametrize(("state", "markup", "advice"), REFUSED)
def test_words_that_do_not_fit_the_state_are_refused_with_advice(
    state: str, markup: str, advice: str
) -> None:
    with pytest.raises(Refused, match=re.escape(advice)):
        text_of(state, markup)


@pytest.mark.parametrize(("state", "markup", "text"), KEPT)
def test_what_is_kept_says_what_was_read(state: str, markup: str, text: str) -> None:
    assert text_of(state, markup) == text
    if text:
        assert text_state_of(read_markup(text, imported=False)) == state


@given(NOTE)
def test_whatever_is_typed_one_state_at_most_takes_it(typed: str) -> None:
    takes = []
    for state in (READ, PARTLY, ILLEGIBLE, NO_TEXT, DRAWING):
        with suppress(Refused):
            takes.append((state, text_of(state, typed)))
    for state, text in takes:
        pieces = read_markup(text, imported=False)
        assert text_state_of(pieces) == state
    assert len(takes) <= 1 or not tidy_words(typed)


def test_doubt_is_told_in_words() -> None:
    assert in_words("the [2 words] of [budget?]") == "2 words missing, 1 guess."
    several = in_words("[...] and ~~[1 letter]~~ [a/b?]")
    assert several == "1 letter missing, 1 gap of unknown length, 1 guess."
    assert in_words("all of it") == "No gaps and no guesses."
    assert in_words("[illegible]") == "Nothing can be read."
    assert in_words("[no text]") == "No words on the note."
    assert in_words(" \n") == in_words("") == "Nothing is typed yet."


@given(NOTE)
def test_anything_typed_can_be_told_in_words(typed: str) -> None:
    assert in_words(typed).endswith(".")


def test_brackets_that_mean_nothing_are_asked_about() -> None:
    assert brackets_in("so [sic] and [...] [word?]") == ["[sic]"]
    assert brackets_in("an open [ bracket") == ["["]
    assert brackets_in("~~[old]~~") == ["[old]"]
    assert brackets_in("none") == []


def test_a_reading_is_held_and_changes_nothing(note: Note, ben: Viewer) -> None:
    before = {name: getattr(note, name) for name in ("text", "text_state", "mark", "accepted_id")}
    number = note.board.changes.count()
    reading = says(note, "Say who decides.", by=asked("ben", note.board.event), mark=Mark.HEART)
    note.refresh_from_db()
    assert {name: getattr(note, name) for name in before} == before
    assert note.board.changes.count() == number
    assert (reading.is_held, reading.number, reading.witness) == (True, 1, "photo")
    assert reading.region == note.regions.get()
    assert Act.objects.filter(verb="note_read", subject=note.identifier).exists()
    assert not Reading.objects.visible_to(ben).filter(pk=reading.pk).exists()


def test_a_reader_without_an_account_is_a_token_of_this_board(note: Note, ada: Viewer) -> None:
    guest = asked("ben", note.board.event)
    reading = says(note, "One.", by=guest)
    assert reading.reader is None
    assert reading.token == note.board.token_of(guest)
    assert "ben" not in reading.token
    assert says(note, "Two.", by=ada).reader == ada.person


def test_every_reading_stays_as_it_was_made(note: Note, ada: Viewer) -> None:
    first = says(note, "One.", by=ada)
    second = says(note, "Two.", by=ada)
    assert [reading.text for reading in note.readings.order_by("number")] == ["One.", "Two."]
    assert (first.number, second.number) == (1, 2)


def test_pressing_twice_makes_one_reading(note: Note, ada: Viewer) -> None:
    said = {"confidence": "sure", "comment": "a smudge", "wants_better_photo": True}
    first, again = (says(note, "One.", by=ada, **said) for _ in range(2))
    assert first == again
    other = says(note, "One.", by=ada, mark=Mark.SQUARE, **said)
    assert other != first
    # Coming back to what one said before is said anew: the newest counts.
    assert says(note, "One.", by=ada, **said).number == 3


def test_only_a_mark_that_exists_can_be_seen(note: Note, ada: Viewer) -> None:
    assert says(note, "One.", by=ada, mark=Mark.NOT_RECORDED).mark == Mark.NOT_RECORDED
    with pytest.raises(Refused, match="cannot see one"):
        says(note, "One.", by=ada, mark="star")
    with pytest.raises(Refused, match="fairly sure"):
        says(note, "One.", by=ada, confidence="very")
    with pytest.raises(Refused, match="paper itself"):
        says(note, "One.", by=ada, witness=Reading.Witness.AUTHOR)
    with pytest.raises(Refused, match="characters"):
        says(note, "One.", by=ada, comment="x" * 301)


def test_only_those_who_run_the_event_remove_or_hold_the_paper(note: Note, ada: Viewer) -> None:
    guest = asked("ben", note.board.event)
    for said in ({"markup": "[removed: a name] came"}, {"markup": "x", "witness": Reading.Witness.ORIGINAL}):
        with pytest.raises(Refused, match=r"Only those who (run|transcribe) the event"):
            read_note(note, by=guest, state=READ, mark="tick", **said)
        assert read_note(note, by=ada, state=READ, mark="tick", **said)


def test_a_reading_is_made_from_a_picture_of_this_note(
    note: Note, photo: Photo, station: Station, ada: Viewer
) -> None:
    other = note_on(photo, station, by=ada)
    with pytest.raises(Refused, match="shows this note no more"):
        says(note, "One.", by=ada, region=other.regions.get())
    assert says(note, "One.", by=ada, region=note.regions.get()).region == note.regions.get()


def may_not_read(note: Note, by: Viewer) -> bool:
    with pytest.raises(Refused):
        says(note, "One.", by=by)
    return not note.readings.exists()


def test_who_may_read(note: Note, photo: Photo, ada: Viewer, eve: Viewer, make_event: Callable) -> None:
    event = note.board.event
    assert may_not_read(note, ANYBODY)
    assert may_not_read(note, Viewer(guest_key="ben"))
    assert may_not_read(note, asked("ben", make_event("other-day")))
    assert may_not_read(note, Viewer(reads_for=event.pk))
    for reader in (ada, asked("ben", event), eve):
        assert says(note, "One.", by=reader)


def test_strangers_who_signed_in_read_what_everybody_sees_the_picture_of(
    note: Note, photo: Photo, eve: Viewer
) -> None:
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    assert may_not_read(note, eve)


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "uncovered", "under 18"])
def test_what_went_out_of_sight_is_read_no_more(note: Note, ada: Viewer, eve: Viewer, how: str) -> None:
    guest = asked("ben", note.board.event)
    match how:
        case "withdrawn":
            take_down_note(note, "It names somebody.", by=ada)
        case "hidden":
            hide_note(note, "It names somebody.", by=ada)
        case "uncovered":
            remove_region(note.regions.get(), by=ada)
        case _:
            Board.objects.filter(pk=note.board_id).update(may_include_under_18s=True)
            assert says(note, "One.", by=ada)
            note.readings.all().delete()
            assert may_not_read(note, eve)
            return
    assert may_not_read(note, guest)
    assert may_not_read(note, eve)


def test_a_crowd_does_not_fill_one_note(note: Note, ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("responses.readings.reading.MOST_READINGS", 2)
    event = note.board.event
    for name in ("ann", "bob"):
        says(note, "One.", by=asked(name, event))
    with pytest.raises(Refused, match="An organiser looks at it"):
        says(note, "One.", by=asked("cat", event))
    # What is there already is not refused, and those who run it go on.
    assert says(note, "One.", by=asked("bob", event)).number == 2
    assert says(note, "One.", by=ada).number == 3


def test_a_note_that_was_typed_is_not_read_at_the_desk(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    assert not may_read(post_note(station), ada)


def may_read(note: Note, by: Viewer) -> bool:
    number = note.readings.count()
    try:
        says(note, "One.", by=by)
    except Refused:
        return False
    return note.readings.count() > number


def test_a_withdrawn_note_keeps_nothing_of_what_readers_said(note: Note, ada: Viewer) -> None:
    says(note, "One secret.", by=ada, comment="the secret of Ann")
    take_down_note(note, "It names somebody.", by=ada)
    reading = note.readings.get()
    assert (reading.text, reading.comment) == ("", "")
