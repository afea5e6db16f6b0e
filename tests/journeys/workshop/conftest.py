"""The site as it is run, streams and all, in a process of its own on the database of the tests."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from responses.models import Note, Station
from tests.journeys.conftest import choose_mark, stick_up
from tools.serving import serving_streams

WORDS = "Written in the lift."


@dataclass
class RunningSite:
    """Stands in for the live server of pytest-django, which serves no streams."""

    url: str
    _live_server_modified_settings: override_settings = field(default_factory=override_settings)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[RunningSite]:
    debug = os.environ.get("DEBUG", "")
    addresses = {"DATABASE_URL": address_of_the_database(), "DEBUG": debug}
    with serving_streams("coproduce.asgi:application", **addresses) as (url, _pid):
        yield RunningSite(url)


def address_of_the_database() -> str:
    """The tests' database as another process is told of it; `host` may be the folder of a socket."""
    to = connection.get_connection_params()
    login = f"{quote(to.get('user', ''))}:{quote(to.get('password', ''))}".rstrip(":")
    where = {name: to[name] for name in ("host", "port") if to.get(name)}
    return f"postgres://{login}@/{to['dbname']}?{urlencode(where)}"


def open_live(page: Page, station: Station) -> None:
    """The live board at one heading, connected."""
    page.goto(f"{station.board.get_absolute_url()}live/?station={station.code}")
    expect(page.locator("#live-health")).to_have_text("Live")


def card(page: Page, note: Note) -> Locator:
    return page.locator(f"#live-notes > [id='{note.identifier}']")


# What people write and send


def form_of(station: Station) -> str:
    return reverse("answer_station", args=[station.board.event.slug, station.board.slug, station.code])


def fill(page: Page, words: str = WORDS, mark: str = "Challenge") -> None:
    choose_mark(page, mark)
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Show my note in the public record").check()


def write(page: Page, words: str = WORDS, mark: str = "Challenge") -> None:
    """A note on an empty form: the one before has to be in the tray first."""
    expect(page.get_by_label("Your words")).to_have_value("")
    fill(page, words, mark)
    stick_up(page)


def tray(page: Page) -> Locator:
    return page.get_by_role("region", name="Your notes")


def words_on_the_board(station: Station) -> list[str]:
    return list(Note.objects.filter(station=station).order_by("number").values_list("text", flat=True))
