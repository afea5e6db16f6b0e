"""Taking a note away: complete, by the right person, and visible as a count."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import change_consent, correct_note, take_back_mark, take_down_note, withdraw_note
from responses.models import Note, Reading, Station, Transcript
from responses.receipts import receipt_for
from responses.tallies import tally_of_board

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def test_a_withdrawn_note_leaves_no_words_and_one_count(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "Say who decides.")
    correct_note(note, "Say who decides, and when.", by=ben)
    withdraw_note(note, by=ben)
    note.refresh_from_db()
    assert (note.text, note.ending) == ("", "withdrawn")
    assert set(note.readings.values_list("text", "verbatim")) == {("", "")}
    tally = tally_of_board(station.board)
    assert (tally.total, tally.withdrawn) == (0, 1)


def test_a_mark_taken_back_leaves_no_count(station: Station, post_note: Post, ben: Viewer) -> None:
    take_back_mark(post_note(station, ""), by=ben)
    tally = tally_of_board(station.board)
    assert (tally.total, tally.withdrawn) == (0, 0)
    post_note(station, "")
    assert tally_of_board(station.board).total == 1


def test_a_note_with_words_is_withdrawn_and_not_taken_back(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    with pytest.raises(Refused, match="Withdraw it"):
        take_back_mark(post_note(station), by=ben)


@pytest.mark.parametrize("act", [correct_note, change_consent, withdraw_note, take_back_mark])
def test_strangers_can_change_nothing(
    act: Callable[..., None], station: Station, post_note: Post, dee: Viewer, ada: Viewer
) -> None:
    note = post_note(station, "")
    extra = {correct_note: ["Mine now."], change_consent: [note.consent]}.get(act, [])
    for stranger, receipt in ((dee, ""), (ada, ""), (ANYBODY, ""), (dee, receipt_for(uuid4()))):
        with pytest.raises(Refused, match="Only whoever wrote"):
            act(note, *extra, by=stranger, receipt=receipt)


@pytest.mark.parametrize("act", [correct_note, change_consent, withdraw_note, take_back_mark])
def test_nothing_of_a_withdrawn_note_can_be_changed(
    act: Callable[..., None], station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station)
    withdraw_note(note, by=ben)
    extra = {correct_note: ["Back."], change_consent: [note.consent]}.get(act, [])
    with pytest.raises(Refused, match="withdrawn before"):
        act(note, *extra, by=ben)


def test_whoever_holds_the_receipt_may_act_without_the_cookie(station: Station, post_note: Post) -> None:
    note = post_note(station)
    withdraw_note(note, by=ANYBODY, receipt=receipt_for(note.key).upper())
    note.refresh_from_db()
    assert note.withdrawn_at


def imported(station: Station, verbatim: str, state: str = "read") -> Note:
    note = Note.objects.create(
        station=station, board=station.board, number=Note.objects.count() + 1, key=uuid4(),
        mark="not_recorded", text_state=state, origin="paper",
        text="" if state == "no_text" else verbatim.removeprefix("- "),
        consent=consent_given(public=True, research=True),
    )  # fmt: skip
    Reading.objects.create(
        note=note, number=1, witness="imported_record", text=note.text, verbatim=verbatim,
        text_state=state, mark=note.mark,
    )  # fmt: skip
    return note


def test_taking_a_note_down_blanks_its_own_line_of_the_transcript_and_no_other(
    station: Station, ada: Viewer
) -> None:
    lines = [
        "Power (5)",
        "- Yes",
        "- Yes, and pay people",
        "- A long one",
        "  that goes on",
        "- [no text]",
        "- Yes",
    ]
    source = "\r\n".join(lines)
    transcript = Transcript.objects.create(board=station.board, digest="d", text=source, added=5)
    for verbatim, state in (
        ("- Yes", "read"),
        ("- A long one\n  that goes on", "read"),
        ("- [no text]", "no_text"),
    ):
        take_down_note(imported(station, verbatim, state), "It names somebody.", by=ada)
    transcript.refresh_from_db()
    assert transcript.text.splitlines() == [
        "Power (5)",
        "[removed: a withdrawn note]",
        "- Yes, and pay people",
        "[removed: a withdrawn note]",
        "- [no text]",
        "- Yes",
    ]


def test_only_those_who_run_the_event_take_notes_down_and_only_with_a_reason(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station)
    with pytest.raises(Refused, match="run this event"):
        take_down_note(note, "I do not like it.", by=ben)
    with pytest.raises(Refused, match="why"):
        take_down_note(note, "  ", by=ada)
    take_down_note(note, "It names somebody.", by=ada)
    note.refresh_from_db()
    assert (note.text, note.ending) == ("", "taken_down")
    assert Act.objects.get(verb="note_withdrawn").why == "It names somebody."
    with pytest.raises(Refused, match="withdrawn before"):
        take_down_note(note, "Again.", by=ada)
