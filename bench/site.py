"""What the bench serves: the site on the bench's own database, and beside it what nothing had to make.

The address of a page with /constant before it answers the very bytes of that page, kept after
the first time. The limits of how often one may post are lifted, since all load comes from one place.
"""
# ruff: noqa: E402  the database must be named before Django reads the settings

import os
from collections.abc import Callable, Iterable

os.environ["DEBUG"] = "1"

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
# As in production, styles are looked up once and not on every request.
settings.WHITENOISE_AUTOREFRESH = False

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()
# No list of queries is kept, and errors are those of production.
settings.DEBUG = False

from people.limits import Limit
from responses import limits

for name in ("HAND", "DAY", "BOARD", "NETWORK", "NEWCOMERS"):
    setattr(limits, name, Limit(name, 10**9, 60))

CONSTANT = "/constant"
kept: dict[str, bytes] = {}

type Start = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict, start_response: Start) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if not path.startswith(CONSTANT):
        return django_application(environ, start_response)
    if path not in kept:
        kept[path] = _made(environ | {"PATH_INFO": path.removeprefix(CONSTANT)})
    body = kept[path]
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]


def _made(environ: dict) -> bytes:
    return b"".join(django_application(environ, _unheard))


def _unheard(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
    """A WSGI start_response that nobody listens to."""
