"""One machine of several, and asking it for a page with a cookie that any of them gave."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

from tests.faults.site import A_MOMENT, Site
from tests.journeys.plain import HiddenFields

TIMEOUT = 20  # seconds
PATIENCE = 60  # seconds after which something has certainly gone wrong


@contextmanager
def running(environment: Mapping[str, str], log: Path) -> Iterator[Site]:
    """A machine: a site on a port of its own, which is gone after the block."""
    site = Site(environment, log)
    try:
        site.start()
        yield site
    finally:
        site.kill()


def ask(site: Site, path: str, cookie: str = "", **typed: str) -> tuple[int, str]:
    """The status and the page that `site` answers under a name that all have; `typed` is sent as a form."""
    headers = {"Host": "localhost"} | ({"Cookie": cookie} if cookie else {})
    body = urlencode(typed) if typed else None
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(HTTPConnection(site.address, timeout=TIMEOUT)) as connection:
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def send_form(site: Site, path: str, cookie: str) -> int:
    """The status for the form at `path`, sent as it is."""
    with closing(HTTPConnection(site.address, timeout=TIMEOUT)) as connection:
        connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
        answer = connection.getresponse()
        given = answer.headers.get("Set-Cookie", "").partition(";")[0]
        hidden = HiddenFields(answer.read().decode()).found
    return ask(site, path, f"{cookie}; {given}", **hidden)[0]


def holds(condition: Callable[[], bool]) -> bool:
    """Whether it does within PATIENCE."""
    for _ in range(round(PATIENCE / A_MOMENT)):
        if condition():
            return True
        Event().wait(A_MOMENT)
    return False
