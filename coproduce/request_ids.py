"""A number for each request, so that a page that broke and the line about it in the log can be put together.

It is made by chance for one request and says nothing of who asked.
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

BROKEN = 500  # statuses from here on are our fault
_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The number of the request that is being answered in this thread; empty outside of one."""
    return _current.get()


def number_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware, the outermost: only an answer that broke carries its number, as caches keep the others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _current.set(secrets.token_hex(6))
        try:
            response = get_response(request)
            if response.status_code >= BROKEN:
                response["X-Request-Id"] = current()
            return response
        finally:
            _current.reset(token)

    return middleware
