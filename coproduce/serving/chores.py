"""What the running site does by itself now and then, so that no volunteer has to set up a clock."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from django.db import connection

from coproduce.serving.shell import Live

log = logging.getLogger(__name__)

# Seconds. The first time soon after the start, but not while everybody waits for a page.
AFTER_THE_START, BETWEEN = 60, 3600

Chore = Callable[[], object]


class WithChores:
    """Streams as they were, and `chores` done once an hour for as long as they are served.

    Every process of the site does them: they have to be such that doing them again changes nothing.
    """

    def __init__(self, live: Live, chores: Sequence[Chore]) -> None:
        self._live, self._chores = live, chores
        self._task: asyncio.Task | None = None
        self.stream = live.stream

    async def start(self) -> None:
        await self._live.start()
        self._task = asyncio.create_task(self._again_and_again())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
        await self._live.stop()

    async def _again_and_again(self) -> None:
        await asyncio.sleep(AFTER_THE_START)
        while True:
            for chore in self._chores:
                await asyncio.to_thread(do, chore)
            await asyncio.sleep(BETWEEN)


def do(chore: Chore) -> None:
    """Do one; what goes wrong is logged, and tried again the next time."""
    try:
        chore()
    except Exception:
        log.exception("%s could not be done.", chore.__name__)
    finally:
        connection.close()
