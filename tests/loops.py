"""Event loops for tests of what runs in one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def in_a_loop[T](work: Coroutine[Any, Any, T]) -> T:
    """Run `work` in a loop of its own, in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
