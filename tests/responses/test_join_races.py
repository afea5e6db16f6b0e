"""Many who join at once: never one seat too many, never two for one."""

from collections.abc import Callable

import pytest

from people.guests import Viewer
from people.refusals import Refused
from responses.joining import join
from responses.models import Board, Participant

from .test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tries_to_join(board: Board, viewer: Viewer) -> bool:
    try:
        join(board.code, by=viewer)
    except Refused:
        return False
    return True


def test_twelve_who_press_at_once_share_three_seats(make_board: Callable[..., Board]) -> None:
    board = make_board()
    Board.objects.filter(pk=board.pk).update(seats=3)
    seated = at_once(12, lambda number: tries_to_join(board, Viewer(guest_key=f"guest {number}")))
    assert seated.count(True) == 3
    assert Participant.objects.in_the_room().count() == 3


def test_a_double_tap_takes_one_seat(make_board: Callable[..., Board], ben: Viewer) -> None:
    board = make_board()
    assert at_once(8, lambda _: tries_to_join(board, ben)) == [True] * 8
    assert Participant.objects.in_the_room().count() == 1
