"""The final bytes of an answer, as they are and compressed, and what is said with them."""

import gzip
from hashlib import blake2b
from typing import Any, NamedTuple

from coproduce.serving.answers import Send
from coproduce.serving.kept.asked import Asked, tags_in

Headers = list[tuple[bytes, bytes]]

LARGEST = 1024 * 1024  # bytes
TYPES = frozenset(
    b"text/html application/json application/ld+json application/atom+xml application/rss+xml"
    b" application/xml text/xml".split()
)
# What an answer may depend on: whoever sends anything else of it is answered by Django.
VARIES_ON = frozenset((b"cookie", b"accept-language", b"accept-encoding", b"hx-request"))
# What only Django can answer again, or nobody but the one who asked should have.
SIGNS = frozenset((b"set-cookie", b"content-encoding", b"content-disposition", b"etag", b"content-range"))
WORTH_COMPRESSING = 500  # bytes
OVERHEAD = 4096  # bytes of what stands around a body


class Form(NamedTuple):
    """One form of the answer, ready to be sent: with its body, and for those who have it already."""

    start: dict[str, Any]
    body: bytes
    unchanged: dict[str, Any]
    tag: bytes


class Copy:
    """An answer that is the same for everybody who asks the same."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        self.headers = [(name, value) for name, value in headers if name not in (b"content-length", b"vary")]
        self.headers.append((b"vary", varying(headers)))
        self._tag = blake2b(body, digest_size=12).hexdigest()
        self.plain = self._form(body, b"")
        self.gzipped: Form | None = None
        # Counted before it is compressed, which never makes it larger.
        self.size = 2 * len(body) + OVERHEAD

    def compress(self) -> None:
        """Makes the compressed form as well, where it is smaller. To be done beside the event loop."""
        body = self.plain.body
        if len(body) >= WORTH_COMPRESSING:
            smaller = gzip.compress(body, 6, mtime=0)
            if len(smaller) < len(body):
                self.gzipped = self._form(smaller, b"gzip")

    def _form(self, body: bytes, coding: bytes) -> Form:
        tag = f'"{self._tag}{"-" + coding.decode() if coding else ""}"'.encode()
        said = [*self.headers, (b"etag", tag)]
        whole = [*said, (b"content-length", str(len(body)).encode())]
        if coding:
            whole.append((b"content-encoding", coding))
        kept = [(name, value) for name, value in said if name != b"content-type"]
        return Form(start_of(200, whole), body, start_of(304, kept), tag)

    async def answer(self, asked: Asked, send: Send) -> None:
        """Send the form that was asked for, or that it has not changed."""
        form = self.gzipped if asked.takes_gzip and self.gzipped else self.plain
        has_it = asked.has and not tags_in(asked.has).isdisjoint((form.tag, b"*"))
        await send(form.unchanged if has_it else form.start)
        await send({"type": "http.response.body", "body": b"" if has_it or asked.is_head else form.body})


def start_of(status: int, headers: Headers) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def varying(headers: Headers) -> bytes:
    """The Vary of an answer that is also there compressed."""
    said = [value for name, value in headers if name == b"vary"]
    names = [part.strip() for value in said for part in value.split(b",") if part.strip()]
    if b"accept-encoding" not in (name.lower() for name in names):
        names.append(b"Accept-Encoding")
    return b", ".join(names)


def may_be_kept(start: dict[str, Any]) -> bool:
    """Whether an answer that begins like this is one for everybody; Django says so by `no-cache` alone."""
    headers: Headers = start["headers"]
    told = dict(headers)
    return (
        start["status"] == 200
        and SIGNS.isdisjoint(told)
        and told.get(b"cache-control") == b"no-cache"
        and told.get(b"content-type", b"").partition(b";")[0] in TYPES
        and length_in(told) <= LARGEST
        and all(b"'nonce-" not in value for name, value in headers if name.startswith(b"content-security"))
        and {name.lower() for name in varying(headers).split(b", ")} <= VARIES_ON
    )


def length_in(told: dict[bytes, bytes]) -> int:
    """The length an answer says it has; more than any that is kept where it says none."""
    said = told.get(b"content-length", b"")
    return int(said) if said.isdigit() else LARGEST + 1
