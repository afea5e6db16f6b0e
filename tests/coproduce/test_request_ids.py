"""A page that broke and its line in the log carry one number; neither says anything else of anybody."""

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from coproduce import views
from coproduce.logs import JsonLines
from coproduce.request_ids import current

pytestmark = pytest.mark.django_db
FORGED = 'x\r\n{"level": "ERROR", "what": "forged"}\x1b[2J'


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """What the site writes to its log, as it does in production."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A visitor of a site whose front page fails."""

    def fails(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(views, "latest_record", fails)
    client.raise_request_exception = False
    return client


def test_a_page_that_broke_has_the_number_of_its_line_in_the_log_and_no_trace(
    broken: Client, logged: StringIO
) -> None:
    answer = broken.get("/", {"secret": "canary"}, headers={"user-agent": "canary"})
    (shown,) = re.findall(r"<code>([0-9a-f]{12})</code>", answer.text)
    line = json.loads(logged.getvalue().splitlines()[0])
    assert (answer.status_code, answer["X-Request-Id"]) == (500, shown)
    assert line["request"] == shown
    assert "ZeroDivisionError" in line["trace"]
    assert "ZeroDivisionError" not in answer.text
    assert "Traceback" not in answer.text
    assert "canary" not in logged.getvalue()


def test_two_pages_that_broke_have_two_numbers(broken: Client) -> None:
    assert broken.get("/")["X-Request-Id"] != broken.get("/")["X-Request-Id"]


def test_what_did_not_break_carries_no_number_and_no_thread_keeps_one(client: Client) -> None:
    assert "X-Request-Id" not in client.get("/about/")
    assert current() == ""


@pytest.mark.parametrize("address", ["/no\r\nsuch/", "/no%0d%0asuch/", "/no\x1b[31m/", "/no%1b%5b31m/"])
def test_no_address_and_no_browser_forges_a_line_of_the_log(
    client: Client, logged: StringIO, address: str
) -> None:
    client.get(address, headers={"user-agent": FORGED, "referer": FORGED})
    lines = logged.getvalue().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["level"] == "WARNING"
    assert "\x1b" not in logged.getvalue()
