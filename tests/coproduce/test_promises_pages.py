"""The pages on which the site says what it keeps, sets and is held to: made of what the code does."""

import ast
import tomllib
from collections.abc import Callable, Iterator
from html import unescape
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client
from django.urls import reverse

from archive.retention import POLICY
from coproduce.cookies import THEME, cookies
from people import consent
from people.consent import WORDINGS
from people.guests import Viewer
from responses.joining import join
from responses.models import Note, Station
from responses.receipts import receipt_for
from tests.rules.sources import ROOT, calls, modules
from tests.sent import browser

pytestmark = pytest.mark.django_db
SETS = {"set_cookie", "set_signed_cookie"}
# A reader's choice of colours and of a language, set by one function that is told which.
CHOICES = {("coproduce.views", "cookie"): {THEME, settings.LANGUAGE_COOKIE_NAME}}
# Those that Django and its packages set by their settings.
BY_SETTINGS = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name}


def set_by(path: Path) -> Iterator[str]:
    """The cookies that a module sets, as far as its text shows; raises where it does not show it."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for call in calls(path):
        if isinstance(call.func, ast.Attribute) and call.func.attr in SETS:
            name = ast.unparse(call.args[0])
            yield from CHOICES.get((module, name)) or {getattr(import_module(module), name)}


def test_the_list_of_cookies_is_what_the_code_can_set() -> None:
    found = {name for path in modules() for name in set_by(path)} | BY_SETTINGS
    assert {cookie.name for cookie in cookies()} == found
    assert len(cookies()) == len(found)


def test_a_cookie_that_is_not_listed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = ROOT / "people" / "guests.py"
    monkeypatch.setattr("people.guests.COOKIE", "tracker")
    assert set(set_by(stray)) == {"tracker"}
    assert "tracker" not in {cookie.name for cookie in cookies()}


def test_whoever_signs_in_answers_and_chooses_gets_none_but_those_listed(
    client: Client, ada: Viewer, station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    note = post_note(station)
    signed_in = browser(ada)
    for one in (client, signed_in, browser(ben)):
        for address in ("/", "/requests/new/", "/privacy/", f"/receipt/{receipt_for(note.key)}/", "/desk/"):
            one.get(address)
        one.get("/theme/?" + urlencode({"theme": "dark", "next": "/"}))
        one.get("/language/?" + urlencode({"language": "cy", "next": "/"}))
        assert set(one.cookies) <= {cookie.name for cookie in cookies()}
    assert settings.SESSION_COOKIE_NAME in signed_in.cookies


def test_the_page_on_privacy_lists_each_cookie_and_the_ways_to_ask(client: Client) -> None:
    page = client.get("/privacy/").text
    assert all(f"<code>{cookie.name}</code>" in page for cookie in cookies())
    for address in ("/requests/new/", "/privacy/retention/", "/privacy/consent/", "https://ico.org.uk/"):
        assert f'href="{address}' in page


def test_the_page_on_privacy_says_who_answers_for_it(client: Client, settings: object) -> None:
    settings.CONTROLLER = "The Long Table, 1 Example Street"
    assert "The Long Table, 1 Example Street" in client.get("/privacy/").text


def test_what_is_kept_is_told_as_the_policy_has_it(client: Client) -> None:
    page = unescape(client.get("/privacy/retention/").text)
    policy = tomllib.loads(POLICY.read_text())
    for said in (*policy["personal"].values(), *policy["beside"].values()):
        assert said["keep"][1:] in page
        assert said["why"] in page


def test_every_wording_so_far_is_told_with_its_version(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordings = (*WORDINGS, ("Show it, may we?", "Study it, may we?"))
    for module in (consent, import_module("archive.kept_views")):
        monkeypatch.setattr(module, "WORDINGS", wordings)
    page = unescape(client.get("/privacy/consent/").text)
    for version, sentences in enumerate(wordings, 1):
        assert f"Version {version}" in page
        assert all(sentence in page for sentence in sentences)


def test_changed_sentences_leave_old_notes_and_rows_under_the_old_version(
    client: Client, station: Station, post_note: Callable[..., Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = post_note(station, "Before.")
    monkeypatch.setattr(consent, "WORDINGS", (*WORDINGS, ("Show it, may we?", "Study it, may we?")))
    new = post_note(station, "After.")
    old.refresh_from_db()
    versions = (len(WORDINGS), len(WORDINGS) + 1)
    assert (old.consent.wording.version, new.consent.wording.version) == versions
    lines = client.get(f"/events/{station.board.event.slug}/notes.jsonl").getvalue().decode().splitlines()
    rows = [line for line in lines if "Before." in line or "After." in line]
    assert len(rows) == 2
    for row, version in zip(rows, versions, strict=True):
        assert f'"consent_wording": {version}' in row or f'"consent_wording":{version}' in row


def test_the_two_choices_lead_to_every_wording_so_far(ben: Viewer, station: Station) -> None:
    join(station.board.code, by=ben)
    page = browser(ben).get(
        reverse("answer_station", args=[station.board.event.slug, station.board.slug, station.code])
    )
    assert 'href="/privacy/consent/"' in page.text


@pytest.mark.parametrize(
    "word",
    ["partially compliant", "equalityadvisoryservice.com", "22 November 2026", "screen reader was held"],
)
def test_the_accessibility_statement_says_what_the_regulations_ask(client: Client, word: str) -> None:
    assert word in client.get("/accessibility/").text
