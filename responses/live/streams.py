"""The streams themselves, as an ASGI application of its own: `/live/<activity>/?after=<number>`.

A stream asks the database when it opens and never again. Native rather than through Django's
handler, which needs six times the memory and twelve times as long to open one.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from django.http.request import split_domain_port, validate_host

from coproduce.identifiers import is_plausible
from responses.live.admission import Knock, Pass
from responses.live.hub import Hub
from responses.live.messages import fetch_again
from responses.live.rooms import Reader, Room
from responses.live.wire import retry

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_OF_ONE = 6  # streams of one participant: pages open at the same time
LONGEST = 30 * 60  # seconds; then a reader comes back and is admitted again
COMES_BACK = (1000, 5000)  # milliseconds: not all in the same moment
BUSY, AWAY = 20, 3  # seconds until it is worth trying again
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
]

_hub: Hub | None = None


class Refusal(Exception):
    """No stream: a status, and after how many seconds it is worth trying again."""

    def __init__(self, status: HTTPStatus, retry_after: int = 0) -> None:
        super().__init__(status.phrase)
        self.status, self.retry_after = status, retry_after


async def start() -> None:
    """Begin to listen; called by the server in its event loop."""
    global _hub
    _hub = Hub(asyncio.get_running_loop())


async def stop() -> None:
    """End every stream."""
    global _hub
    hub, _hub = _hub, None
    if hub:
        await hub.stop()


def readers() -> int:
    """How many streams this process carries now."""
    return _hub.readers if _hub else 0


def is_listening() -> bool | None:
    """Whether this process hears of changes; None where it serves no streams."""
    return _hub.listener.is_listening if _hub else None


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request for a stream, until either side ends it."""
    try:
        knock, after = read_request(scope)
        hub, known = await admitted(knock)
    except Refusal as refusal:
        await refuse(send, refusal)
        return
    after = known.number if after is None else after
    room = hub.room_for(known, after)
    screen_since = known.number if known.is_screen else None
    reader = Reader(known.key, min(after, known.number), asyncio.current_task(), screen_since)
    if after > known.number:
        # What they have seen is not there any more, as after a backup was restored.
        reader.give(fetch_again(known.number))
    try:
        await carry(hub, room, reader, receive, send)
    except (asyncio.CancelledError, OSError, Error):
        # Gone, too slow, or the database is away: whoever is there comes back and resumes.
        pass
    finally:
        hub.leave(room, reader)


def read_request(scope: Scope) -> tuple[Knock, int | None]:
    """Which activity is asked for, with which cookies, and the number of the last change seen."""
    if scope["method"] != "GET":
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED)
    headers = headers_of(scope)
    if not is_our_host(headers.get(b"host", "")):
        raise Refusal(HTTPStatus.BAD_REQUEST)
    parts = scope["path"].strip("/").split("/")
    if len(parts) != 2 or not is_plausible(parts[1]):
        raise Refusal(HTTPStatus.NOT_FOUND)
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    after, screen = (asked.get(name, [""])[-1] for name in ("after", "screen"))
    seen = number_in(headers.get(b"last-event-id", ""))
    knock = Knock(parts[1], headers.get(b"cookie", ""), screen, headers.get(b"accept-language", ""))
    return knock, number_in(after) if seen is None else seen


def headers_of(scope: Scope) -> dict[bytes, str]:
    """The headers by their names. Browsers may send each cookie by itself over HTTP/2."""
    found: dict[bytes, str] = {}
    for name, text in ((name.lower(), text.decode("latin-1")) for name, text in scope["headers"]):
        found[name] = f"{found[name]}; {text}" if name == b"cookie" and name in found else text
    return found


def number_in(typed: str) -> int | None:
    """The number of a change; None for anything that cannot be one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None


def is_our_host(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


async def admitted(knock: Knock) -> tuple[Hub, Pass]:
    """The hub and the pass for a reader, or a refusal that says when to try again."""
    hub = has_room(_hub)
    try:
        known = await hub.admit(knock)
    except (Error, ConnectionError, ImproperlyConfigured) as error:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from error
    if known is None:
        raise Refusal(HTTPStatus.NOT_FOUND)
    if known.key and hub.by_key[known.key] >= MOST_OF_ONE:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
    # Others were let in meanwhile, or the site began to stop.
    return has_room(hub), known


def has_room(hub: Hub | None) -> Hub:
    """The hub, if it takes another reader now."""
    if hub is None or hub.is_over or hub.readers >= settings.LIVE_READERS:
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
    return hub


async def refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    if refusal.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"allow", b"GET"))
    if refusal.retry_after:
        headers.append((b"retry-after", str(refusal.retry_after).encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{refusal.status.phrase}\n".encode()})


async def carry(hub: Hub, room: Room, reader: Reader, receive: Receive, send: Send) -> None:
    """Send what a reader missed and then all that comes, until they go, the site stops, or time is up."""
    await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": headers()})
    await send(part(retry(random.randint(*COMES_BACK))))  # noqa: S311
    gone = hub.loop.create_task(until_gone(receive))
    gone.add_done_callback(lambda _: reader.end())
    time_is_up = hub.loop.call_later(LONGEST * random.uniform(0.8, 1), reader.end)  # noqa: S311
    try:
        await hub.seat(room, reader)
        while frame := await reader.frame(hub.loop):
            await send(part(frame))
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        time_is_up.cancel()
        gone.cancel()


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def part(body: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": True}


def headers() -> list[tuple[bytes, bytes]]:
    if not settings.SECURE_HSTS_SECONDS:
        return HEADERS
    hsts = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    return [*HEADERS, (b"strict-transport-security", hsts.encode())]
