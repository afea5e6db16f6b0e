"""The steps and settings of an activity: what may be left on it, and where that may go."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from people.consent import UNASKED, consent_given
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from responses.board import add_note, change_consent, correct_note
from responses.models import Activity, Board, Cards, Drawing, Mark, Note, Poll, Station
from responses.room import change_phase, change_settings, open_activity

Post = Callable[..., Note]
PHASE = Activity.Phase


@pytest.fixture
def live(make_board: Callable[..., Board], ada: Viewer) -> Board:
    """A board that Ada opened."""
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


# Steps


@pytest.mark.parametrize("model", [Board, Poll, Cards, Drawing])
def test_every_kind_goes_through_its_own_steps_and_no_others(
    model: type[Activity], make_event: Callable, ada: Viewer
) -> None:
    activity = model.objects.create(event=make_event(), slug="it", name="It")
    for phase in activity.phases:
        change_phase(activity, phase, by=ada)
        activity.refresh_from_db()
        assert activity.phase == phase
    for phase in {*PHASE.values, "", "dance"} - set(activity.phases):
        with pytest.raises(Refused, match="no such step"):
            change_phase(activity, phase, by=ada)


def test_while_the_room_reads_and_talks_nothing_new_goes_up(
    live: Board, ada: Viewer, post_note: Post
) -> None:
    change_phase(live, PHASE.REVEAL, by=ada)
    for words in ("Words.", ""):
        with pytest.raises(Refused, match="nothing new goes up"):
            post_note(live.stations.first(), words)


def test_while_the_room_marks_only_marks_alone_go_up(live: Board, ada: Viewer, post_note: Post) -> None:
    change_phase(live, PHASE.MARK, by=ada)
    with pytest.raises(Refused, match="marks alone"):
        post_note(live.stations.first(), "Words.")
    assert post_note(live.stations.first(), "", mark=Mark.HEART).moderation == "shown"


def test_words_cannot_be_added_to_a_mark_where_none_are_taken(
    live: Board, ada: Viewer, ben: Viewer, post_note: Post
) -> None:
    note = post_note(live.stations.first(), "")
    change_phase(live, PHASE.MARK, by=ada)
    with pytest.raises(Refused, match="marks alone"):
        correct_note(note, "Words after all.", by=ben)
    change_phase(live, PHASE.COLLECT, by=ada)
    correct_note(note, "Words after all.", by=ben)


def test_what_was_sent_before_a_step_ended_may_be_sent_again(
    live: Board, ada: Viewer, post_note: Post
) -> None:
    key = uuid4()
    note = post_note(live.stations.first(), key=key)
    change_phase(live, PHASE.REVEAL, by=ada)
    assert post_note(live.stations.first(), key=key) == note


def test_the_next_step_uncovers_what_others_said(live: Board, ada: Viewer, post_note: Post) -> None:
    change_settings(live, by=ada, hides_until_reveal=True)
    post_note(live.stations.first())
    assert not Note.objects.on_the_wall().exists()
    change_phase(live, PHASE.REVEAL, by=ada)
    assert Note.objects.on_the_wall().exists()


# Settings


def test_settings_that_are_not_named_stay(live: Board, ada: Viewer) -> None:
    change_settings(live, by=ada, seats=40, is_premoderated=True)
    change_settings(live, by=ada, hides_until_reveal=True)
    live.refresh_from_db()
    assert (live.seats, live.is_premoderated, live.hides_until_reveal) == (40, True, True)
    assert not live.may_include_under_18s


@pytest.mark.parametrize("seats", [0, -1, 10_001])
def test_seats_have_bounds(live: Board, ada: Viewer, seats: int) -> None:
    with pytest.raises(Refused, match="between 1 and 10000"):
        change_settings(live, by=ada, seats=seats)


def test_the_same_settings_again_leave_no_trace(live: Board, ada: Viewer) -> None:
    live.refresh_from_db()
    before = live.change_number
    change_settings(live, by=ada, seats=live.seats, is_premoderated=False)
    live.refresh_from_db()
    assert live.change_number == before


def test_where_under_18s_take_part_words_wait_and_go_nowhere_else(
    live: Board, ada: Viewer, post_note: Post, ben: Viewer
) -> None:
    change_settings(live, by=ada, may_include_under_18s=True)
    note = post_note(live.stations.first(), "Mine.", public=True, research=True)
    assert note.moderation == "waiting"
    assert (note.consent.public, note.consent.research, note.consent.basis) == (False, False, UNASKED)
    mark = post_note(live.stations.first(), "", public=True)
    assert (mark.moderation, mark.consent.public) == ("shown", False)
    with pytest.raises(Refused, match="stays with those who were there"):
        change_consent(note, consent_given(public=True, research=True), by=ben)


def test_where_under_18s_take_part_no_name_is_shown(live: Board, ada: Viewer, ben: Viewer) -> None:
    change_settings(live, by=ada, may_include_under_18s=True)
    consent = consent_given(public=False, research=False)
    with pytest.raises(Refused, match="no names"):
        room_note(live.stations.first(), ben, consent, signed="Ben")


def room_note(station: Station, by: Viewer, consent: Consent, **facts: str) -> Note:
    return add_note(station, by=by, key=uuid4(), mark="tick", consent=consent, words="Hello.", **facts).note


def test_saying_later_that_under_18s_take_part_holds_for_what_is_there(
    live: Board, ada: Viewer, ben: Viewer
) -> None:
    note = room_note(live.stations.first(), ben, consent_given(public=True, research=True), signed="Ben")
    assert note.signed == "Ben"
    change_settings(live, by=ada, may_include_under_18s=True)
    change_settings(live, by=ada, may_include_under_18s=False)
    note.refresh_from_db()
    assert (note.signed, note.consent.public, note.consent.research) == ("", False, False)
