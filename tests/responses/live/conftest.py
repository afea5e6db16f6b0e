"""Streams opened in the test's own process, on the test's own database."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpResponse

from people.guests import COOKIE, Viewer, remember_guest
from responses import live
from responses.models import Activity
from tests.loops import in_a_loop

PATIENCE = 20  # seconds that a machine with much else to do may take


@dataclass
class Stream:
    """One reader: what came, and its two ends. It stops reading while `reads` is not set."""

    task: asyncio.Task | None = None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    is_over: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): text.decode() for name, text in message["headers"]}
        else:
            self.text += message["body"].decode()
            self.is_over = not message.get("more_body")
        self.news.set()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def until(self, seen: Callable[["Stream"], object]) -> "Stream":
        """Wait until what came satisfies `seen`."""
        async with asyncio.timeout(PATIENCE):
            while not seen(self):
                await self.news.wait()
                self.news.clear()
        return self

    async def leave(self) -> None:
        self.gone.set()
        await self.task

    @property
    def ids(self) -> list[int]:
        return [int(line[4:]) for line in self.text.splitlines() if line.startswith("id: ")]

    @property
    def events(self) -> list[str]:
        return [line[7:] for line in self.text.splitlines() if line.startswith("event: ")]


def cookie_of(viewer: Viewer) -> str:
    """What the browser of this guest sends."""
    if not viewer.guest_key:
        return ""
    response = HttpResponse()
    remember_guest(response, viewer)
    return f"{COOKIE}={response.cookies[COOKIE].value}"


def open_stream(
    activity: Activity | str, *, after: int | None = None, cookie: str = "", screen: str = "", **headers: str
) -> Stream:
    """A reader of `activity`, or of an identifier, whose stream has begun to open."""
    identifier = activity if isinstance(activity, str) else activity.identifier
    stream = Stream()
    stream.reads.set()
    sent = {"host": "localhost", "cookie": cookie} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    asked = ({} if after is None else {"after": after}) | ({"screen": screen} if screen else {})
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/live/{identifier}/",
        "query_string": urlencode(asked).encode(),
        "headers": [(name.encode(), text.encode()) for name, text in sent.items() if text],
    }
    stream.task = asyncio.create_task(live.stream(scope, stream.receive, stream.send))
    return stream


async def do[T](act: Callable[..., T], *args: object, **kwargs: object) -> T:
    """Do an act beside the loop, as the pages do."""

    def here() -> T:
        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.to_thread(here)


def while_live(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run a scenario in an event loop of its own with the hub started, and stop it after."""

    async def run() -> None:
        await live.start()
        try:
            async with asyncio.timeout(3 * PATIENCE):
                await scenario()
        finally:
            await live.stop()

    in_a_loop(run())
