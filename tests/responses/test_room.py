"""Leading an activity: what each act does, what it refuses, and the trace it leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses import room
from responses.codes import is_code
from responses.models import Activity, Board, Note, Participant
from responses.room import (
    change_code,
    change_phase,
    change_settings,
    close_activity,
    extend_timer,
    lock_station,
    open_activity,
    set_timer,
    show_station,
    stop_timer,
    unlock_station,
)

Post = Callable[..., Note]
PHASE = Activity.Phase


@pytest.fixture
def closed(make_board: Callable[..., Board]) -> Board:
    return make_board("Power", "Time", state=Board.State.CLOSED)


@pytest.fixture
def live(closed: Board, ada: Viewer) -> Board:
    """A board that Ada opened."""
    open_activity(closed, by=ada)
    closed.refresh_from_db()
    return closed


def left(board: Board) -> timedelta:
    board.refresh_from_db()
    return board.timer_ends_at - timezone.now()


# Opening and closing


def test_opening_gives_a_code_and_closing_takes_it_away(closed: Board, ada: Viewer) -> None:
    open_activity(closed, by=ada)
    closed.refresh_from_db()
    assert closed.is_open
    assert is_code(closed.code)
    assert closed.closed_at is None
    close_activity(closed, by=ada)
    closed.refresh_from_db()
    assert (closed.is_open, closed.code) == (False, None)
    assert closed.closed_at is not None


def test_opening_again_gives_another_code_and_keeps_what_is_there(
    live: Board, ada: Viewer, post_note: Post
) -> None:
    note, code = post_note(live.stations.first()), live.code
    close_activity(live, by=ada)
    open_activity(live, by=ada)
    live.refresh_from_db()
    assert live.code != code
    assert live.closed_at is None
    assert Note.objects.on_the_wall().get() == note


def test_doing_it_twice_changes_nothing_the_second_time(live: Board, ada: Viewer) -> None:
    code, number = live.code, live.change_number
    open_activity(live, by=ada)
    live.refresh_from_db()
    assert (live.code, live.change_number) == (code, number)


def test_a_code_that_another_activity_has_is_passed_over(
    live: Board, make_board: Callable[..., Board], ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter([live.code, "ABCDEFGH"])
    monkeypatch.setattr(room, "new_code", lambda: next(codes))
    other = make_board(slug="other", state=Board.State.CLOSED, event=live.event)
    open_activity(other, by=ada)
    other.refresh_from_db()
    assert other.code == "ABCDEFGH"


def test_closing_ends_the_timer_and_shows_every_station_again(live: Board, ada: Viewer) -> None:
    set_timer(live, 5, by=ada)
    show_station(live, live.stations.first(), by=ada)
    close_activity(live, by=ada)
    live.refresh_from_db()
    assert (live.timer_ends_at, live.shown_station) == (None, None)


def test_a_new_code_leaves_those_who_joined_in_the_room(live: Board, ada: Viewer, ben: Viewer) -> None:
    live.participants.create(token=live.token_of(ben), joined_at=timezone.now())
    old = live.code
    change_code(live, by=ada)
    live.refresh_from_db()
    assert live.code != old
    assert Participant.objects.of(ben).in_the_room().exists()


# The timer


def test_a_timer_runs_and_can_be_given_more_time(live: Board, ada: Viewer) -> None:
    set_timer(live, 5, by=ada)
    assert timedelta(minutes=4) < left(live) <= timedelta(minutes=5)
    extend_timer(live, 5, by=ada)
    assert timedelta(minutes=9) < left(live) <= timedelta(minutes=10)
    stop_timer(live, by=ada)
    live.refresh_from_db()
    assert live.timer_ends_at is None


def test_time_that_is_up_can_be_given_again(live: Board, ada: Viewer) -> None:
    Board.objects.filter(pk=live.pk).update(timer_ends_at=timezone.now() - timedelta(hours=1))
    extend_timer(live, 1, by=ada)
    assert timedelta() < left(live) <= timedelta(minutes=1)


@pytest.mark.parametrize("minutes", [0, -5, 181])
def test_a_timer_has_bounds(live: Board, ada: Viewer, minutes: int) -> None:
    with pytest.raises(Refused, match="1 to 180 minutes"):
        set_timer(live, minutes, by=ada)


def test_a_timer_cannot_be_stretched_past_its_bounds(live: Board, ada: Viewer) -> None:
    set_timer(live, 179, by=ada)
    with pytest.raises(Refused, match="1 to 180 minutes"):
        extend_timer(live, 5, by=ada)


def test_a_closed_board_has_no_timer_and_no_new_code(closed: Board, ada: Viewer) -> None:
    for act in (lambda: set_timer(closed, 5, by=ada), lambda: change_code(closed, by=ada)):
        with pytest.raises(Refused, match="Open it first"):
            act()


# Stations


def test_a_locked_station_takes_nothing_and_the_others_do(live: Board, ada: Viewer, post_note: Post) -> None:
    power, time = live.stations.all()
    lock_station(power, by=ada)
    with pytest.raises(Refused, match="“Power” takes no more answers"):
        post_note(power)
    post_note(time)
    unlock_station(power, by=ada)
    post_note(power)


def test_one_station_is_shown_alone_or_all_are(live: Board, ada: Viewer) -> None:
    power = live.stations.first()
    show_station(live, power, by=ada)
    live.refresh_from_db()
    assert live.shown_station == power
    show_station(live, None, by=ada)
    live.refresh_from_db()
    assert live.shown_station is None


def test_a_station_of_another_board_is_not_shown(
    live: Board, make_board: Callable[..., Board], ada: Viewer
) -> None:
    other = make_board(slug="other", event=live.event).stations.get()
    with pytest.raises(Refused, match="another board"):
        show_station(live, other, by=ada)


# Who, and the trace


def acts_of(board: Board) -> list[Callable[[Viewer], None]]:
    power = board.stations.first()
    return [
        lambda by: open_activity(board, by=by),
        lambda by: change_code(board, by=by),
        lambda by: change_phase(board, PHASE.MARK, by=by),
        lambda by: change_settings(board, by=by, is_premoderated=True),
        lambda by: set_timer(board, 5, by=by),
        lambda by: extend_timer(board, 5, by=by),
        lambda by: stop_timer(board, by=by),
        lambda by: lock_station(power, by=by),
        lambda by: unlock_station(power, by=by),
        lambda by: show_station(board, power, by=by),
        lambda by: close_activity(board, by=by),
    ]


def test_nobody_but_those_who_run_the_event_leads_the_room(
    closed: Board, ben: Viewer, researcher: Viewer
) -> None:
    for act in acts_of(closed):
        for stranger in (ben, researcher, ANYBODY):
            with pytest.raises(Refused, match="facilitate this event"):
                act(stranger)
    closed.refresh_from_db()
    assert closed.change_number == 0


def test_every_act_leaves_a_numbered_change_and_a_trace_with_who_did_it(closed: Board, ada: Viewer) -> None:
    for act in acts_of(closed):
        act(ada)
    kinds = [
        "opened", "code_changed", "phase_changed", "settings_changed", "timer_set", "timer_set",
        "timer_stopped", "station_locked", "station_unlocked", "station_shown", "closed",
    ]  # fmt: skip
    changes = list(closed.changes.order_by("number").values_list("number", "kind", "by"))
    assert changes == [(number, kind, ada.person.pk) for number, kind in enumerate(kinds, 1)]
    identifiers = [closed.identifier, closed.stations.first().identifier]
    traced = Act.objects.filter(subject__in=identifiers).order_by("pk")
    assert list(traced.values_list("verb", "person")) == [(kind, ada.person.pk) for kind in kinds]
    said = dict(traced.values_list("verb", "why"))
    assert said["phase_changed"] == "To “Mark”."
    assert said["settings_changed"] == "Words wait for an organiser: yes."
