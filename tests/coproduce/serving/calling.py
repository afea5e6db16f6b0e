"""Calls an ASGI application as a server does."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from coproduce.serving.requests import Scope
from coproduce.serving.shell import Application


@dataclass
class Call:
    """One request: what the client sends, and what it has got."""

    scope: Scope
    chunks: list[bytes] = field(default_factory=lambda: [b""])
    leaves_after_them: bool = False
    got: list[dict[str, Any]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> dict[str, Any]:
        if self.chunks:
            more = len(self.chunks) > 1 or self.leaves_after_them
            return {"type": "http.request", "body": self.chunks.pop(0), "more_body": more}
        if not self.leaves_after_them:
            await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.got.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.got)

    @property
    def is_whole(self) -> bool:
        return bool(self.got) and self.got[-1].get("more_body") is False


def scope(path: str = "/", method: str = "GET", query: bytes = b"", **headers: str) -> Scope:
    """A scope as granian makes it; `_` in the names of headers stands for `-`."""
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query,
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.7", "50000"),
        "headers": [
            (name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()
        ],
    }


async def call(application: Application, asked: Scope, **more: Any) -> Call:
    made = Call(asked, **more)
    await application(made.scope, made.receive, made.send)
    return made
