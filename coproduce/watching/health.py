"""Whether the site can do its work: every thing a page stands on, asked in a second at most."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from coproduce.durability import weaknesses
from coproduce.work.standing import alive
from responses.live import is_listening

PATIENCE = 1.0  # seconds for the database
FRESH = 2.0  # seconds for which an answer holds: asking often costs nothing
WORKER_MISSED = 120.0  # seconds without one, after which nobody does what waits
LEAST_SPACE = 500 * 1024 * 1024  # bytes
WELL = "ok"


@dataclass(frozen=True, slots=True)
class Health:
    """Each thing with what is wrong with it, or WELL."""

    found: dict[str, str]

    @property
    def is_well(self) -> bool:
        return all(said == WELL for said in self.found.values())

    def __str__(self) -> str:
        return "".join(f"{name}: {said}\n" for name, said in self.found.items())


class Prober:
    """Looks at everything, at most once in FRESH seconds. What hangs is waited for by one thread alone."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._asking = threading.Lock()
        self._pending: Future | None = None
        self._last: tuple[float, Health] | None = None
        self._worker_seen = time.monotonic()

    def health(self) -> Health:
        with self._asking:
            if self._last and time.monotonic() - self._last[0] < FRESH:
                return self._last[1]
            found = self._database() | {"media": media(), "disk": disk(), "streams": streams()}
            health = Health(found)
            self._last = time.monotonic(), health
            return health

    def _database(self) -> dict[str, str]:
        if self._pending is None or self._pending.done():
            self._pending = self._thread.submit(self._look)
        try:
            return self._pending.result(PATIENCE)
        except TooLate:
            return {"database": f"has not answered within {PATIENCE:.0f} second"}
        except Error:
            return {"database": "does not answer"}

    def _look(self) -> dict[str, str]:
        try:
            found = {"database": WELL, "durability": durability(), "migrations": migrations()}
            return found | {"worker": self._worker()}
        finally:
            connection.close()

    def _worker(self) -> str:
        now = time.monotonic()
        if alive():
            self._worker_seen = now
        missed = now - self._worker_seen
        return WELL if missed < WORKER_MISSED else f"none has been seen for {missed:.0f} seconds"


def durability() -> str:
    return "a setting of PostgreSQL could lose what was written" if weaknesses() else WELL


def migrations() -> str:
    """Code that is newer than the tables would fail; tables that are newer than the code are meant to do."""
    number = len(on_disk() - set(MigrationRecorder(connection).applied_migrations()))
    return f"{number} to be applied, by manage.py migrate" if number else WELL


@cache
def on_disk() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(key for key in loader.graph.nodes if key in loader.disk_migrations)


def media() -> str:
    """Whether a picture could be kept now; those in a bucket are another machine's business."""
    if settings.MEDIA_BUCKET:
        return WELL
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(b".")
    except OSError as error:
        return f"nothing can be written there: {(error.strerror or 'no reason given').lower()}"
    return WELL


def disk() -> str:
    try:
        free = shutil.disk_usage(settings.MEDIA_ROOT).free
    except OSError:
        return "cannot be looked at"
    return WELL if free >= LEAST_SPACE else f"only {free // (1024 * 1024)} MB are free"


def streams() -> str:
    """Where this process serves no streams, nothing has to listen."""
    return "not connected to the database" if is_listening() is False else WELL


prober = Prober()
health: Callable[[], Health] = prober.health
