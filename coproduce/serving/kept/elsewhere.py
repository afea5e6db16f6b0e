"""Pages that processes on several machines share, in a server that speaks the protocol of Redis.

An entry says in which snapshot of the database its page was begun. Notices say which transaction they
are of. So a process can tell whether an entry is older than the last change it heard of, or than the
moment from which on it heard of all (shelf.py); it need not trust clocks, nor anybody's order.
"""

import asyncio
import hmac
import json
import logging
import time
from contextlib import suppress
from hashlib import blake2b
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coproduce.environment import BASE_DIR
from coproduce.serving.kept.asked import Key
from coproduce.serving.kept.copies import Copy
from coproduce.serving.kept.shelf import Kept
from coproduce.serving.kept.snapshots import Snapshot

log = logging.getLogger(__name__)

SALT = b"pages that are shared"
# Seconds. Whoever waits longer for a page is better off with Django.
PATIENCE, PAUSE = 0.25, 5.0
SHOWN = ("DEBUG", "SITE_NAME", "SITE_URL", "CONTACT_EMAIL", "CONTROLLER", "TIME_ZONE", "LANGUAGE_CODE")
SOURCES = (".py", ".html", ".mo", ".txt", ".json", ".css", ".js", ".svg")


class Entry(NamedTuple):
    """A page that somebody shared, and the snapshot of the database in which it was begun."""

    kept: Kept
    snapshot: Snapshot


class Elsewhere:
    """The server at `url`. While it is away, everybody does without it."""

    def __init__(self, url: str) -> None:
        try:
            from redis.asyncio import from_url
        except ImportError as error:
            raise ImproperlyConfigured(
                "PAGE_CACHE_URL needs the package redis: uv sync --extra shared-pages."
            ) from error
        self._server = from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._release, self._away_until = release(), float("-inf")

    def _name(self, key: Key, database: str) -> str:
        named = json.dumps([self._release, database, *map(repr, key)]).encode()
        return f"page:{blake2b(named, digest_size=20).hexdigest()}"

    async def find(self, key: Key, database: str) -> Entry | None:
        """What is shared for `key` by a site on the same database."""
        name = self._name(key, database)
        found = await self._try(self._server.get(name))
        return read(found, name) if isinstance(found, bytes) else None

    async def keep(self, key: Key, database: str, entry: Entry) -> None:
        """Share a page until it ends."""
        left = round(1000 * (entry.kept.until - monotonic()))
        if left > 0:
            name = self._name(key, database)
            await self._try(self._server.set(name, written(entry, name), px=left))

    async def close(self) -> None:
        await self._server.aclose()

    async def _try(self, answer: object) -> object:
        from redis import RedisError

        if monotonic() < self._away_until:
            answer.close()
            return None
        try:
            return await asyncio.wait_for(answer, PATIENCE)
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = monotonic() + PAUSE
            log.warning("Pages are not shared for %d seconds: %s", PAUSE, error or type(error).__name__)
            return None


def written(entry: Entry, name: str) -> bytes:
    """An entry as bytes that only a site with our secret could write, and only under this name."""
    told = {
        "headers": [[part.decode("latin-1") for part in pair] for pair in entry.kept.copy.headers],
        "things": sorted(entry.kept.things),
        "until": time.time() + entry.kept.until - monotonic(),
        "snapshot": str(entry.snapshot),
    }
    text = json.dumps(told).encode() + b"\n" + entry.kept.copy.plain.body
    return _sign(name, text) + text


def read(found: bytes, name: str) -> Entry | None:
    """What `written` wrote; None for anything that somebody else did."""
    sign, text = found[:32], found[32:]
    if not hmac.compare_digest(sign, _sign(name, text)):
        return None
    head, _, body = text.partition(b"\n")
    told = json.loads(head)
    headers = [(before.encode("latin-1"), after.encode("latin-1")) for before, after in told["headers"]]
    until = monotonic() + told["until"] - time.time()
    return Entry(Kept(Copy(headers, body), frozenset(told["things"]), until), Snapshot.read(told["snapshot"]))


def _sign(name: str, text: bytes) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), SALT, "sha256")
    return hmac.digest(key, name.encode() + b"\n" + text, "sha256")


def release() -> str:
    """What the pages are made with: another release or another name of the site makes others."""
    digest = blake2b(digest_size=16)
    for name in SHOWN:
        digest.update(f"{name}={getattr(settings, name, None)!r}\n".encode())
    for folder in sorted(path.parent for path in BASE_DIR.glob("*/__init__.py")):
        _add(digest, folder)
    for name in ("templates", "static", "locale"):
        _add(digest, BASE_DIR / name)
    return digest.hexdigest()


def _add(digest: "blake2b", folder: object) -> None:
    for path in sorted(folder.rglob("*")):
        if path.suffix in SOURCES:
            with suppress(OSError):
                digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
