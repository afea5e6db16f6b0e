"""A request as ASGI gives it, made into the environ and the body that a WSGI application reads."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]

LONGEST_BODY = 100 * 1024 * 1024  # bytes
HELD_IN_MEMORY = 64 * 1024  # bytes of each body; the rest waits in a file


class Gone(Exception):
    """The client has left before its request or our answer was complete."""


class TooLong(Exception):
    """The body is longer than any page takes."""


async def body_of(scope: Scope, receive: Receive) -> BinaryIO:
    """The whole body, at its start. Raises Gone or TooLong.

    It is complete before a page begins: a slow upload holds no thread, and a form whose
    second half was lost on the way is never taken for the whole.
    """
    if not may_have_body(scope):
        return BytesIO()
    if declared_length(scope) > LONGEST_BODY:
        raise TooLong
    body, more = BytesIO(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise Gone
        body = await held(body, message.get("body", b""))
        more = message.get("more_body", False)
    body.seek(0)
    return body


async def held(body: BinaryIO, chunk: bytes) -> BinaryIO:
    """The body with one more chunk, moved from memory to a file when it has grown long."""
    length = body.tell() + len(chunk)
    if length > LONGEST_BODY:
        body.close()
        raise TooLong
    if length > HELD_IN_MEMORY:
        # A disk can be slow, and everybody's streams run in this thread.
        return await asyncio.to_thread(written, body, chunk)
    body.write(chunk)
    return body


def written(body: BinaryIO, chunk: bytes) -> BinaryIO:
    if isinstance(body, BytesIO):
        beginning, body = body.getvalue(), TemporaryFile()  # noqa: SIM115  closed with the request
        body.write(beginning)
    body.write(chunk)
    return body


def may_have_body(scope: Scope) -> bool:
    if scope["method"] not in ("GET", "HEAD"):
        return True
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


def declared_length(scope: Scope) -> int:
    """What Content-Length says, or 0; the server has refused one that is no number."""
    return max((int(value) for name, value in scope["headers"] if name == b"content-length"), default=0)


def environ_of(scope: Scope, body: BinaryIO) -> dict[str, Any]:
    """The environ of PEP 3333."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    # Decoded by us: the server has put replacement characters for what is not UTF-8.
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"]).decode("latin-1")
    prefix = scope.get("root_path", "").encode().decode("latin-1")
    return headers_of(scope) | {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": prefix,
        "PATH_INFO": path.removeprefix(prefix),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "CONTENT_LENGTH": str(length_of(body)),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        # Noted there what the page reads, if it may be kept. No header can have this name.
        "coproduce.reads": scope.get("coproduce.reads"),
    }


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers as WSGI names them.

    A name with an underscore would become the same as one with a hyphen, so that a visitor
    could send an X_Forwarded_For that no proxy takes away: such names are left out.
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        # HTTP/2 may send each cookie by itself.
        between = "; " if name == "COOKIE" else ","
        found[key] = f"{found[key]}{between}{value}" if key in found else value
    return found


def length_of(body: BinaryIO) -> int:
    length = body.seek(0, 2)
    body.seek(0)
    return length
