"""Acts that meet wait for each other, never for ever: who holds a board may still need a photograph."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from uuid import uuid4

import pytest
from django.db import connection, transaction

from events.record import log_change
from people.guests import Viewer
from responses.board import take_down_note
from responses.changes import locked
from responses.models import Board, Photo, Station
from responses.photos.adding import add_photo
from responses.photos.publishing import Said, describe_photo
from tests.photos import a_jpeg
from tests.reading import note_on, photo_of

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Somebody else; begun before the transaction of the test, so that it ends after it."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def begin(pool: ThreadPoolExecutor, act: Callable[[], object]) -> Future:
    """Begins `act` on another connection; returns once it is done or waits for a lock."""

    def apart() -> object:
        try:
            return act()
        finally:
            connection.close()

    begun = pool.submit(apart)
    while not begun.done() and not is_waited_for():
        wait([begun], timeout=0.05)
    return begun


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        # In a transaction it would stay as it was first seen.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def test_a_photograph_gets_its_board_while_a_note_on_it_is_taken_down(
    pool: ThreadPoolExecutor, board: Board, station: Station, ada: Viewer
) -> None:
    photo = photo_of(board.event, published=False)
    note = note_on(photo, station, by=ada)
    said = Said(alt="A wall.", basis="nobody", board=board)
    with transaction.atomic(), locked(board):
        described = begin(pool, lambda: describe_photo(photo, said, by=ada))
        take_down_note(note, "It has to go.", by=ada)
    assert described.result().board == board
    assert Photo.objects.get().covers


def test_a_photograph_of_a_board_is_added_while_its_transcript_is_imported(
    pool: ThreadPoolExecutor, board: Board, ada: Viewer
) -> None:
    def add() -> object:
        return add_photo(board.event, io.BytesIO(a_jpeg()), by=ada, key=uuid4(), board=board)

    with transaction.atomic(), locked(board):
        added = begin(pool, add)
        log_change(board.event, "3 notes imported from a transcript.", by=ada)
    assert added.result().is_new
