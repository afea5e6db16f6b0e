"""No header and no second door buys further tries, no text takes long, and a few promised figures."""

import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from archive.search.parse import parse
from archive.take.identifiers_found import identifiers_in
from coproduce.identifiers import new_identifier
from coproduce.markup import clean
from journal.spam.screening import look_at
from journal.spam.trust import trust_of
from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from responses.transcription.markup import read_markup
from responses.words import words_that_fit
from tests.rules.sources import ROOT
from tests.rules.test_access import routes

pytestmark = pytest.mark.django_db
HEADERS = ("x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip", "x-client-ip")


def wrong_tries(client: Client, email: str, number: int) -> Iterator[str]:
    """What is said to one wrong password after the other, each from somewhere else by its headers.

    In `email`, {} becomes the number of the try.
    """
    for at in range(number):
        headers = dict.fromkeys(HEADERS, f"203.0.113.{at}")
        typed = {"login": email.format(at), "password": f"wrong number {at} of many"}
        answer = client.post("/account/login/", typed, headers=headers)
        yield "wait" if answer.status_code == 429 or "Too many" in answer.text else "wrong"


@pytest.fixture
def cheap_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def with_password(name: str, password: str) -> Person:
    person = Person.objects.create_user(f"{name}@example.org", name=name)
    person.set_password(password)
    person.save()
    return person


def test_a_hundred_wrong_passwords_are_stopped_whatever_the_headers_say(
    client: Client, cheap_passwords: None
) -> None:
    person = with_password("eve", "a long enough sentence")
    said = list(wrong_tries(client, person.email, 100))
    assert said.count("wrong") <= 10
    assert said[-1] == "wait"


def test_one_place_is_stopped_that_tries_one_password_at_many_accounts(
    client: Client, cheap_passwords: None
) -> None:
    said = list(wrong_tries(client, "somebody-{}@example.org", 60))
    assert said.count("wrong") <= 30
    assert said[-1] == "wait"


def test_signing_in_oneself_buys_no_further_tries_at_another(cheap_passwords: None) -> None:
    person, own = (with_password(name, f"a long enough sentence of {name}") for name in ("victim", "mallory"))
    said = []
    for _ in range(12):
        said += wrong_tries(client := Client(), person.email, 2)
        client.post("/account/login/", {"login": own.email, "password": "a long enough sentence of mallory"})
    assert said.count("wrong") <= 10


def test_there_is_no_second_door() -> None:
    """No admin: the one form to sign in is the one with limits."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [route for route in routes() if str(route.pattern).startswith("admin")]


# Not long

LONG = 50_000  # characters
NASTY = [
    "a" * LONG, " " * LONG, "[" * LONG, "<" * LONG, '"' * LONG, "a " * (LONG // 2), "<b>" * (LONG // 3),
    "a@" * (LONG // 2), "0" * LONG, "-" * LONG, "\n" * LONG, "http://" * (LONG // 7), "A. " * (LONG // 3),
    "e\u0301" * (LONG // 2),
]  # fmt: skip


def read_paper(text: str) -> object:
    return read_markup(text, imported=False)


def screen(text: str) -> object:
    return look_at(text, fields={}, trust=trust_of(Viewer(guest_key="ben")))


@pytest.mark.parametrize("read", [parse, clean, identifiers_in, read_paper, screen, words_that_fit])
def test_nothing_that_reads_words_is_slow_on_fifty_thousand_of_any_kind(read: Callable) -> None:
    """Of the processor's time, which other work on the machine does not lengthen; ten times what is usual."""
    for text in NASTY:
        began = time.process_time()
        with suppress(Refused):
            read(text)
        assert time.process_time() - began < 0.5, text[:3]


# And besides


def test_who_is_signed_in_stays_so_when_the_secret_is_rotated(
    client: Client, ada: Viewer, settings: object
) -> None:
    client.force_login(ada.person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 10, [settings.SECRET_KEY]
    assert client.get("/desk/").status_code == 200


def test_nobody_is_signed_in_by_a_secret_that_is_gone(client: Client, ada: Viewer, settings: object) -> None:
    client.force_login(ada.person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 10, []
    assert client.get("/desk/").status_code == 302


def test_a_hundred_thousand_identifiers_are_all_different() -> None:
    assert len({new_identifier() for _ in range(100_000)}) == 100_000


def test_no_more_than_twenty_five_packages_are_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) <= 25


def test_a_page_of_a_code_tells_no_other_site_where_one_was(client: Client) -> None:
    for name in ("join", "receipt_lookup"):
        assert client.get(reverse(name))["Referrer-Policy"] == "same-origin"
