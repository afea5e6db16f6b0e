"""The one application of the port: what begins with /live/ is a stream, all else is a page."""

import asyncio
import logging
import signal
import threading
from collections.abc import Awaitable, Callable
from typing import Protocol

from coproduce.serving.answers import Send
from coproduce.serving.requests import Receive, Scope

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)


class Live(Protocol):
    """The streams: started before the first request, stopped before the last has been answered."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None: ...


def shell(pages: Application, live: Live) -> Application:
    """An ASGI application with a lifespan; `live` may be a module."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live_through(live, receive, send)
        elif scope["type"] == "http":
            answer = live.stream if scope["path"].startswith("/live/") else pages
            await answer(scope, receive, send)

    return application


async def live_through(live: Live, receive: Receive, send: Send) -> None:
    """From the start of the server to its end."""
    await receive()
    try:
        await live.start()
    except Exception as error:
        log.exception("The streams could not be started.")
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    on_signal(live.stop)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await live.stop()
    await send({"type": "lifespan.shutdown.complete"})


def on_signal(stop: Callable[[], Awaitable[None]]) -> None:
    """Closes the streams when the server is told to stop.

    It waits for open connections before it says that it shuts down, and a stream has no end. Its
    own handler is asyncio's, which hears of the signal by another way and stays in force.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop, tasks = asyncio.get_running_loop(), set()

    def begin() -> None:
        tasks.add(loop.create_task(stop()))

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(begin))
