"""An upgrade under load: `python -m bench.upgrade [--impatient]` prints what readers and writers noticed.

Two processes serve; people read and post. A column is added to the table of notes while somebody's long
transaction reads it, as `manage.py migrate` does (or, with --impatient, as a plain ALTER TABLE does); then
SIGHUP replaces the processes.
"""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from time import monotonic
from uuid import uuid4

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection

from bench.load import Unexpected
from bench.place import hold_event, own_database, put_up_board
from bench.posting import Line
from bench.posts import form
from coproduce.migrating import patiently
from coproduce.serving import granian
from responses.models import Station
from tools.serving import HOST, _running, _wait_until_it_listens, free_port

settings.DEBUG = False
READERS, NOTES = 3, 60
WARM, HELD, AFTER = 4.0, 4.0, 8.0  # seconds
PATIENCE = 30  # seconds for one answer
ALTER = "ALTER TABLE responses_note ADD COLUMN IF NOT EXISTS upgrade_probe integer"


@dataclass
class Load:
    """Readers that ask again and again, each time on a new connection, and what they met."""

    port: int
    paths: list[str]
    station: Station
    posted: int = 0
    over: Event = field(default_factory=Event)
    took: list[tuple[float, float]] = field(default_factory=list)  # when it began, seconds
    failed: list[str] = field(default_factory=list)

    def start(self) -> list[Thread]:
        threads = [Thread(target=self._read, args=(number,), daemon=True) for number in range(READERS)]
        threads.append(Thread(target=self._post, daemon=True))
        for thread in threads:
            thread.start()
        return threads

    def _read(self, number: int) -> None:
        while not self.over.is_set():
            begun = monotonic()
            try:
                self._ask(self.paths[(number + len(self.took)) % len(self.paths)])
            except (OSError, HTTPException) as error:
                self.failed.append(f"{type(error).__name__}: {error}")
            self.took.append((begun, monotonic() - begun))

    def _post(self) -> None:
        """A note every half second, each by another guest."""
        site = f"http://{HOST}:{self.port}"
        while not self.over.wait(0.5):
            begun = monotonic()
            try:
                Line(site).send(form(site, self.station, uuid4()))
                self.posted += 1
            except (OSError, HTTPException, Unexpected) as error:
                self.failed.append(f"{type(error).__name__}: {error}")
            self.took.append((begun, monotonic() - begun))

    def _ask(self, path: str) -> None:
        line = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            # A signed-out visitor's page would be a kept one, which asks no table.
            line.request("GET", path, headers={"Cookie": "messages=x"})
            answer = line.getresponse()
            answer.read()
            if answer.status >= 500:
                raise HTTPException(str(answer.status))
        finally:
            line.close()

    def longest(self, since: float, until: float) -> float:
        return max((took for begun, took in self.took if since <= begun <= until), default=0)


def upgrade(*, impatient: bool) -> Iterator[str]:
    with own_database() as database:
        board = put_up_board(hold_event(), "wall", NOTES)
        with _serving(database) as (port, pid):
            paths = ["/events/bench/", board.get_absolute_url(), "/healthz"]
            load = Load(port, paths, board.stations.first())
            threads, pause = load.start(), Event()
            pause.wait(WARM)
            begun = monotonic()
            changed = _change_while_held(pause, impatient=impatient)
            ended = monotonic()
            os.kill(pid, signal.SIGHUP)
            replaced = monotonic()
            pause.wait(AFTER)
            load.over.set()
            for thread in threads:
                thread.join(PATIENCE)
            notes = board.notes.count() - NOTES
    yield f"{len(load.took)} requests, {len(load.failed)} failed {load.failed[:3]}"
    yield f"{load.posted} notes posted, {notes} kept"
    yield f"longest answer before {load.longest(0, begun - 1):.2f} s"
    yield f"longest answer while the table was changed {load.longest(begun - 1, ended):.2f} s"
    yield f"longest answer while the processes were replaced {load.longest(replaced, monotonic()):.2f} s"
    yield f"the change took {ended - begun:.1f} s, in {changed + 1} tries; it was held for {HELD:.0f} s"


def _change_while_held(pause: Event, *, impatient: bool) -> int:
    """Adds the column while somebody's transaction reads the table; how often it gave way to others."""
    holder, said = connection.copy(), []
    holder.inc_thread_sharing()
    with holder.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM responses_note")

    def let_go() -> None:
        pause.wait(HELD)
        holder.close()

    Thread(target=let_go, daemon=True).start()
    with connection.cursor() as cursor:
        if impatient:
            cursor.execute(ALTER)
        else:
            patiently(lambda: cursor.execute(ALTER), connection, say=said.append)
    return len(said)


@contextmanager
def _serving(database: str) -> Iterator[tuple[int, int]]:
    port = free_port()
    command = granian.command("bench.live_site:application", host=HOST, port=port, processes=2)
    with _running(command, {"BENCH_DATABASE": database}) as process:
        _wait_until_it_listens(port)
        yield port, process.pid


if __name__ == "__main__":
    for line in upgrade(impatient="--impatient" in sys.argv):
        print(line, flush=True)
