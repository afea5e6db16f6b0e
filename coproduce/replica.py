"""Reading the archive from a copy of the database that follows it, and never from one that lags behind.

What was withdrawn must be gone at once. So each request first asks the database how far its log is on
disk, and the copy whether it has replayed all of that: then it knows of everything anybody was told.
Where it does not, is away or fails, the database itself is asked, as without a copy.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from time import monotonic

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

from coproduce.databases import REPLICA

log = logging.getLogger(__name__)

# Where the log stands on disk, on which of its lines of time, and of which cluster it is.
STANDS = """
    SELECT flushed::text, ('x' || left(pg_walfile_name(flushed), 8))::bit(32)::int, system_identifier
    FROM pg_current_wal_flush_lsn() AS flushed, pg_control_system()
"""
# A copy that follows a database of before a failover is on another line of time.
FOLLOWS = """
    SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn AND timeline_id = %s
        AND system_identifier = %s
    FROM pg_control_checkpoint(), pg_control_system()
"""
LEFT_ALONE = 10.0  # seconds after it failed

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)
_failed_at: float | None = None


class Router:
    """Sends to the copy what a view under `reads_from_replica` reads, and everything else past it."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return _reading.get()

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT_DB_ALIAS


def reading_connection() -> BaseDatabaseWrapper:
    """The connection on which statements of our own are read, as the ORM reads beside them."""
    return connections[_reading.get()]


def reads_from_replica[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """The view, which reads from the copy if that has everything; also what it says piece by piece.

    Only for what can be asked twice: when the copy fails in the middle, the database is asked anew.
    """

    @wraps(view)
    def reading(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not has_everything():
            return view(request, *args, **kwargs)
        try:
            with reading_from(REPLICA):
                response = view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as trouble:
            leave_alone(trouble)
            return view(request, *args, **kwargs)
        if response.streaming:
            response.streaming_content = piece_by_piece(response.streaming_content)
        return response

    return reading


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    former = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(former)


def piece_by_piece(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, each read from where the one before ended: the copy, unless that was left."""
    pieces, alias = iter(pieces), REPLICA
    try:
        while True:
            with reading_from(alias):
                piece, alias = next(pieces, None), _reading.get()
            if piece is None:
                return
            yield piece
    finally:
        getattr(pieces, "close", lambda: None)()


def insist_on_now() -> None:
    """Whatever is read from here on has all that was committed up to here; asks for it once more.

    For those who asked the database what is going on there, and rely on seeing what came of it.
    """
    if _reading.get() == REPLICA and not has_everything():
        _reading.set(DEFAULT_DB_ALIAS)


def has_everything() -> bool:
    """Whether there is a copy, it answers, and it has replayed all that is on the database's disk."""
    if REPLICA not in settings.DATABASES or _is_left_alone():
        return False
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(STANDS)
        stands = cursor.fetchone()
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(FOLLOWS, stands)
            (follows,) = cursor.fetchone()
    except Error as trouble:
        leave_alone(trouble)
        return False
    answers()
    return bool(follows)


def _is_left_alone() -> bool:
    return _failed_at is not None and monotonic() - _failed_at < LEFT_ALONE


def leave_alone(trouble: Exception) -> None:
    """Ask the copy nothing for a while; said once in the log, until it answers again."""
    global _failed_at
    if _failed_at is None:
        log.warning("The replica failed; the archive is read from the database itself. %s", trouble)
    _failed_at = monotonic()
    connections[REPLICA].close()


def answers() -> None:
    global _failed_at
    if _failed_at is not None:
        log.warning("The replica answers again.")
    _failed_at = None
