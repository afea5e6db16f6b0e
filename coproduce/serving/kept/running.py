"""Listening begins before the first request and ends with the site."""

import asyncio

from coproduce.serving.kept.listener import Listener
from coproduce.serving.kept.pages import KeptPages
from coproduce.serving.shell import Live

LAST_WORDS = 5.0  # seconds for the thread to end, when the site stops


class WithKept:
    """Streams as they were, and beside them the thread that hears what pages are to be dropped."""

    def __init__(self, live: Live, pages: KeptPages) -> None:
        self._live, self._pages = live, pages
        self._listener: Listener | None = None
        self.stream = live.stream

    async def start(self) -> None:
        await self._live.start()
        if self._pages.is_on:
            self._listener = Listener(self._pages.shelf)
            self._listener.start()

    async def stop(self) -> None:
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()
            await asyncio.to_thread(listener.join, LAST_WORDS)
        await self._live.stop()
