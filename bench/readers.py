"""A crowd of readers of one stream, in a process of its own: `python -m bench.readers ADDRESS AFTER`.

It reads a line with the cookies that its readers come with, opens the streams, says so, and then
obeys: each further line is an order in JSON, each line that it prints the answer. Plain sockets
and one selector: a client that is slow itself would be measured instead of the site.
"""

import json
import os
import resource
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from bench.load import Unexpected
from bench.seen import PART, Frame, Track, numbers_in, told

KNOCKING = 1000  # connections that are being opened at a time
LOOK = 0.05  # seconds between looks whether all is there
LONGEST = 60  # seconds to connect
SPARE = 100  # descriptors for everything else


class Reader:
    """One connection: it asks, reads the head of the answer, and then messages."""

    __slots__ = ("cookie", "crowd", "rest", "socket", "track")

    def __init__(self, crowd: "Crowd", after: int, cookie: str) -> None:
        self.crowd, self.cookie = crowd, cookie
        self.track = Track(after)

    def open(self) -> None:
        self.rest = b""
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.connect_ex(self.crowd.host)
        self.crowd.selector.register(self.socket, selectors.EVENT_WRITE, self.ask)

    def ask(self) -> None:
        if error := self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise Unexpected(f"A reader could not connect: {os.strerror(error)}.")
        self.socket.send(self.request())
        self.crowd.selector.modify(self.socket, selectors.EVENT_READ, self.read_head)

    def request(self) -> bytes:
        where = self.crowd.address
        return (
            f"GET {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nAccept: text/event-stream\r\n"
            f"Cookie: {self.cookie}\r\nLast-Event-ID: {self.track.last}\r\n\r\n"
        ).encode()

    def read_head(self) -> None:
        self.rest += self._received()
        head, end, rest = self.rest.partition(b"\r\n\r\n")
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise Unexpected(f"A reader was answered {head.decode(errors='replace')}")
        self.rest = rest
        self.crowd.selector.modify(self.socket, selectors.EVENT_READ, self.read)
        self.crowd.count_in()

    def read(self) -> None:
        data = self._received()
        now = time.time_ns()
        self.crowd.bytes += len(data)
        if self.rest or not data.endswith((b"\n\n", b"\n\n\r\n")):
            whole, end, self.rest = (self.rest + data).rpartition(PART)
            data = whole + end
        frame = self.crowd.frame(data)
        if not frame.numbers:
            return
        frame.times.append(now)
        if frame.in_a_row and frame.numbers[0] == self.track.last + 1:
            self.track.last = frame.numbers[-1]
        else:
            self.track.take(frame.numbers)

    def _received(self) -> bytes:
        try:
            data = self.socket.recv(262_144)
        except BlockingIOError:
            return b""
        if not data:
            raise Unexpected(f"A stream was closed after number {self.track.last}.")
        return data

    def close(self) -> None:
        self.crowd.selector.unregister(self.socket)
        self.socket.close()


class Crowd:
    """Readers of the stream at `address`, one for each cookie, who have seen everything up to `after`."""

    member = Reader

    def __init__(self, address: str, after: int, cookies: list[str]) -> None:
        self.address = urlsplit(address)
        self.host = (self.address.hostname, self.address.port)
        self.selector = selectors.DefaultSelector()
        self.readers = [self.member(self, after, cookie) for cookie in cookies]
        self.frames: dict[bytes, Frame] = {}
        self.bytes = self.connected = 0
        self.outside: Iterator[Reader] = iter(())

    def frame(self, data: bytes) -> Frame:
        """Thousands receive the very same bytes; they are taken apart once."""
        if data not in self.frames:
            self.frames[data] = Frame(numbers_in(data))
        return self.frames[data]

    def connect(self) -> float:
        """Open every stream; returns the seconds until the last of them was answered."""
        start = time.perf_counter()
        self.connected, self.outside = 0, iter(self.readers)
        for _ in range(KNOCKING):
            self._let_in()
        while self.connected < len(self.readers):
            self._turn(LONGEST)
            if time.perf_counter() - start > LONGEST:
                raise Unexpected(f"{self.connected} of {len(self.readers)} connected in {LONGEST} s.")
        return time.perf_counter() - start

    def count_in(self) -> None:
        self.connected += 1
        self._let_in()

    def _let_in(self) -> None:
        if reader := next(self.outside, None):
            reader.open()

    def reconnect(self) -> float:
        """Drop every stream and come back to where it ended, as when a server starts again."""
        for reader in self.readers:
            reader.close()
        return self.connect()

    def wait_for(self, number: int, patience: float) -> None:
        """Read on until everybody has seen `number`, or for so many seconds."""
        end = time.monotonic() + patience
        while time.monotonic() < end and any(reader.track.last < number for reader in self.readers):
            self._read_for(LOOK)

    def _read_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._turn(left)

    def _turn(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            key.data()

    # Orders

    def obey(self) -> None:
        """Read the streams, and do what each line of standard input says until there is no more."""
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ, self._hear)
        self.heard = b""
        while self.heard is not None:
            self._turn(LONGEST)

    def _hear(self) -> None:
        said = os.read(sys.stdin.fileno(), 1 << 20)
        if not said:
            self.heard = None
            return
        *orders, self.heard = (self.heard + said).split(b"\n")
        for order in orders:
            answer(self._done(json.loads(order)))

    def _done(self, order: dict) -> dict:
        if order["do"] == "reconnect":
            return {"seconds": self.reconnect()}
        posted = {int(number): time for number, time in order["posted"].items()}
        self.wait_for(max(posted), order["patience"])
        tracks = [reader.track for reader in self.readers]
        return told(tracks, self.frames.values(), posted) | {"bytes": self.bytes}


def answer(facts: dict) -> None:
    print(json.dumps(facts), flush=True)


def allow_files(number: int) -> None:
    """Raise what this process and those it starts may have open; raises Unexpected if they may not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = number + SPARE
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise Unexpected(f"A process may have {hard} files open here, and {needed} are needed: `ulimit -Hn`.")
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def gather(crowd: type[Crowd], address: str, after: str) -> None:
    """Bring up a crowd with the cookies that standard input has, and let it obey until the end."""
    # Without a buffer, since a selector is to read the rest.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as orders:
        cookies = json.loads(orders.readline())
    allow_files(len(cookies))
    readers = crowd(address, int(after), cookies)
    with suppress(KeyboardInterrupt):
        answer({"seconds": readers.connect()})
        readers.obey()


if __name__ == "__main__":
    gather(Crowd, *sys.argv[1:])
