"""What protects a browser comes with every kind of answer, and every cookie is as closed as can be."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError
from django.http import HttpResponseBase
from django.test import Client

from coproduce import views
from coproduce.guards import MOST_BYTES
from people.guests import Viewer
from people.limits import Limit
from responses.live import streams
from tests.coproduce.test_settings import PRODUCTION, ROOT
from tests.drawings import hang_one, hold_drawing

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}


# What the site offers to programs of others, who may load it from their pages.
OPEN = {"Cross-Origin-Resource-Policy": "cross-origin"}


@pytest.fixture
def visitor(settings: object) -> Client:
    """A browser of a site that speaks HTTPS; what breaks is answered and not raised."""
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return Client(raise_request_exception=False, headers={"x-forwarded-proto": "https"})


def ask(client: Client, path: str, **more: object) -> HttpResponseBase:
    return client.get(path, secure=True, **more)


def check(answer: HttpResponseBase, status: int, **but: str) -> None:
    answer.close()  # a file of the site is open until then
    assert answer.status_code == status
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE | but
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/search/?q=a", 200), ("/about", 301), ("/desk/", 302), ("/no-such-page/", 404),
        ("/?q=%00", 400), ("/search/?q=a&nonsense=1", 400), ("/archive/feed/", 200), ("/robots.txt", 200),
        ("/.well-known/security.txt", 200), ("/static/css/tokens.css", 200),
        ("/static/img/icon.svg", 200), ("/oai?verb=Identify", 200),
    ],
)  # fmt: skip
def test_every_page_and_file_protects_its_reader(visitor: Client, path: str, status: int) -> None:
    check(ask(visitor, path), status)


@pytest.mark.parametrize(("path", "status"), [("/api/v1/notes", 200), ("/api/v1/cats", 404)])
def test_what_other_programs_ask_for_may_be_loaded_by_them_and_is_closed_otherwise(
    visitor: Client, path: str, status: int
) -> None:
    check(ask(visitor, path), status, **OPEN)


def test_a_form_from_elsewhere_is_refused_with_all_headers(visitor: Client) -> None:
    check(visitor.post("/receipt/", {}, secure=True, headers={"sec-fetch-site": "cross-site"}), 403)


def test_a_wrong_method_is_refused_with_all_headers(visitor: Client) -> None:
    check(visitor.delete("/theme/", secure=True), 405)


def test_too_much_is_refused_with_all_headers(visitor: Client) -> None:
    # Only said to be that long: nothing of it is read.
    check(visitor.post("/receipt/", secure=True, CONTENT_LENGTH=str(MOST_BYTES + 1)), 413)


def test_too_often_is_refused_with_all_headers(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.api.api_views.QUESTIONS", Limit("none", 0, 60))
    check(ask(visitor, "/api/v1/notes"), 429, **OPEN)


def failing(error: Exception) -> Callable[..., None]:
    def fails(*_: object) -> None:
        raise error

    return fails


@pytest.mark.parametrize(("error", "status"), [(ZeroDivisionError(), 500), (OperationalError("gone"), 503)])
def test_what_breaks_is_said_with_all_headers(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    monkeypatch.setattr(views, "latest_record", failing(error))
    check(ask(visitor, "/"), status)


def test_an_answer_that_did_not_change_has_all_headers(visitor: Client) -> None:
    tag = ask(visitor, "/api/v1/notes")["ETag"]
    check(ask(visitor, "/api/v1/notes", headers={"if-none-match": tag}), 304, **OPEN)


def test_a_picture_that_somebody_sent_may_do_nothing(
    visitor: Client, make_event: Callable, ben: Viewer
) -> None:
    event = make_event()
    picture = hang_one(hold_drawing(event), by=ben)
    answer = ask(visitor, f"{picture.get_absolute_url()}files/small.jpg")
    check(answer, 200)
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_stream_has_the_headers_too(visitor: Client) -> None:
    told = {name.decode(): value.decode() for name, value in streams.headers()}
    wanted = {name.lower(): value for name, value in EVERYWHERE.items() if "Opener" not in name}
    assert wanted.items() <= told.items()
    assert told["cache-control"] == "no-store"


# Cookies, as production names and closes them

COOKIES = """
import django; django.setup()
from django.conf import settings as s
from django.http import HttpRequest, HttpResponse
from archive.thread.kept import keep_codes
from people.guests import Viewer, remember_guest
answer = HttpResponse()
remember_guest(answer, Viewer(guest_key="x"))
keep_codes(answer, ["x"])
for kind in ("SESSION", "CSRF"):
    flags = ("secure", "httponly", "samesite", "path")
    given = {name: getattr(s, f"{kind}_COOKIE_{name.upper()}") for name in flags}
    answer.set_cookie(getattr(s, f"{kind}_COOKIE_NAME"), "x", **given)
print(answer.cookies.output())
"""


@pytest.fixture(scope="module")
def cookies() -> list[str]:
    """The header of each cookie that knows somebody, under the settings of production."""
    told = subprocess.run(
        [sys.executable, "-c", COOKIES],
        cwd=ROOT,
        env=PRODUCTION | {"DJANGO_SETTINGS_MODULE": "coproduce.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.removeprefix("Set-Cookie: ") for line in told.stdout.splitlines() if line]


def names(cookies: list[str]) -> Iterator[str]:
    return (cookie.partition("=")[0] for cookie in cookies)


def test_every_cookie_is_closed_to_scripts_other_sites_and_plain_http(cookies: list[str]) -> None:
    assert set(names(cookies)) == {"__Host-session", "__Host-csrf", "__Host-guest", "__Secure-receipts"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_cookies_called_host_are_for_the_whole_of_this_host(cookies: list[str]) -> None:
    """Browsers take them only with Path=/ and without a domain."""
    for cookie in cookies:
        if cookie.startswith("__Host-"):
            assert "Path=/" in cookie.split("; ")
