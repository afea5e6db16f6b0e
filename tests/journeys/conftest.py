"""A real browser on the running site, and what every journey is watched for."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from people.guests import Viewer
from responses.models import Board, Station
from tests.journeys.watching import Watch
from tools.chromium import FLAGS, NoChromium, find_chromium
from tools.visitors import session_cookie

# A busy machine takes its time; what never comes fails as surely.
expect.set_options(timeout=20_000)
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, object], playwright: Playwright
) -> dict[str, object]:
    """The Chromium of this machine; without one a skip that says how to get it, in CI a failure."""
    # The browser's loop runs in the thread of the tests, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        path = find_chromium(playwright)
    except NoChromium as missing:
        leave = pytest.fail if os.environ.get("CI", "").lower() in ("1", "true", "yes") else pytest.skip
        leave(str(missing))
    return browser_type_launch_args | {"executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each test gives its browsers the address of its own site."""


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, object], live_server: LiveServer
) -> dict[str, object]:
    # Sign-ins are limited by a count in the cache, which outlives a test.
    cache.clear()
    return browser_context_args | {"base_url": live_server.url, "reduced_motion": "reduce"}


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers whose visitor asks nothing of another site and meets no fault in the console."""
    watch = Watch(live_server.url)

    def make(**options: object) -> BrowserContext:
        return watch.over(new_context(**options))

    yield make
    assert watch.faults == []


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> NewPage:
    """A page in a browser of its own: another person, or the same one without their cookies."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def hosting(context: BrowserContext, page: Page, live_server: LiveServer, ada: Viewer) -> Iterator[Page]:
    """A page where Ada has signed in."""
    with session_cookie(ada.person) as cookie:
        context.add_cookies([cookie | {"url": live_server.url}])
        yield page


# What people do on the pages


def open_form(page: Page, station: Station) -> None:
    """From the board by its button to the form of a station."""
    page.goto(station.board.get_absolute_url())
    page.get_by_role("link", name="Answer this board").click()
    page.get_by_role("link", name=re.compile(f"^{station.heading}")).click()


def choice(page: Page, label: str) -> Locator:
    """The choice of a mark; its name goes on with what the mark means."""
    return page.get_by_role("radio", name=re.compile(f"^{label}"))


def choose_mark(page: Page, label: str) -> None:
    choice(page, label).check()


def stick_up(page: Page) -> None:
    page.get_by_role("button", name="Stick it up").click()


def leave_note(page: Page, station: Station, words: str = "", *, mark: str = "Agree") -> None:
    """Leave a note that may be shown in public."""
    open_form(page, station)
    choose_mark(page, mark)
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Show my note in the public record").check()
    stick_up(page)
    expect(told(page)).to_be_visible()


def told(page: Page) -> Locator:
    """What the site says of what was just done."""
    return page.locator(".messages").get_by_role("status")


def receipt_link(page: Page) -> Locator:
    return told(page).locator("a.code")


def tallied(page: Page, station: Station, mark: str) -> Locator:
    """The bar of a mark at a station of the board that `page` shows, live or not."""
    return page.locator(f":is(#{station.code}, #tally-{station.code}) .tally li[data-mark={mark}]")


def expect_notes(page: Page, board: Board, number: int) -> None:
    """The board says how many notes are on it."""
    page.goto(board.get_absolute_url())
    said = f"{number} note{'' if number == 1 else 's'} in all" if number else "Nothing is on the board yet"
    expect(page.locator(".page-head .counts")).to_contain_text(said)
