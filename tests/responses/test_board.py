"""Acts on a board: what they do, what they refuse, and the trace they leave."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from principles.models import PrincipleSet
from principles.wording import add_wording
from responses.board import (
    add_note,
    change_consent,
    correct_note,
    take_back_mark,
    withdraw_note,
)
from responses.models import Board, Change, Mark, Note, Station, TextState
from responses.room import close_activity, open_activity
from responses.tallies import tally_of_board
from responses.words import MOST

Post = Callable[..., Note]


def kinds(board: Board) -> list[str]:
    return list(board.changes.values_list("kind", flat=True))


def test_a_note_carries_its_three_facts_its_label_and_reading_one(station: Station, post_note: Post) -> None:
    note = post_note(station, "Say who decides.", mark=Mark.SQUARE)
    assert (note.mark, note.text_state, note.origin) == ("square", "read", "own_device")
    assert note.label == "POW-01"
    reading = note.readings.get()
    assert (reading.number, reading.witness, reading.text) == (1, "author", "Say who decides.")


def test_whoever_wrote_a_note_is_not_named_as_its_reader(
    station: Station, ada: Viewer, post_note: Post
) -> None:
    note = post_note(station, by=ada)
    correct_note(note, "Say it again.", by=ada)
    assert set(note.readings.values_list("reader", flat=True)) == {None}


def test_a_mark_without_words_is_a_whole_note(station: Station, post_note: Post) -> None:
    note = post_note(station, "  \r\n ", mark=Mark.HEART)
    assert (note.text_state, note.text) == (TextState.NO_TEXT, "")
    assert tally_of_board(station.board).marks["heart"] == 1


def test_words_are_kept_as_typed_in_nfc_with_plain_line_breaks(station: Station, post_note: Post) -> None:
    note = post_note(station, " cafe\u0301\r\nand\x00 <b>tea</b>  ")
    assert note.text == "café\nand <b>tea</b>"
    assert note.html == "café<br>and &lt;b&gt;tea&lt;/b&gt;"


def test_the_same_key_gives_the_same_note(station: Station, post_note: Post) -> None:
    key = uuid4()
    assert post_note(station, key=key) == post_note(station, key=key)
    assert kinds(station.board) == ["note_added"]


def test_a_key_of_another_device_is_refused(station: Station, post_note: Post, dee: Viewer) -> None:
    key = uuid4()
    post_note(station, key=key)
    with pytest.raises(Refused, match="another device"):
        post_note(station, key=key, by=dee)


def test_a_mark_without_words_counts_once_for_each_participant(
    station: Station, post_note: Post, dee: Viewer
) -> None:
    first = post_note(station, "")
    assert post_note(station, "") == first
    assert post_note(station, "", mark=Mark.SQUARE) != first
    assert post_note(station, "", by=dee) != first
    assert tally_of_board(station.board).total == 3


def test_notes_with_words_are_not_limited_in_number(station: Station, post_note: Post) -> None:
    assert post_note(station, "Once.") != post_note(station, "Twice.")


def test_nothing_is_added_to_a_closed_board(make_board: Callable[..., Board], post_note: Post) -> None:
    station = make_board(state=Board.State.CLOSED).stations.get()
    with pytest.raises(Refused, match="closed"):
        post_note(station)


def test_a_note_that_arrived_before_the_board_closed_may_be_sent_again(
    station: Station, post_note: Post
) -> None:
    key = uuid4()
    note = post_note(station, key=key)
    close_activity(station.board, by=None)
    assert post_note(station, key=key) == note


@pytest.mark.parametrize("mark", ["not_recorded", "", "star"])
def test_only_the_four_marks_can_be_chosen(station: Station, post_note: Post, mark: str) -> None:
    with pytest.raises(Refused, match="four marks"):
        post_note(station, mark=mark)


def test_a_note_holds_so_many_characters_and_not_one_more(station: Station, post_note: Post) -> None:
    post_note(station, "n" * MOST)
    with pytest.raises(Refused, match=str(MOST + 1)):
        post_note(station, "n" * (MOST + 1))


def test_nobody_in_particular_cannot_leave_a_note(station: Station) -> None:
    consent = consent_given(public=True, research=True)
    with pytest.raises(Refused, match="cookies"):
        add_note(station, by=ANYBODY, key=uuid4(), mark=Mark.TICK, consent=consent)


def test_a_note_is_pinned_to_the_wording_it_answered(
    station: Station, make_set: Callable[..., PrincipleSet], post_note: Post
) -> None:
    power, time = make_set().principles.all()
    station.pairings.create(principle=power)
    station.pairings.create(principle=time, wording=time.current_wording)
    before = post_note(station)
    for principle in (power, time):
        add_wording(principle, "Changed.", by=None)
    after = post_note(station, "Later.")
    assert sorted(before.wordings.values_list("version", flat=True)) == [1, 1]
    assert {w.principle.name: w.version for w in after.wordings.all()} == {"Power": 2, "Time": 1}


def test_a_correction_keeps_what_the_note_said_before(station: Station, post_note: Post, ben: Viewer) -> None:
    note = post_note(station, "Say who decides.")
    correct_note(note, "Say who decides, and when.", by=ben)
    note.refresh_from_db()
    assert note.text == "Say who decides, and when."
    assert list(note.readings.values_list("number", "text")) == [
        (1, "Say who decides."),
        (2, "Say who decides, and when."),
    ]


def test_words_can_be_added_to_a_mark(station: Station, post_note: Post, ben: Viewer) -> None:
    note = post_note(station, "")
    correct_note(note, "Here is why.", by=ben)
    note.refresh_from_db()
    assert note.text_state == TextState.READ


def test_a_correction_to_the_same_words_changes_nothing(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "Same.")
    correct_note(note, " Same.\n", by=ben)
    assert note.readings.count() == 1
    assert kinds(station.board) == ["note_added"]


@pytest.mark.parametrize(("words", "sentence"), [(" ", "withdraw"), ("n" * (MOST + 1), "characters")])
def test_a_correction_needs_words_that_fit(
    station: Station, post_note: Post, ben: Viewer, words: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        correct_note(post_note(station), words, by=ben)


def test_consent_can_be_changed_and_the_old_answer_stands_for_other_notes(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note, other = post_note(station), post_note(station, "Another.")
    change_consent(note, consent_given(public=False, research=True), by=ben)
    note.refresh_from_db()
    other.refresh_from_db()
    assert (note.consent.public, other.consent.public) == (False, True)


def test_only_those_who_run_the_event_open_and_close_its_board(
    board: Board, ada: Viewer, ben: Viewer, researcher: Viewer
) -> None:
    for stranger in (ben, researcher, ANYBODY):
        with pytest.raises(Refused, match="facilitate this event"):
            close_activity(board, by=stranger)
    close_activity(board, by=ada)
    close_activity(board, by=ada)
    open_activity(board, by=ada)
    assert kinds(board) == ["closed", "opened"]
    assert set(board.changes.values_list("by", flat=True)) == {ada.person.pk}


def test_every_act_leaves_a_trace_without_words(station: Station, post_note: Post, ben: Viewer) -> None:
    note = post_note(station, "Canary words.")
    correct_note(note, "Canary words again.", by=ben)
    change_consent(note, consent_given(public=False, research=False), by=ben)
    withdraw_note(note, by=ben)
    take_back_mark(post_note(station, ""), by=ben)
    numbered = list(station.board.changes.values_list("number", "kind"))
    assert numbered == list(
        enumerate(
            [
                "note_added",
                "note_corrected",
                "consent_changed",
                "note_withdrawn",
                "note_added",
                "mark_taken_back",
            ],
            start=1,
        )
    )
    traces = Act.objects.filter(subject_kind="note").order_by("pk")
    assert [t.verb for t in traces] == [
        "note_corrected",
        "consent_changed",
        "note_withdrawn",
        "mark_taken_back",
    ]
    assert {t.actor for t in traces} == {"guest"}
    assert not any("Canary" in str(row) for model in (Act, Change) for row in model.objects.values())


def test_a_refused_act_leaves_no_change(station: Station, post_note: Post, dee: Viewer) -> None:
    note = post_note(station)
    with pytest.raises(Refused):
        withdraw_note(note, by=dee)
    station.board.refresh_from_db()
    assert station.board.change_number == station.board.changes.count() == 1


def test_no_row_joins_the_name_of_somebody_who_signed_in_to_what_they_answered(
    station: Station, post_note: Callable[..., Note], researcher: Viewer
) -> None:
    note = post_note(station, by=researcher)
    correct_note(note, "Say who decides, and when.", by=researcher)
    withdraw_note(note, by=researcher)
    assert not Change.objects.filter(note=note).exclude(by=None).exists()
    assert not Act.objects.filter(subject=note.identifier).exclude(person=None).exists()
    assert not note.readings.exclude(reader=None).exists()
