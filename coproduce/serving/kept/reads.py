"""What a page is made from, noted while it is made, so that nobody has to say it and nobody can forget."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.utils import timezone

from coproduce.serving.kept.copies import Copy
from coproduce.serving.kept.places import event_of
from coproduce.serving.kept.shelf import Kept, Shelf
from coproduce.serving.kept.snapshots import Snapshot
from coproduce.serving.kept.tables import tables_in
from coproduce.serving.kept.turns import next_turn
from coproduce.serving.pages import WSGI

READS = "coproduce.reads"  # in the scope and the environ of a request
LONGEST = 60.0  # seconds: the most that any page is kept


class Reads:
    """What one page reads. Made before it is begun; the shelf's position then counts for all of it."""

    def __init__(self, shelf: Shelf, *, is_shared: bool = False) -> None:
        self.position = shelf.position
        # Asked for only where somebody else may want to know: it costs a question to the database.
        self.is_shared = is_shared
        self.snapshot: Snapshot | None = None
        self.began, self._began = timezone.now(), monotonic()
        self._shelf, self._known = shelf, shelf.tables
        self.tables: set[str] = set()
        self._is_told = True
        self.event: int | None = None
        self._turn: datetime | None = None
        self.is_whole = False

    def begin(self) -> None:
        """In the thread that makes the page, before anything else of it."""
        if not self.is_shared:
            return
        # Django looks after its connections when a request begins, which is later.
        connection.close_if_unusable_or_obsolete()
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            self.snapshot = Snapshot.read(cursor.fetchone()[0])

    def note(self, execute: Callable, sql: object, params: object, many: bool, context: dict) -> Any:  # noqa: ANN401
        """A wrapper for `connection.execute_wrapper`."""
        # A copy of the database may be behind what was heard of the database itself.
        if context["connection"].alias != DEFAULT_DB_ALIAS:
            self._is_told = False
        found = tables_in(sql, self._known) if isinstance(sql, str) else None
        if found is None:
            self._is_told = False
        else:
            self.tables |= found
        return execute(sql, params, many, context)

    @property
    def is_told(self) -> bool:
        """Whether every change to what was read is heard of."""
        return self._is_told and self.tables <= self._shelf.told.keys()

    def complete(self, response: Iterable[bytes], path: str) -> None:
        """The page is made. In the same thread, and while it may still ask the database."""
        # What is written while it is sent has not been read yet.
        if getattr(response, "streaming", True) or not self.is_told:
            return
        self.event = event_of(path) if any(map(self._shelf.told.get, self.tables)) else None
        self._turn = next_turn(self.tables, self.began, self._shelf, self.position)
        self.is_whole = self.is_told

    def kept(self, copy: Copy) -> Kept:
        things = frozenset(self._shelf.thing_of(table, self.event) for table in self.tables)
        return Kept(copy, things, self._began + self._lasts())

    def _lasts(self) -> float:
        if self._turn is None:
            return LONGEST
        return min(LONGEST, (self._turn - self.began).total_seconds())


def noting(application: WSGI) -> WSGI:
    """A WSGI application that notes what it reads for a page, where somebody asks that of it."""

    def noted(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        reads = environ.get(READS)
        if reads is None:
            return application(environ, start_response)
        reads.begin()
        with ExitStack() as stack:
            for one in connections.all():
                stack.enter_context(one.execute_wrapper(reads.note))
            response = application(environ, start_response)
            reads.complete(response, environ["PATH_INFO"])
        return response

    return noted
