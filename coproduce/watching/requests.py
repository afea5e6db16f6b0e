"""Each request as one line in the log and one more in the counts, by the name of its route.

The path itself may hold a secret (a receipt, a feed, a screen, a code), and so is not looked at.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from coproduce.watching.counts import count_request

SLOW = 1.0  # seconds, after which the log says what took so long
LONGEST_STATEMENT = 300  # characters
UNKNOWN = "none"  # where no route fits
MACHINES = {"healthz", "readyz", "metrics"}  # which ask every few seconds, for ever

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]


def watch(get_response: Handler) -> Handler:
    """Middleware: counts and logs what was answered, and what was asked of the database where it was slow."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        begun, asked = time.perf_counter(), Asked()
        with asked.noting():
            response = get_response(request)
        if route_of(request) not in MACHINES:
            tell(request, response.status_code, time.perf_counter() - begun, asked)
        return response

    return middleware


def tell(request: HttpRequest, status: int, seconds: float, asked: "Asked") -> None:
    """Counts and logs one answer, with what was asked of the database where it was slow."""
    count_request(group_of(request), status, seconds)
    facts = {
        "method": known_method(request),
        "route": route_of(request),
        "status": status,
        "ms": round(1000 * seconds),
    }
    if seconds > SLOW:
        log.info("Slow.", extra={"facts": facts | asked.facts()})
    else:
        log.info("Answered.", extra={"facts": facts})


def route_of(request: HttpRequest) -> str:
    """The name of the route, as in access.toml."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match and match.view_name else UNKNOWN


def group_of(request: HttpRequest) -> str:
    """The app whose view answered: few enough to count each by itself."""
    match = getattr(request, "resolver_match", None)
    return match.func.__module__.partition(".")[0] if match else UNKNOWN


def known_method(request: HttpRequest) -> str:
    """Anybody can send any word as a method."""
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


class Asked:
    """What one request asked of the database: how often, how long, and the longest statement.

    Values are no part of a statement: they are sent beside it.
    """

    def __init__(self) -> None:
        self.number, self.seconds, self.longest = 0, 0.0, (0.0, "")

    def noting(self) -> AbstractContextManager[None]:
        return connection.execute_wrapper(self._note)

    def _note(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - begun
            self.number += 1
            self.seconds += took
            self.longest = max(self.longest, (took, str(sql)[:LONGEST_STATEMENT]))

    def facts(self) -> dict[str, object]:
        took, statement = self.longest
        return {
            "statements": self.number,
            "database_ms": round(1000 * self.seconds),
            "longest_ms": round(1000 * took),
            "longest": statement,
        }
