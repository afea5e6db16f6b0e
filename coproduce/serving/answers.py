"""An answer on its way from the thread that makes it to the client that reads it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from coproduce.serving.requests import Gone

Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[str, str]]
Failure = tuple[type[BaseException], BaseException, TracebackType]

MOST_WAITING = 256 * 1024  # bytes that may wait for a slow reader before the thread does
WORTH_SENDING = 64 * 1024  # bytes of an answer of known length that are sent before it is complete
PATIENCE = 30  # seconds without a byte read after which a reader counts as gone


class Answer:
    """What a WSGI application says, handed from its thread to the event loop in few steps.

    `begin`, `put` and `end` are for the thread; `next_part` and `abandon` for the loop.
    """

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.is_begun = False
        self._length_is_known = False
        self._waiting: list[bytes] = []
        self._size = 0
        self._over = self._gone = self._told = False
        self._failure: BaseException | None = None
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._change = threading.Condition()

    def begin(self, status: str, headers: Headers, failure: Failure | None = None) -> Callable[[bytes], None]:
        """`start_response` of PEP 3333."""
        if failure and self.is_begun:
            raise failure[1].with_traceback(failure[2])
        self._length_is_known = any(name.lower() == "content-length" for name, _ in headers)
        self.start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        }
        return self.put

    def put(self, piece: bytes) -> None:
        """One more piece of the body; waits while the reader is slow. Raises Gone."""
        with self._change:
            self._waiting.append(piece)
            self._size += len(piece)
            # An answer whose length was announced is soon complete: one step carries all of it.
            if self._size > WORTH_SENDING or not self._length_is_known:
                self._tell()
            while self._size > MOST_WAITING and not self._gone:
                self._gone = not self._change.wait(PATIENCE) or self._gone
            if self._gone:
                raise Gone

    def end(self, failure: BaseException | None = None) -> None:
        """Nothing more will come; with a failure, what has come is not the whole."""
        with self._change:
            self._over, self._failure = True, failure
            self._tell()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._loop.call_soon_threadsafe(self._news.set)

    async def next_part(self) -> tuple[bytes, bool]:
        """All that waits, and whether more may follow. Raises what the application raised."""
        await self._news.wait()
        with self._change:
            self._news.clear()
            self._told = False
            part, self._waiting, self._size = b"".join(self._waiting), [], 0
            self._change.notify()
            if self._failure:
                raise self._failure
            return part, not self._over

    def abandon(self) -> None:
        """The reader has left; the next `put` tells the thread."""
        with self._change:
            self._gone = True
            self._change.notify()
