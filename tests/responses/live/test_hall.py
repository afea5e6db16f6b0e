"""The stream of the screen in the hall: that of the room, as long as the screen's address holds."""

from collections.abc import Callable

import pytest

from people.guests import Viewer
from responses.joining import join
from responses.live.audiences import Audience, Place
from responses.live.messages import Batch, batch_since
from responses.live.rooms import Reader, Room
from responses.models import Board, Note
from responses.room import change_code, change_phase, close_activity, open_activity
from responses.screens import screen_token

from .conftest import cookie_of, do, open_stream, while_live

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board(state=Board.State.CLOSED)
    open_activity(board, by=ada)
    return Board.objects.get(pk=board.pk)


@pytest.mark.parametrize("act", [change_code, close_activity])
def test_a_screen_hears_what_is_kept_to_the_room_until_its_address_ends(
    board: Board, post_note: Callable[..., Note], ada: Viewer, dee: Viewer, act: Callable
) -> None:
    token, station = screen_token(board), board.stations.get()
    join(board.code, by=dee)

    async def scenario() -> None:
        screen = await open_stream(board, after=0, screen=token).until(lambda it: it.status)
        other = await open_stream(board, after=0, screen=f"{token}x").until(lambda it: it.status)
        joined = await open_stream(board, after=0, cookie=cookie_of(dee)).until(lambda it: it.status)
        await do(post_note, station, "Between us.", public=False)
        await screen.until(lambda it: "Between us." in it.text)
        await other.until(lambda it: "tally" in it.events)
        assert "Between us." not in other.text
        await do(act, board, by=ada)
        await screen.until(lambda it: it.is_over)
        assert [other.is_over, joined.is_over] == [False, False]
        back = await open_stream(board, after=0, screen=token).until(lambda it: it.ids)
        assert "Between us." not in back.text

    while_live(scenario)


def test_a_screen_that_is_not_seated_yet_when_its_address_ends_is_ended_too() -> None:
    room, late, new = (
        Room(Place(1, Audience.ROOM, "en-gb"), 4),
        Reader("", 4, None, 4),
        Reader("", 5, None, 5),
    )
    room.take(Batch(5, 5, [(5, b"new code ")], ends_screens=True))
    assert room.is_over_for(late)
    assert not room.is_over_for(new)
    assert not room.is_over_for(Reader("", 4, None))


def test_what_ends_a_code_ends_screens_and_nothing_else_does(board: Board, ada: Viewer) -> None:
    ends = []
    for act in (change_code, close_activity, open_activity):
        after = Board.objects.get(pk=board.pk).change_number
        act(board, by=ada)
        ends.append(batch_since(board.pk, after, Audience.ROOM).ends_screens)
    change_phase(board, Board.Phase.REVEAL, by=ada)
    ends.append(batch_since(board.pk, after + 1, Audience.ROOM).ends_screens)
    assert ends == [True, True, False, False]
