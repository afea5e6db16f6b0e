"""A crowd that asks for what is new again and again: `python -m bench.polling ADDRESS AFTER`.

Each keeps its connection, says which number it saw last and which answer it has (ETag), and asks
every five seconds, not all at the same time. It obeys the same orders as the readers of a stream.
"""

import re
import selectors
import sys
import time
from heapq import heappop, heappush

from bench.load import Unexpected
from bench.readers import Crowd, Reader, gather

EVERY = 5  # seconds
SOON = 0.05  # seconds: how long the crowd looks away at most
ETAG = re.compile(rb"(?im)^etag: *(\S+)")
LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")


class Poller(Reader):
    """One connection that asks, waits, and asks again."""

    __slots__ = ("asked", "etag")

    def ask(self) -> None:
        self.etag = b""
        self.crowd.selector.modify(self.socket, selectors.EVENT_READ, self.read_first)
        self.send()

    def send(self) -> None:
        self.asked = self.track.last
        self.socket.send(self.request())

    def request(self) -> bytes:
        where, known = self.crowd.address, f"If-None-Match: {self.etag.decode()}\r\n" if self.etag else ""
        return (
            f"GET {where.path}?after={self.asked} HTTP/1.1\r\nHost: {where.netloc}\r\n"
            f"Cookie: {self.cookie}\r\n{known}\r\n"
        ).encode()

    def read_first(self) -> None:
        if self.has_answer():
            self.crowd.selector.modify(self.socket, selectors.EVENT_READ, self.read)
            self.crowd.count_in()

    def read(self) -> None:
        if self.has_answer():
            self.crowd.later(self, EVERY)

    def has_answer(self) -> bool:
        """Read on; true once a whole answer was there and what it tells is taken down."""
        data = self._received()
        self.crowd.bytes += len(data)
        self.rest += data
        head, end, body = self.rest.partition(b"\r\n\r\n")
        if not end or len(body) < length_of(head):
            return False
        self.rest = b""
        self.take(head, body)
        return True

    def take(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"HTTP/1.1 304"):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise Unexpected(f"A client that polls was answered {head.decode(errors='replace')}")
        frame = self.crowd.frame(body)
        frame.times.append(time.time_ns())
        self.track.take(frame.numbers)
        found = ETAG.search(head)
        self.etag = found[1] if found and self.track.last == self.asked else b""


class Polling(Crowd):
    """Clients that ask at `address` what is new."""

    member = Poller

    def connect(self) -> float:
        """Ask once for everybody; from then on each asks at a moment of its own."""
        self.due: list[tuple[float, int, Poller]] = []
        seconds = super().connect()
        for place, poller in enumerate(self.readers):
            self.later(poller, EVERY * place / len(self.readers))
        return seconds

    def later(self, poller: Poller, seconds: float) -> None:
        heappush(self.due, (time.monotonic() + seconds, id(poller), poller))

    def _turn(self, seconds: float) -> None:
        super()._turn(min(seconds, SOON))
        while self.due and self.due[0][0] <= time.monotonic():
            heappop(self.due)[2].send()


def length_of(head: bytes) -> int:
    found = LENGTH.search(head)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    gather(Polling, *sys.argv[1:])
