"""One page is made for all who ask for it at once; whoever comes after a change gets a new one."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from coproduce.serving.kept.pages import KeptPages
from coproduce.serving.kept.reads import READS, Reads
from coproduce.serving.requests import Scope
from tests.coproduce.kept.test_copies import HEADERS
from tests.coproduce.kept.test_shelf import TOLD
from tests.coproduce.serving.calling import Call, call, scope
from tests.loops import in_a_loop


class Django:
    """A stand-in that reads one table, and is told when to go on."""

    def __init__(self, headers: list = HEADERS, **flaws: bool) -> None:
        self.headers, self.flaws = headers, flaws
        self.made = 0
        self.words = b"before"
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def __call__(self, scope: Scope, receive: Callable, send: Callable) -> None:
        self.made += 1
        # Read now and said later, as a page that is slow to be drawn.
        said, reads = self.words, scope.get(READS)
        self.begun.set()
        await self.go_on.wait()
        if self.flaws.get("breaks"):
            raise ValueError("This page is broken.")
        if reads:
            reads.tables.add("events_event")
            reads.is_whole = not self.flaws.get("reads_secrets")
        length = (b"content-length", str(len(said)).encode())
        headers = [(name, value) for name, value in self.headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": said})


def pages_before(django: Django) -> KeptPages:
    pages = KeptPages(django, room=1_000_000)
    pages.shelf.listen(TOLD, TOLD)
    return pages


async def ask(pages: KeptPages, path: str = "/") -> Call:
    return await call(pages, scope(path, host="here"))


def test_those_who_ask_meanwhile_wait_for_the_page_that_is_being_made() -> None:
    async def main() -> None:
        pages = pages_before(django := Django())
        django.go_on.clear()
        asked = [asyncio.create_task(ask(pages)) for _ in range(50)]
        await django.begun.wait()
        django.go_on.set()
        answers = [await one for one in asked]
        assert django.made == 1
        assert {made.body for made in answers} == {b"before"}
        assert (await ask(pages)).body == b"before"
        assert django.made == 1

    in_a_loop(main())


def test_whoever_asks_after_a_change_never_gets_what_was_read_before_it() -> None:
    """The page is begun, a note is withdrawn, somebody asks, and only then the first page is complete."""

    async def main() -> None:
        pages = pages_before(django := Django())
        django.go_on.clear()
        first = asyncio.create_task(ask(pages))
        await django.begun.wait()
        django.words = b"after"
        pages.shelf.change({"events_event": 1})
        later = [asyncio.create_task(ask(pages)) for _ in range(5)]
        await asyncio.sleep(0)
        django.go_on.set()
        assert (await first).body == b"before"
        assert {(await one).body for one in later} == {b"after"}
        assert django.made == 2
        assert (await ask(pages)).body == b"after"

    in_a_loop(main())


@pytest.mark.parametrize(
    "django",
    [
        lambda: Django([*HEADERS, (b"set-cookie", b"csrftoken=x")]),
        lambda: Django([*HEADERS, (b"content-security-policy", b"script-src 'nonce-x'")]),
        lambda: Django(reads_secrets=True),
    ],
)
def test_what_is_not_for_everybody_is_made_for_each_and_nobody_waits_twice(
    django: Callable[[], Django],
) -> None:
    async def main() -> None:
        pages = pages_before(made := django())
        for _ in range(3):
            assert b"etag" not in dict((await ask(pages)).got[0]["headers"])
        assert made.made == 3
        assert len(pages.shelf) == 0
        made.go_on.clear()
        asked = [asyncio.create_task(ask(pages)) for _ in range(5)]
        while made.made < 8:
            await asyncio.sleep(0)
        made.go_on.set()
        await asyncio.gather(*asked)

    in_a_loop(main())


def test_a_page_that_breaks_leaves_nobody_waiting() -> None:
    async def main() -> None:
        pages = pages_before(django := Django(breaks=True))
        django.go_on.clear()
        asked = [asyncio.create_task(ask(pages)) for _ in range(5)]
        await django.begun.wait()
        django.go_on.set()
        broken: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(one, ValueError) for one in broken)
        django.flaws.clear()
        assert (await ask(pages)).body == b"before"

    in_a_loop(main())


def test_nothing_is_kept_where_there_is_no_room_for_it() -> None:
    async def main() -> None:
        pages = KeptPages(django := Django(), room=0)
        pages.shelf.listen(TOLD, TOLD)
        for _ in range(2):
            await ask(pages)
        assert django.made == 2

    in_a_loop(main())


def test_a_page_that_reads_what_nobody_tells_of_is_not_whole() -> None:
    pages = pages_before(Django())
    reads = Reads(pages.shelf)
    assert reads.is_told
    reads.tables.add("people_ratecount")
    assert not reads.is_told
