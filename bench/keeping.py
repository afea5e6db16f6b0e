"""Pages that are kept, beside the same bytes from the same server that has nothing to decide."""

import socket
from collections.abc import Callable, Iterator
from functools import partial
from time import sleep
from urllib.parse import urlsplit

from bench.figures import Figure, Lane, measure
from bench.load import together
from bench.place import hold_event, put_up_board
from events.models import Event
from tools.serving import serving_streams

REQUESTS = 6000
CLIENTS = 4
# Asked at once on one connection, so that the client costs next to nothing.
TOGETHER = 25
NEAR_CONSTANT = 0.7
SETTLED = 1.0  # seconds, until what was written before the start has been told
# What a browser sends with every page.
USUAL = (
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    b"Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
    b"Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\n"
    b"Sec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\n"
)


def keeping(database: str) -> Iterator[Figure]:
    """The page of an event for a visitor: whole, compressed, and the word that it has not changed."""
    event = hold_event()
    put_up_board(event, "wall", 60)
    path = Event.objects.get(pk=event.pk).get_absolute_url()
    with serving_streams("bench.kept_site:application", BENCH_DATABASE=database) as (site, _):
        for found in (USUAL, USUAL.replace(b"gzip, ", b"")):
            tag = warmed(site, path, found)
            compressed = "compressed " if b"gzip" in found else ""
            yield _beside_constant(site, f"kept page {compressed}".strip(), path, found)
        yield _beside_constant(
            site, "kept page, unchanged (304)", path, found + b"If-None-Match: " + tag + b"\r\n"
        )


def warmed(site: str, path: str, headers: bytes) -> bytes:
    """Asks until the page is kept; its tag."""
    sleep(SETTLED)
    answer = b""
    for _ in range(20):
        answer = ask_one(site, asked(site, path, headers))
    return next(line.partition(b":")[2].strip() for line in answer.split(b"\r\n") if line.startswith(b"etag"))


def _beside_constant(site: str, name: str, path: str, headers: bytes) -> Figure:
    lanes: dict[str, Lane] = {
        "kept": partial(flood, site, asked(site, path, headers)),
        "constant": partial(flood, site, asked(site, f"/constant{path}", headers)),
    }
    found = measure(lanes)
    return Figure(name, "pages/s", found["kept"], found["constant"], "the same bytes", NEAR_CONSTANT)


def asked(site: str, path: str, headers: bytes) -> bytes:
    return b"GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (path.encode(), urlsplit(site).netloc.encode(), headers)


def flood(site: str, request: bytes) -> float:
    """Answers per second, all of one length, to many of `request` at once."""
    length = len(ask_one(site, request))
    return together([partial(_client, site, request, length)] * CLIENTS, REQUESTS)


def _client(site: str, request: bytes, length: int) -> Callable[[], None]:
    connected = connect(site)

    def go() -> None:
        with connected:
            for _ in range(REQUESTS // CLIENTS // TOGETHER):
                connected.sendall(request * TOGETHER)
                read(connected, length * TOGETHER)

    return go


def connect(site: str) -> socket.socket:
    address = urlsplit(site)
    return socket.create_connection((address.hostname, address.port))


def read(connected: socket.socket, length: int) -> bytes:
    parts, missing = [], length
    while missing:
        part = connected.recv(min(missing, 1024 * 1024))
        if not part:
            raise ConnectionError("The site closed the connection.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def ask_one(site: str, request: bytes) -> bytes:
    """The whole answer to one request."""
    with connect(site) as connected:
        connected.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connected.recv(65_536)
        head = answer.partition(b"\r\n\r\n")[0].lower()
        lengths = [line for line in head.split(b"\r\n") if line.startswith(b"content-length:")]
        whole = len(head) + 4 + (int(lengths[0].partition(b":")[2]) if lengths else 0)
        return answer + read(connected, whole - len(answer))
