"""What PostgreSQL copies out, piece by piece: it pushes, a file is pulled, and little is held in between."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from queue import Full, Queue
from threading import Event, Thread

from coproduce.replica import reading_connection

PIECE = 256 * 1024  # bytes handed over at once
AHEAD = 4  # pieces that wait; then PostgreSQL waits
LOOK = 0.5  # seconds between looks whether the other side has gone


class Left(Exception):
    """Nobody takes what is copied any more."""


class Relay(io.RawIOBase):
    """Takes the rows of a COPY one by one, changes each, and hands them over in pieces."""

    def __init__(self, change: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.pieces: Queue[tuple[bytes, int] | BaseException | None] = Queue(AHEAD)
        self.has_left = Event()
        self._change, self._kept, self._size = change, [], 0

    def write(self, row: bytes) -> int:
        self._kept.append(self._change(row))
        self._size += len(row)
        if self._size >= PIECE:
            self.hand_over()
        return len(row)

    def hand_over(self) -> None:
        if self._kept:
            self.put((b"".join(self._kept), len(self._kept)))
        self._kept, self._size = [], 0

    def put(self, piece: tuple[bytes, int] | BaseException | None) -> None:
        while not self.has_left.is_set():
            with suppress(Full):
                self.pieces.put(piece, timeout=LOOK)
                return
        raise Left


def copied(
    query: str, values: dict[str, object], change: Callable[[bytes], bytes]
) -> Iterator[tuple[bytes, int]]:
    """The rows of `query` as CSV, each through `change`: some of them at a time, and how many those are.

    Nothing else may use the connection until it is read to its end or closed.
    """
    relay = Relay(change)
    connection = reading_connection()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({query}) TO STDOUT (FORMAT csv)", values)
        copying = Thread(target=_copy, args=(cursor, statement, relay, connection.wrap_database_errors))
        copying.start()
        try:
            while piece := relay.pieces.get():
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        finally:
            relay.has_left.set()
            copying.join()


def _copy(cursor: object, statement: bytes, relay: Relay, errors: AbstractContextManager) -> None:
    last: BaseException | None = None
    try:
        with errors:
            cursor.copy_expert(statement, relay)
        relay.hand_over()
    except Left:
        return
    except BaseException as error:  # whoever reads the pieces gets it
        last = error
    with suppress(Left):
        relay.put(last)
