"""Pages: a WSGI application in a few threads, as one of ASGI.

The threads stay, so that each keeps its connection to the database from request to request.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from coproduce.serving.answers import Answer, Send
from coproduce.serving.requests import Gone, Receive, Scope, TooLong, body_of, environ_of

WSGI = Callable[[dict[str, Any], Callable], Iterable[bytes]]

TOO_LONG = b"This is too large to send here. Send 100 MB at most.\n"


class Pages:
    """At most `threads` pages at once, and as many downloads that are slow to be read beside them."""

    def __init__(self, application: WSGI, *, threads: int) -> None:
        self._application = application
        self._places = asyncio.Semaphore(threads)
        self._threads = ThreadPoolExecutor(2 * threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await body_of(scope, receive)
        except Gone:
            return
        except TooLong:
            await refuse_long_body(send)
            return
        with body, ExitStack() as place:
            await self._places.acquire()
            place.callback(self._places.release)
            answer = Answer()
            self._threads.submit(make, self._application, environ_of(scope, body), answer)
            await deliver(answer, receive, send, place)


def make(application: WSGI, environ: dict[str, Any], answer: Answer) -> None:
    """In a thread: the whole life of one request. A failure goes with the answer."""
    failure = None
    try:
        put_all(application(environ, answer.begin), environ, answer)
    except BaseException as error:
        failure = error
    answer.end(failure)


def put_all(pieces: Iterable[bytes], environ: dict[str, Any], answer: Answer) -> None:
    try:
        if environ["REQUEST_METHOD"] != "HEAD":
            for piece in pieces:
                answer.put(piece)
    finally:
        getattr(pieces, "close", lambda: None)()


async def deliver(answer: Answer, receive: Receive, send: Send, place: ExitStack) -> None:
    """Sends the parts as they come; from the first on, the next page has this one's place."""
    part, more = await answer.next_part()
    place.close()
    answer.is_begun = True
    await send(answer.start)
    if more:
        await deliver_slowly(part, answer, receive, send)
    else:
        await send_part(send, part, more=False)


async def deliver_slowly(part: bytes, answer: Answer, receive: Receive, send: Send) -> None:
    watch, more = asyncio.create_task(abandon_when_gone(answer, receive)), True
    try:
        while more:
            await send_part(send, part, more=True)
            part, more = await answer.next_part()
        await send_part(send, part, more=False)
    except Gone:
        # Ended as if it were whole, the answer would be taken for that by whoever still reads.
        if not watch.done():
            raise
    finally:
        watch.cancel()


async def abandon_when_gone(answer: Answer, receive: Receive) -> None:
    """The server takes and drops what is sent to a client that has left: only `receive` tells."""
    while (await receive())["type"] != "http.disconnect":
        pass
    answer.abandon()


async def send_part(send: Send, part: bytes, *, more: bool) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": more})


async def refuse_long_body(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send_part(send, TOO_LONG, more=False)
