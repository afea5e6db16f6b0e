"""Rate limits: one statement against one unlogged table, exact for any number of processes."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` acts in `seconds`, for each holder of the limit called `name`."""

    name: str
    most: int
    seconds: int

    def left(self) -> int:
        """How many seconds its present window still lasts."""
        return self.seconds - int(time.time()) % self.seconds


class TooMany(Exception):
    """Too many acts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        said = ngettext(
            "Too many at once. It works again in %(seconds)s second.",
            "Too many at once. It works again in %(seconds)s seconds.",
            retry_after,
        )
        super().__init__(said % {"seconds": retry_after})
        self.retry_after = retry_after


COUNT = """
    INSERT INTO people_ratecount (name, holder, starts, number) VALUES {rows}
    ON CONFLICT (name, holder, starts) DO UPDATE SET number = people_ratecount.number + 1
    RETURNING name, number
"""
COUNTED = "SELECT name, number FROM people_ratecount WHERE (name, holder, starts) IN ({rows})"


DAY = 86_400  # seconds
_swept_on = 0


def count(*held: tuple[Limit, str]) -> None:
    """Count one act against each (limit, holder); raise TooMany when one is passed."""
    for (limit, _holder), number in zip(held, add(*held), strict=True):
        if number > limit.most:
            raise TooMany(limit.left())


def add(*held: tuple[Limit, str]) -> list[int]:
    """Count one act against each (limit, holder); returns how many each has in its window now.

    Windows are fixed and start at whole multiples of their length. With the first count of
    a new day this process throws the old ones away.
    """
    global _swept_on
    if _swept_on != (today := int(time.time()) // DAY):
        _swept_on = today
        forget_old_counts()
    return _numbers(COUNT, "(%s, %s, %s, 1)", held)


def counted(*held: tuple[Limit, str]) -> list[int]:
    """How many acts each (limit, holder) has in its present window; counts nothing."""
    return _numbers(COUNTED, "(%s, %s, %s)", held)


def _numbers(statement: str, row: str, held: Sequence[tuple[Limit, str]]) -> list[int]:
    now = int(time.time())
    values = [part for limit, holder in held for part in (limit.name, holder, now - now % limit.seconds)]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(rows=", ".join([row] * len(held))), values)
        numbers = dict(cursor.fetchall())
    return [numbers.get(limit.name, 0) for limit, _holder in held]


def counted_lately(limit: Limit, seconds: int) -> int:
    """How many acts all holders of `limit` together had in the last `seconds`, by whole windows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(number), 0) FROM people_ratecount WHERE name = %s AND starts > %s",
            [limit.name, int(time.time()) - seconds],
        )
        return cursor.fetchone()[0]


def most_of_one(limit: Limit, within: str) -> int:
    """The highest number in the present window among the holders whose name begins with `within`."""
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(number), 0) FROM people_ratecount"
            " WHERE name = %s AND starts = %s AND starts_with(holder, %s)",
            [limit.name, now - now % limit.seconds, within],
        )
        return cursor.fetchone()[0]


def forget_old_counts() -> int:
    """Delete windows older than a day; returns how many rows went."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_ratecount WHERE starts < %s", [int(time.time()) - DAY])
        return cursor.rowcount


# The key lives in this process's memory for a day, so that no count can be led back to an address.
_daily_key: tuple[str, bytes] = ("", b"")


def network_of(request: HttpRequest) -> str:
    """A stand-in for the visitor's network that means nothing tomorrow or elsewhere."""
    global _daily_key
    today = datetime.now(UTC).date().isoformat()
    if _daily_key[0] != today:
        _daily_key = (today, secrets.token_bytes(32))
    return hmac.new(_daily_key[1], _network(request).encode(), hashlib.sha256).hexdigest()[:32]


def _network(request: HttpRequest) -> str:
    """The /24 (of IPv6 the /64) of the address our own proxies saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        address = seen[-min(settings.TRUSTED_PROXIES, len(seen))].strip() or address
    try:
        seen_from = ip_address(address)
    except ValueError:
        return address
    seen_from = getattr(seen_from, "ipv4_mapped", None) or seen_from
    return str(ip_network((seen_from, 24 if seen_from.version == 4 else 64), strict=False))
