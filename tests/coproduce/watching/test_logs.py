"""What is logged: a line for each request, which nobody can forge and which names nobody."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from coproduce import logs
from coproduce.logs import JsonLines
from coproduce.watching.requests import watch

pytestmark = pytest.mark.django_db

# What would end a line, move a cursor, or turn the writing round, in a log that is shown in a terminal.
HOSTILE = "x\r\nlevel: forged\x1b[2J\x07\x9b31m\u2028\u202e\x00"
SECRET = "k3Jx9mPq2LvT8wZs"


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every line of the log as it goes to stderr in production."""
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    yield kept.lines
    root.removeHandler(kept)
    root.setLevel(level)


def test_a_request_is_one_line_with_its_route_and_no_visitor(client: Client, logged: list[str]) -> None:
    client.cookies["guest"] = "guestcookie"
    client.get("/about/?q=typedwords", REMOTE_ADDR="127.0.0.77", HTTP_USER_AGENT="Somebrowser/1")
    (line,) = [json.loads(line) for line in logged if json.loads(line)["from"].endswith("requests")]
    assert {name: line[name] for name in ("method", "route", "status")} == {
        "method": "GET", "route": "about", "status": 200,
    }  # fmt: skip
    assert line["ms"] >= 0
    assert len(line["request"]) == 12
    everything = "".join(logged)
    for told in ("127.0.0.77", "Somebrowser", "guestcookie", "typedwords", "/about/"):
        assert told not in everything


@pytest.mark.parametrize("where", ["HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_HOST", "HTTP_X_FORWARDED_FOR"])
def test_no_header_forges_a_line(client: Client, logged: list[str], where: str) -> None:
    client.get("/no-such-page/", **{where: HOSTILE})
    assert_plain(logged)


@pytest.mark.parametrize("method", ["GET", "POST", "X\r\nY"])
def test_no_address_and_no_method_forges_a_line(client: Client, logged: list[str], method: str) -> None:
    client.generic(method, "/no-such-page/" + HOSTILE.replace("\x00", ""))
    assert_plain(logged)


def assert_plain(lines: list[str]) -> None:
    assert lines
    for line in lines:
        assert line.isascii()
        assert line.isprintable()
        assert "forged" not in json.loads(line)["level"]


@pytest.mark.parametrize(
    ("route", "arguments"),
    [
        ("receipt_thread", [SECRET]),
        ("receipt_feed", [SECRET]),
        ("export_at", [SECRET]),
        ("my_sign_up", [SECRET]),
        ("news_own", [SECRET]),
        ("news_stop", [SECRET]),
    ],
)
def test_a_secret_address_is_in_no_line(
    client: Client, logged: list[str], route: str, arguments: list[str]
) -> None:
    """Found or not, asked as it should be or not."""
    address = reverse(route, args=arguments)
    for method in ("get", "post", "put"):
        getattr(client, method)(address)
    assert logged
    assert SECRET not in "".join(logged)


def broken(_: HttpRequest) -> HttpResponse:
    raise IntegrityError(
        f'duplicate key value violates unique constraint "one"\nDETAIL: Key (email)=(ivy@example.org) exists.'
        f"\n{SECRET}"
    )


def test_an_error_tells_where_and_not_what_was_typed(logged: list[str], rf: RequestFactory) -> None:
    try:
        broken(rf.get("/"))
    except IntegrityError:
        logging.getLogger("django.request").exception(
            "Ivy wrote to ivy@example.org from 10.1.2.3, 2001:db8::7"
        )
    (line,) = logged
    said = json.loads(line)
    assert "test_logs.py" in said["trace"]
    assert "IntegrityError: duplicate key value violates unique constraint" in said["trace"]
    for told in ("ivy@example.org", SECRET, "10.1.2.3", "2001:db8"):
        assert told not in line


def test_a_very_long_word_is_logged_at_once_and_no_half_of_it() -> None:
    """Looking for what is secret in it would take a second of everybody's time for each 20,000 letters."""
    word = "a" * 2_000_000
    line = logging.LogRecord("x", logging.ERROR, "", 0, f"Invalid HTTP_HOST header: {word}", None, None)
    assert json.loads(JsonLines().format(line))["what"] == "Invalid HTTP_HOST header: …"
    assert logs.beginning(f"{'b ' * 495}ada.lovelace@example.org") == f"{'b ' * 495}…"
    assert logs.beginning("short") == "short"
    for word in ("“" * 2_000_000, "(" + "@" * 2_000_000, "'" * 1_999_999):
        assert len(logs.told((ValueError, ValueError(word), None))) < 1100


def test_what_was_slow_is_told_without_values(
    logged: list[str], rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from people.models import Person

    monkeypatch.setattr("coproduce.watching.requests.SLOW", -1.0)

    def view(request: HttpRequest) -> HttpResponse:
        Person.objects.filter(email="ivy@example.org").exists()
        return HttpResponse()

    answer: Callable = watch(view)
    request = rf.get("/about/")
    request.resolver_match = resolve("/about/")
    answer(request)
    said = json.loads(logged[-1])
    assert said["what"] == "Slow."
    assert said["statements"] == 1
    assert "people_person" in said["longest"]
    assert "ivy" not in logged[-1]
