"""A small HTTP client that keeps its connections: as much load as one process of Python can make."""

import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from math import ceil
from threading import Barrier
from time import perf_counter
from urllib.parse import urlsplit

CLIENTS = 4


class Unexpected(Exception):
    """An answer that would make the figure mean something else."""


def get(site: str, path: str) -> bytes:
    """The bytes of a request for `path`."""
    return f"GET {path} HTTP/1.1\r\nHost: {urlsplit(site).netloc}\r\n\r\n".encode()


def rate(site: str, requests: Sequence[bytes], status: int = 200) -> float:
    """Answers per second to `requests`, shared out among four connections that are open before."""
    shares = list(batched(requests, ceil(len(requests) / CLIENTS)))
    return together([lambda share=share: _Client(site, status).send_all(share) for share in shares], requests)


def together(works: Sequence[Callable[[], object]], units: Sequence[object] | int) -> float:
    """Units per second of `works` that each prepare, wait for each other and then go.

    A work is a function that prepares and returns what is to be timed.
    """
    number = units if isinstance(units, int) else len(units)
    barrier = Barrier(len(works))
    with ThreadPoolExecutor(len(works)) as pool:
        spans = list(pool.map(lambda work: _timed(work, barrier), works))
    # By their own clocks: the thread that waits for them is often woken late.
    starts, ends = zip(*spans, strict=True)
    return number / (max(ends) - min(starts))


def _timed(work: Callable[[], Callable[[], None]], barrier: Barrier) -> tuple[float, float]:
    try:
        go = work()
    except BaseException:
        barrier.abort()
        raise
    barrier.wait()
    start = perf_counter()
    go()
    return start, perf_counter()


class _Client:
    """One connection."""

    def __init__(self, site: str, status: int) -> None:
        address = urlsplit(site)
        self.socket = socket.create_connection((address.hostname, address.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.expected = f"HTTP/1.1 {status} ".encode()

    def send_all(self, requests: Iterable[bytes]) -> Callable[[], None]:
        def go() -> None:
            with self.socket:
                for request in requests:
                    self.socket.sendall(request)
                    self._read_answer()

        return go

    def _read_answer(self) -> None:
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head = bytes(received[:end]).lower()
        if not received.startswith(self.expected):
            raise Unexpected(f"The site answered {head.decode(errors='replace')}")
        missing = end + 4 + int(_length(head)) - len(received)
        while missing > 0:
            missing -= len(self._receive())

    def _receive(self) -> bytes:
        if not (part := self.socket.recv(262_144)):
            raise Unexpected("The site closed the connection.")
        return part


def _length(head: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return line.partition(b":")[2]
    raise Unexpected("The site did not say how long its answer is.")
