"""Only a person's ruling changes what a note from paper says; it changes words, and never a count."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import take_down_note
from responses.imports import AS_PUBLISHED, import_transcript
from responses.live.audiences import Audience
from responses.live.messages import batch_since
from responses.merges import merge_notes
from responses.models import Board, Change, Mark, Moderation, Note, Reading, Ruling, Station, TextState
from responses.moderation import hide_note, undo_hiding
from responses.readings.ruling import accept_reading, reject_reading, reopen_note
from responses.tallies import tallies_by_station, tally_of
from tests.paper import paper_note, read_as

Post = Callable[..., Note]
CANARY = "greycanary"


@pytest.fixture
def note(station: Station) -> Note:
    return paper_note(station)


def now(note: Note) -> tuple[str, str, str]:
    note.refresh_from_db()
    return note.text, note.text_state, note.mark


def states(station: Station) -> dict[str, int]:
    return dict(tallies_by_station([station])[station.pk].text_states)


def test_an_accepted_reading_is_what_the_note_says(note: Note, ada: Viewer) -> None:
    reading = read_as(note, "Say [who?] decides.", mark=Mark.HEART)
    ruling = accept_reading(reading, by=ada, why="The loop of the h shows.")
    assert now(note) == ("Say [who?] decides.", TextState.READ, Mark.HEART)
    assert note.accepted == reading
    facts = (ruling.number, ruling.action, ruling.reading, ruling.mark, ruling.why, ruling.by)
    assert facts == (1, "accept", reading, Mark.HEART, "The loop of the h shows.", ada.person)


def test_a_ruling_moves_words_and_mark_in_the_tallies_and_never_a_count(
    station: Station, note: Note, ada: Viewer
) -> None:
    paper_note(station)
    before = tallies_by_station([station])[station.pk]
    assert (before.total, dict(before.text_states)) == (2, {TextState.WAITING: 2})
    accept_reading(read_as(note, "Ask [2 words] first", mark=Mark.SQUARE), by=ada)
    after = tallies_by_station([station])[station.pk]
    assert after.total == 2
    assert dict(after.text_states) == {TextState.WAITING: 1, TextState.PARTLY: 1}
    assert dict(after.marks) == {Mark.NOT_RECORDED: 1, Mark.SQUARE: 1}


@pytest.mark.parametrize(
    ("markup", "text", "state"),
    [
        ("[no text]", "", TextState.NO_TEXT),
        ("[illegible]", "[illegible]", TextState.ILLEGIBLE),
        ("[drawing: a bridge]", "[drawing: a bridge]", TextState.DRAWING),
        ("One [...]", "One [...]", TextState.PARTLY),
    ],
)
def test_every_state_of_a_reading_can_be_accepted(
    note: Note, ada: Viewer, markup: str, text: str, state: str
) -> None:
    accept_reading(read_as(note, markup), by=ada)
    assert now(note) == (text, state, Mark.NOT_RECORDED)


def test_a_mark_is_the_one_chosen_or_that_of_the_reading_or_the_notes_own(note: Note, ada: Viewer) -> None:
    accept_reading(read_as(note, "One.", mark=Mark.TICK), by=ada)
    assert now(note)[2] == Mark.TICK
    accept_reading(read_as(note, "Two."), by=ada)
    assert now(note)[2] == Mark.TICK, "a reading that recorded no mark takes none away"
    accept_reading(read_as(note, "Three.", mark=Mark.HEART), by=ada, mark=Mark.NOT_RECORDED)
    assert now(note)[2] == Mark.NOT_RECORDED
    with pytest.raises(Refused, match="one of the four marks"):
        accept_reading(read_as(note, "Four."), by=ada, mark="star")


def test_the_same_reading_with_another_mark_is_another_ruling(note: Note, ada: Viewer) -> None:
    reading = read_as(note, "One.")
    accept_reading(reading, by=ada)
    accept_reading(reading, by=ada, mark=Mark.SQUARE)
    assert now(note)[2] == Mark.SQUARE
    assert list(note.rulings.values_list("number", "mark")) == [(1, Mark.NOT_RECORDED), (2, Mark.SQUARE)]


def test_a_note_that_is_opened_again_keeps_its_words(note: Note, ada: Viewer) -> None:
    reading = read_as(note, "One.")
    accept_reading(reading, by=ada)
    ruling = reopen_note(note, "The photograph was of another note.", by=ada)
    assert (ruling.action, ruling.reading, note.rulings.count()) == ("reopen", None, 2)
    assert now(note)[0] == "One."
    assert note.accepted == reading
    accept_reading(reading, by=ada)  # settles it again
    assert note.rulings.count() == 3


def test_a_ruling_of_an_import_can_be_followed_by_another(station: Station, ada: Viewer) -> None:
    board = import_transcript(station.board.event, "Power (1)\n- Say who [...]\n", by=ada).board
    note = board.notes.get()
    first = note.rulings.get()
    assert (first.action, first.why, first.by, note.accepted) == (
        "accept", AS_PUBLISHED, ada.person, note.readings.get(),
    )  # fmt: skip
    accept_reading(read_as(note, "Say who decides"), by=ada)
    assert now(note)[:2] == ("Say who decides", TextState.READ)
    assert note.readings.get(number=1).verbatim == "- Say who [...]"


def test_every_imported_note_has_its_ruling_at_no_query_more(board: Board, ada: Viewer) -> None:
    def statements(slug: str, notes: int) -> int:
        target = Board.objects.create(event=board.event, slug=slug, name=slug)
        text = "Power (2)\n" + "".join(f"- Note {number} of {slug}.\n" for number in range(notes))
        with CaptureQueriesContext(connection) as counted:
            import_transcript(board.event, text, by=ada, board=target)
        assert target.notes.filter(accepted__number=1, rulings__number=1).count() == notes
        return len(counted)

    statements("first", 1)  # which also puts the basis on record
    assert statements("few", 2) == statements("many", 40)


def test_refusals_say_what_to_do(note: Note, ada: Viewer, researcher: Viewer, ben: Viewer) -> None:
    reading = read_as(note, "One.")
    for stranger in (researcher, ben, ANYBODY):
        with pytest.raises(Refused, match="Only those who run this event"):
            accept_reading(reading, by=stranger)
        with pytest.raises(Refused, match="Only those who run this event"):
            reject_reading(reading, "No.", by=stranger)
        with pytest.raises(Refused, match="Only those who run this event"):
            reopen_note(note, "No.", by=stranger)
    with pytest.raises(Refused, match="Say why it is not"):
        reject_reading(reading, "  ", by=ada)
    with pytest.raises(Refused, match="Say why it has to be read again"):
        reopen_note(note, "", by=ada)
    with pytest.raises(Refused, match="This note is open"):
        reopen_note(note, "Again.", by=ada)
    with pytest.raises(Refused, match="301 characters"):
        accept_reading(reading, by=ada, why="x" * 301)
    with pytest.raises(Refused, match="Nobody has read anything"):
        accept_reading(read_as(note, "", state=TextState.WAITING), by=ada)
    assert not Ruling.objects.exists()


def test_the_same_ruling_twice_is_refused(note: Note, ada: Viewer) -> None:
    reading, other = read_as(note, "One."), read_as(note, "Two.")
    accept_reading(reading, by=ada)
    reject_reading(other, "It is one.", by=ada)
    with pytest.raises(Refused, match="says this reading already"):
        accept_reading(reading, by=ada)
    with pytest.raises(Refused, match="rejected before"):
        reject_reading(other, "It is one.", by=ada)
    with pytest.raises(Refused, match="stands on this reading"):
        reject_reading(reading, "It is two.", by=ada)
    reopen_note(note, "Look again.", by=ada)
    with pytest.raises(Refused, match="This note is open"):
        reopen_note(note, "Look again.", by=ada)
    assert note.rulings.count() == 3


def test_what_was_decided_meanwhile_has_to_be_seen_first(note: Note, ada: Viewer) -> None:
    first, second = read_as(note, "One."), read_as(note, "Two.")
    accept_reading(first, by=ada, seen=0)
    for act in (
        lambda: accept_reading(second, by=ada, seen=0),
        lambda: reject_reading(second, "No.", by=ada, seen=0),
        lambda: reopen_note(note, "No.", by=ada, seen=0),
    ):
        with pytest.raises(Refused, match="Somebody decided about this note meanwhile"):
            act()
    accept_reading(second, by=ada, seen=1)
    assert now(note)[0] == "Two."


def test_nothing_is_decided_of_a_note_that_is_gone_hidden_or_typed(
    station: Station, note: Note, post_note: Post, ada: Viewer
) -> None:
    reading = read_as(note, "One.")
    hide_note(note, "It names somebody.", by=ada)
    with pytest.raises(Refused, match="This note is hidden"):
        accept_reading(reading, by=ada)
    undo_hiding(note, by=ada)
    take_down_note(note, "It names somebody.", by=ada)
    with pytest.raises(Refused, match="This note was withdrawn"):
        accept_reading(reading, by=ada)
    typed = post_note(station, "Typed.")
    with pytest.raises(Refused, match="not from paper"):
        accept_reading(typed.readings.get(), by=ada)


def test_a_reading_that_went_to_another_note_is_refused(station: Station, note: Note, ada: Viewer) -> None:
    reading = read_as(note, "One.")
    Reading.objects.update(note=paper_note(station))
    with pytest.raises(Refused, match="belongs to another note"):
        accept_reading(reading, by=ada)


def test_acceptance_shows_a_note_that_waited(board: Board, station: Station, ada: Viewer) -> None:
    Board.objects.update(is_premoderated=True)
    note = paper_note(station, moderation=Moderation.WAITING)
    reading = read_as(note, "One.")
    assert tally_of(station.notes.all()).waiting == 1
    accept_reading(reading, by=ada)
    assert note in Note.objects.visible_to(ANYBODY)
    assert (tally_of(station.notes.all()).total, states(station)) == (1, {TextState.READ: 1})
    kinds = list(note.changes.order_by("number").values_list("kind", flat=True))
    assert kinds == [Change.Kind.NOTE_RULED, Change.Kind.NOTE_SHOWN]


def test_notes_that_were_one_are_two_when_one_says_something_else(station: Station, ada: Viewer) -> None:
    kept, double = paper_note(station), paper_note(station)
    same = [read_as(note, "One.") for note in (kept, double)]
    for reading in same:
        accept_reading(reading, by=ada)
    merge_notes(kept, double, by=ada)
    reopen_note(kept, "Look again.", by=ada)
    accept_reading(same[0], by=ada)
    assert tally_of(station.notes.all()).total == 1, "it says the same"
    accept_reading(read_as(kept, "Two."), by=ada)
    assert tally_of(station.notes.all()).total == 2


def test_every_ruling_is_a_numbered_change_with_a_trace(board: Board, note: Note, ada: Viewer) -> None:
    one, two = read_as(note, "One."), read_as(note, "Two.")
    accept_reading(one, by=ada, why=CANARY)
    reject_reading(two, CANARY, by=ada)
    reopen_note(note, CANARY, by=ada)
    changes = board.changes.filter(kind=Change.Kind.NOTE_RULED).order_by("number")
    assert [(change.number, change.note, change.by) for change in changes] == [
        (number, note, ada.person) for number in (1, 2, 3)
    ]
    acts = Act.objects.filter(subject=note.identifier).order_by("pk")
    assert [act.verb for act in acts] == ["reading_accepted", "reading_rejected", "note_opened_again"]
    assert {(act.person, act.why) for act in acts} == {(ada.person, "")}, "reasons go with the note"


def test_the_stream_tells_of_a_ruling_with_the_new_words_and_tally(
    board: Board, note: Note, ada: Viewer
) -> None:
    accept_reading(read_as(note, "Say who decides.", mark=Mark.HEART), by=ada)
    said = batch_since(board.pk, 0, Audience.PUBLIC).body.decode()
    assert "Say who decides." in said
    assert note.identifier in said
    assert "event: tally" in said
