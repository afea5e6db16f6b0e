"""A thread as tests look at it."""

from archive.thread.files import as_json
from archive.thread.pieces import Piece, Thread


def alone(thread: Thread | None) -> Piece:
    """The one piece of a thread that has one."""
    assert thread is not None
    (piece,) = thread.pieces
    return piece


def steps(piece: Piece) -> list[str]:
    """What came of a piece, by the kinds of its steps."""
    return [came.key.partition("-")[0] for came in piece.came]


def everything(thread: Thread) -> str:
    """All that a thread says."""
    return as_json(thread).decode()
