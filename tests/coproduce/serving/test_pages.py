"""Pages in threads: streamed, complete, and not held up by whoever reads slowly."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from coproduce.serving import answers, requests
from coproduce.serving.answers import MOST_WAITING
from coproduce.serving.pages import WSGI, Pages
from coproduce.serving.requests import Gone
from tests.coproduce.serving.calling import Call, call, scope
from tests.loops import in_a_loop

LARGE = 40 * MOST_WAITING


def ask(application: WSGI, asked: dict[str, Any] | None = None, **more: object) -> Call:
    return in_a_loop(call(Pages(application, threads=1), asked or scope(), **more))


def answering(*pieces: bytes, headers: Iterable[tuple[str, str]] = ()) -> WSGI:
    def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        start_response("200 OK", list(headers))
        return iter(pieces)

    return application


class Large:
    """A large answer that counts the bytes it has handed over, and knows when it was closed."""

    def __init__(self) -> None:
        self.made = 0
        self.is_closed = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> "Large":
        start_response("200 OK", [])
        return self

    def __iter__(self) -> Iterator[bytes]:
        while self.made < LARGE:
            self.made += 65536
            yield b"x" * 65536

    def close(self) -> None:
        self.is_closed.set()


def test_each_header_is_sent_though_its_name_was_sent_before() -> None:
    cookies = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    got = ask(answering(b"page", headers=cookies)).got
    assert got[0]["headers"] == [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    assert got[0]["status"] == 200


def test_a_page_whose_length_is_known_goes_out_in_one_piece() -> None:
    made = ask(answering(b"pa", b"ge", headers=[("Content-Length", "4")]))
    assert [message.get("body") for message in made.got] == [None, b"page"]
    assert made.is_whole


def test_head_makes_no_body_and_closes_the_page() -> None:
    large = Large()
    made = ask(large, scope(method="HEAD"))
    assert (made.body, made.is_whole, large.made) == (b"", True, 0)
    assert large.is_closed.is_set()


def test_a_large_answer_waits_for_its_reader_instead_of_in_memory() -> None:
    large, ahead = Large(), []

    class Slow(Call):
        async def send(self, message: dict[str, Any]) -> None:
            await super().send(message)
            ahead.append(large.made - len(self.body))

    async def main() -> Call:
        slow = Slow(scope())
        await call_with(slow, large)
        return slow

    made = in_a_loop(main())
    assert (len(made.body), made.is_whole) == (LARGE, True)
    assert max(ahead) <= 2 * MOST_WAITING


async def until_well_begun(large: Large) -> None:
    while large.made <= MOST_WAITING:
        await asyncio.sleep(0)


def test_a_page_is_answered_beside_a_download_that_nobody_reads() -> None:
    large = Large()

    def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        return (large if environ["PATH_INFO"] == "/large" else answering(b"page"))(environ, start_response)

    class Stalled(Call):
        async def send(self, message: dict[str, Any]) -> None:
            await super().send(message)
            if message.get("body"):
                await self.left.wait()

    async def main() -> tuple[Call, Call]:
        pages, stalled = Pages(application, threads=1), Stalled(scope("/large"))
        download = asyncio.create_task(pages(stalled.scope, stalled.receive, stalled.send))
        await until_well_begun(large)
        page = await call(pages, scope())
        stalled.left.set()
        await download
        return page, stalled

    page, stalled = in_a_loop(main())
    assert page.body == b"page"
    assert not stalled.is_whole


def test_a_reader_who_leaves_ends_the_download_in_its_thread() -> None:
    large = Large()

    class Leaving(Call):
        async def send(self, message: dict[str, Any]) -> None:
            await super().send(message)
            self.left.set()
            await until_well_begun(large)

    in_a_loop(call_with(Leaving(scope()), large))
    assert large.is_closed.is_set()
    assert large.made < LARGE


def test_who_reads_nothing_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PATIENCE", 0.01)
    large = Large()

    class Stalled(Call):
        async def send(self, message: dict[str, Any]) -> None:
            await super().send(message)
            if message.get("body"):
                await asyncio.to_thread(large.is_closed.wait)

    with pytest.raises(Gone):
        in_a_loop(call_with(Stalled(scope()), large))
    assert large.made < LARGE


async def call_with(made: Call, application: WSGI) -> None:
    await Pages(application, threads=1)(made.scope, made.receive, made.send)


def test_slow_uploads_hold_no_thread() -> None:
    async def main() -> Call:
        pages = Pages(answering(b"page"), threads=1)
        slow = Call(scope(method="POST"), chunks=[b"beginning", b"end"])
        held = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if len(slow.chunks) == 1:
                held.set()
                await slow.left.wait()
            return await Call.receive(slow)

        upload = asyncio.create_task(pages(slow.scope, receive, slow.send))
        await held.wait()
        page = await call(pages, scope())
        slow.left.set()
        await upload
        return page

    assert in_a_loop(main()).body == b"page"


def test_what_a_page_raises_reaches_the_server() -> None:
    """It then answers 500, or breaks the connection off where the answer had begun."""

    def broken(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        raise ValueError("broken")

    def broken_off(environ: dict[str, Any], start_response: Callable) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"the beginning"
        raise ValueError("broken off")

    for application in (broken, broken_off):
        with pytest.raises(ValueError, match="broken"):
            ask(application)


def test_a_body_that_is_too_long_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LONGEST_BODY", 10)
    made = ask(answering(b"page"), scope(method="POST", content_length="11"))
    assert made.got[0]["status"] == 413
    assert b"100 MB at most" in made.body


def test_the_threads_are_as_few_as_was_said_and_stay() -> None:
    seen = set()

    def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        seen.add(threading.get_ident())
        return answering(b"page")(environ, start_response)

    async def main() -> None:
        pages = Pages(application, threads=2)
        await asyncio.gather(*(call(pages, scope()) for _ in range(40)))

    in_a_loop(main())
    assert len(seen) <= 4
