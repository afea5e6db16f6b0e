"""A site without a database: small pages, and streams that stay open until they are stopped."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from coproduce.serving.answers import Send
from coproduce.serving.pages import Pages
from coproduce.serving.requests import Receive, Scope
from coproduce.serving.shell import shell

PIECE = b"x" * 65536
PIECES = 400


def page(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/broken":
        raise ValueError("This page is broken.")
    if environ["PATH_INFO"] == "/broken-off":
        start_response("200 OK", [])
        return broken_off()
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [])
        return (PIECE for _ in range(PIECES))
    said = f"{os.getpid()} {environ['wsgi.input'].read()!r}".encode()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]


def broken_off() -> Iterator[bytes]:
    yield b"the beginning"
    raise ValueError("This page breaks off.")


class Streams:
    """What the real ones promise: `stop` ends every stream, however often it is called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._over: asyncio.Event | None = None

    async def start(self) -> None:
        self.calls.append("start")
        self._over = asyncio.Event()

    async def stop(self) -> None:
        self.calls.append("stop")
        self._over.set()

    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"open\n", "more_body": True})
        await self._over.wait()
        await send({"type": "http.response.body", "body": b"end\n", "more_body": False})


application = shell(Pages(page, threads=2), Streams())
