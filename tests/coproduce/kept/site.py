"""Kept pages of the real site in the test's own process, on the test's own database."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections

from coproduce.serving.kept import shelf
from coproduce.serving.kept.listener import CHANNEL, Listener
from coproduce.serving.kept.pages import KeptPages
from coproduce.serving.kept.reads import noting
from coproduce.serving.pages import Pages
from tests.coproduce.serving.calling import Call, call, scope

PATIENCE = 20  # seconds that a machine with much else to do may take
ROOM = 8 * 1024 * 1024


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def answer_of(made: Call) -> Answer:
    start = made.got[0]
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, made.body)


class KeptSite:
    """What visitors ask, and how often a page was made for them."""

    def __init__(self, loop: asyncio.AbstractEventLoop, room: int, shared: str) -> None:
        self.loop, self.pages = loop, Pages(noting(get_wsgi_application()), threads=2)
        self.kept = KeptPages(self.pages, room=room, shared=shared)
        self.told = 0

    @property
    def counts(self) -> dict[str, int]:
        return dict(self.kept.counts)

    def get(self, path: str, query: bytes = b"", method: str = "GET", **headers: str) -> Answer:
        return self.send(path, query, method, **headers).result(PATIENCE)

    def send(self, path: str, query: bytes = b"", method: str = "GET", **headers: str) -> Future:
        async def ask() -> Answer:
            asked = scope(path, method, query, **({"host": "testserver"} | headers))
            return answer_of(await call(self.kept, asked))

        return asyncio.run_coroutine_threadsafe(ask(), self.loop)

    def fresh(self, path: str, query: bytes = b"") -> Answer:
        """The same page as Django makes it now."""
        return self.get(path, query, authorization="none")

    def is_kept(self, path: str) -> bool:
        """Whether the page is answered without being made."""
        before = self.counts.get("kept", 0)
        self.get(path)
        return self.counts.get("kept", 0) > before

    def hear(self) -> None:
        """Wait until everything that was committed before this is known."""
        self.told += 1
        thing, before = f"test-{self.told}", self.kept.shelf.position
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{thing} 0"])
        until(lambda: self.kept.shelf.has_changed(thing, before))

    async def close_connections(self) -> None:
        if self.kept._elsewhere:
            await self.kept._elsewhere.close()
        threads = self.pages._threads
        done = [self.loop.run_in_executor(threads, connections.close_all) for _ in range(8)]
        await asyncio.gather(*done)
        threads.shutdown()


def until(seen: object) -> None:
    """Wait until `seen()` is true; a bound for a machine that is stuck, not a measure."""
    pause = threading.Event()
    for _ in range(round(PATIENCE / 0.005)):
        if seen():
            return
        pause.wait(0.005)
    raise AssertionError("It did not come to pass.")


@contextmanager
def kept_site(*, listens: bool = True, room: int = ROOM, shared: str = "") -> Iterator[KeptSite]:
    """A site whose loop runs in a thread of its own, as long as the block lasts."""
    # A machine with much else to do may leave the listener waiting for longer than is meant.
    with patch.object(shelf, "SILENCE", 10 * PATIENCE):
        yield from running(listens, room, shared)


def running(listens: bool, room: int, shared: str) -> Iterator[KeptSite]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    site = asyncio.run_coroutine_threadsafe(made(loop, room, shared), loop).result(PATIENCE)
    listener = Listener(site.kept.shelf) if listens else None
    try:
        if listener:
            listener.start()
            until(lambda: site.kept.shelf.is_heard)
        yield site
    finally:
        if listener:
            listener.stop()
            listener.join(PATIENCE)
        asyncio.run_coroutine_threadsafe(site.close_connections(), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


async def made(*given: object) -> KeptSite:
    return KeptSite(*given)
