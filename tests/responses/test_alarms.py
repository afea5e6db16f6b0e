"""What those who run an activity hear of who tries to come in."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from people.guests import Viewer
from responses.alarms import alarms
from responses.codes import new_code
from responses.joining import join
from responses.models import Board
from responses.room import change_settings, close_activity, open_activity

from .test_limits import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    clock.now -= clock.now % 86_400  # so that every window begins now
    monkeypatch.setattr("people.limits.time.time", clock.time)
    return clock


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board(state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


def door(board: Board) -> str:
    return f"/j/{board.code}/"


def tries(client: Client, number: int, **extra: object) -> list[int]:
    return [client.get(f"/j/{new_code()}/", **extra).status_code for _ in range(number)]


def test_a_board_that_is_well_raises_no_alarm(board: Board, client: Client, ada: Viewer) -> None:
    tries(client, 9)
    client.post(door(board))
    assert alarms(board) == []
    assert alarms(Board(state=Board.State.CLOSED)) == []


def test_those_who_run_it_hear_of_guessing_with_what_they_can_do(board: Board, clock: Clock) -> None:
    for network in range(4):
        tries(Client(), 10, REMOTE_ADDR=f"203.0.{network}.9")
        clock.now += 60
    (said,) = alarms(board)
    assert said.startswith("40 wrong codes were tried on this site in the last ten minutes.")
    assert "You can give the board a new code: whoever has joined stays" in said
    clock.now += 600
    assert alarms(board) == []


def test_those_who_run_it_hear_of_stuffing_from_one_network(board: Board, ada: Viewer) -> None:
    change_settings(board, seats=1, by=ada)
    board.refresh_from_db()
    for _ in range(4):
        Client().post(door(board))
    said = alarms(board)
    assert said[0].startswith("One network tried to join more than 3 times within an hour")
    assert said[1].startswith("1 of 1 seats are taken.")


def test_those_who_run_it_hear_in_time_that_seats_run_out(board: Board, ada: Viewer) -> None:
    change_settings(board, seats=10, by=ada)
    board.refresh_from_db()
    for number in range(9):
        assert alarms(board) == [], number
        join(board.code, by=Viewer(guest_key=f"guest {number}"))
    (said,) = alarms(board)
    assert said == (
        "9 of 10 seats are taken. Whoever comes when it is full is told so. You can give it more seats."
    )


def test_alarms_of_a_closed_board_are_over(board: Board, ada: Viewer, client: Client) -> None:
    for network in range(4):
        tries(client, 10, REMOTE_ADDR=f"203.0.{network}.9")
    close_activity(board, by=ada)
    board.refresh_from_db()
    assert alarms(board) == []
