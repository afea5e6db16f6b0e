"""Pages, answered from the shelf where they can be; each is made once for all who ask for it meanwhile."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

from coproduce.serving.answers import Send
from coproduce.serving.kept.asked import Asked, Key, asked_in
from coproduce.serving.kept.copies import Copy, may_be_kept
from coproduce.serving.kept.elsewhere import Elsewhere, Entry
from coproduce.serving.kept.reads import READS, Reads
from coproduce.serving.kept.shelf import Shelf
from coproduce.serving.requests import Receive, Scope
from coproduce.serving.shell import Application

MOST_WAITING = 1000  # for one page; whoever comes then asks Django
PATIENCE = 10.0  # seconds that anybody waits for a page that somebody else asked for
TRIES = 3  # pages waited for that a change overtook
MOST_UNKEPT = 4096  # addresses known for answers that are not kept


class KeptPages:
    """`pages` as an ASGI application, with a shelf of at most `room` bytes before it.

    What is not on it may be had from a server at `shared` that sites on other machines use too.
    """

    def __init__(self, pages: Application, *, room: int, shared: str = "") -> None:
        self._pages = pages
        self._elsewhere = Elsewhere(shared) if shared and room else None
        self.shelf = Shelf(room)
        self.counts: Counter[str] = Counter()
        self.is_on = room > 0
        self._being_made: dict[Key, asyncio.Future] = {}
        self._waiting: Counter[Key] = Counter()
        self._unkept: OrderedDict[Key, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = asked_in(scope) if self.is_on else None
        if asked is None:
            self.counts["not for all"] += 1
            await self._pages(scope, receive, send)
        elif copy := self.shelf.find(asked.key):
            self.counts["kept"] += 1
            await copy.answer(asked, send)
        elif asked.is_head or not self.shelf.is_heard:
            await self._pages(scope, receive, send)
        elif asked.key in self._unkept:
            await self._ask(asked, scope, receive, send)
        else:
            await self._ask_with_others(asked, scope, receive, send)

    async def _ask_with_others(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(TRIES):
            made = self._being_made.get(asked.key)
            if made is None or self._waiting[asked.key] >= MOST_WAITING:
                break
            await self._wait(asked.key, made)
            if copy := self.shelf.find(asked.key):
                self.counts["shared"] += 1
                await copy.answer(asked, send)
                return
            if asked.key in self._unkept:
                break
        await self._ask(asked, scope, receive, send)

    async def _wait(self, key: Key, made: asyncio.Future) -> None:
        self._waiting[key] += 1
        try:
            await asyncio.wait((made,), timeout=PATIENCE)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    async def _ask(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Have it made, and keep it if that may be."""
        key = asked.key
        made = asyncio.get_running_loop().create_future()
        is_first = self._being_made.setdefault(key, made) is made

        def tell() -> None:
            if is_first and not made.done():
                del self._being_made[key]
                made.set_result(None)

        try:
            if copy := await self._fetched(key):
                tell()
                await copy.answer(asked, send)
                await asyncio.to_thread(copy.compress)
            else:
                await self._make(asked, scope, receive, Held(send, tell))
        finally:
            tell()

    async def _make(self, asked: Asked, scope: Scope, receive: Receive, answer: "Held") -> None:
        """Have Django make it. The page is kept before anybody is told that it is there."""
        self.counts["made"] += 1
        reads = Reads(self.shelf, is_shared=self._elsewhere is not None)
        await self._pages(scope | {READS: reads}, receive, answer.take)
        if not answer.is_complete or not reads.is_whole:
            self._remember_unkept(asked.key)
            answer.tell()
            await answer.let_go()
            return
        self._unkept.pop(asked.key, None)
        kept = reads.kept(Copy(answer.start["headers"], answer.body))
        is_kept = self.shelf.keep(asked.key, kept, reads.position)
        self.counts["kept anew" if is_kept else "overtaken"] += 1
        answer.tell()
        await kept.copy.answer(asked, answer.send)
        await asyncio.to_thread(kept.copy.compress)
        if is_kept and self._elsewhere and reads.snapshot:
            await self._elsewhere.keep(asked.key, self.shelf.database, Entry(kept, reads.snapshot))
            self.counts["lent"] += 1

    async def _fetched(self, key: Key) -> Copy | None:
        """The page as another process made it, if it is no older than what is known here."""
        if self._elsewhere is None or key in self._unkept:
            return None
        entry = await self._elsewhere.find(key, self.shelf.database)
        if entry is None or not self.shelf.take_over(key, entry.kept, entry.snapshot):
            return None
        self.counts["taken over"] += 1
        return entry.kept.copy

    def _remember_unkept(self, key: Key) -> None:
        self._unkept[key] = None
        if len(self._unkept) > MOST_UNKEPT:
            self._unkept.popitem(last=False)


class Held:
    """An answer on its way, held back until it is complete if it may be one for everybody."""

    def __init__(self, send: Send, tell: Callable[[], None]) -> None:
        self.send, self.tell = send, tell
        self.start: dict[str, Any] = {}
        self.body = b""
        self._passes = False
        self._is_over = False

    @property
    def is_complete(self) -> bool:
        return self._is_over and not self._passes

    async def take(self, message: dict[str, Any]) -> None:
        """What the application sends."""
        if message["type"] == "http.response.start":
            self.start = message
            if not may_be_kept(message):
                self._passes = True
                # Nobody has to wait until it has been sent: it is not for them.
                self.tell()
        if self._passes:
            await self.send(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self._is_over = not message.get("more_body", False)

    async def let_go(self) -> None:
        """Send on what was held back after all."""
        if self.start and not self._passes:
            await self.send(self.start)
            await self.send({"type": "http.response.body", "body": self.body, "more_body": not self._is_over})
