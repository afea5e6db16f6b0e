"""The whole site as it is served, and beside it the same answers from nothing but memory.

An address with /constant before it is answered with what the site said first at that address to such
a request: the least that this server can do.
"""

from typing import Any

from bench import live_site
from bench.site import CONSTANT
from coproduce.serving.answers import Send
from coproduce.serving.requests import Receive, Scope

site = live_site.application
first: dict[tuple[str, bool], list[dict[str, Any]]] = {}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope.get("path", "")
    if not path.startswith(CONSTANT):
        await site(scope, receive, send)
        return
    asked = (path, any(name == b"if-none-match" for name, _ in scope["headers"]))
    if asked not in first:
        first[asked] = await _said(scope, receive)
    for message in first[asked]:
        await send(message)


async def _said(scope: Scope, receive: Receive) -> list[dict[str, Any]]:
    path = scope["path"].removeprefix(CONSTANT)
    said: list[dict[str, Any]] = []

    async def hear(message: dict[str, Any]) -> None:
        said.append(message)

    await site(scope | {"path": path, "raw_path": path.encode()}, receive, hear)
    return said
