"""What holds on every page: axe finds nothing, a narrow screen and a thumb are enough, nothing leaves."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from archive.demo.accounts import email_of
from people.models import Person, Role
from tests.journeys.places import PLACES, Place
from tests.journeys.watching import Watch
from tools.camera import AXE_OPTIONS, NARROWEST, SETTLE, SMALL_TARGETS, TOO_WIDE
from tools.examples import author_of_the_note
from tools.visitors import Cookie, guest_cookie, session_cookie

# Without the mark for the database there might be no database for tests, and the demo would go elsewhere.
pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PHONE: ViewportSize = {"width": 360, "height": 800}
NARROW: ViewportSize = {"width": NARROWEST, "height": 800}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a site with the demo, made once for all the pages."""
    with django_db_blocker.unblock():
        database = connection.settings_dict
        assert database["NAME"].startswith(database["TEST"]["NAME"])
        cache.clear()
        call_command("seed", verbosity=0)
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def viewers(site: str) -> Iterator[dict[str, list[Cookie]]]:
    """The cookies that make a browser's visitor one of those who look."""
    organiser, steward = (
        Person.objects.get(email=email_of(kind)) for kind in (Role.Kind.ORGANISER, Role.Kind.STEWARD)
    )
    with session_cookie(organiser) as cookie, session_cookie(steward) as stewards:
        guest = guest_cookie(author_of_the_note())
        yield {
            "anybody": [],
            "guest": [guest | {"url": site}],
            "organiser": [cookie | {"url": site}],
            "steward": [stewards | {"url": site}],
        }


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    return PLACES[request.param]


# The scheme is the browser's own from the start: after a change some styles stay behind for a while.
@pytest.fixture(scope="module", params=["light", "dark"])
def opened(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: str,
    viewers: dict[str, list[Cookie]],
    place: Place,
) -> Iterator[tuple[Page, list[str]]]:
    """The page, opened once for all that is asked of it, and what went wrong behind it so far."""
    context = browser.new_context(base_url=site, color_scheme=request.param, reduced_motion="reduce")
    context.add_cookies(viewers[place.viewer])
    watch = Watch(site)
    page = watch.over(context).new_page()
    page.set_viewport_size(PHONE if request.param == "light" else DESKTOP)
    assert page.goto(place.path).status == place.status
    if place.step:
        place.step(page)
    page.evaluate(SETTLE)
    yield page, watch.faults
    context.close()


def shown_at(page: Page, size: ViewportSize) -> Page:
    """The page as it is laid out at this size."""
    page.set_viewport_size(size)
    page.evaluate(SETTLE)
    return page


def test_axe_finds_nothing(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    nodes = [(one["id"], node) for one in found for node in one["nodes"]]
    faults = [f"{rule} at {node['target']}: {node['failureSummary']}" for rule, node in nodes]
    assert not faults, "\n".join(faults)


def test_nothing_scrolls_sideways_on_the_narrowest_screen(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert shown_at(page, NARROW).evaluate(TOO_WIDE) <= 0


def test_a_thumb_hits_everything(opened: tuple[Page, list[str]]) -> None:
    """Fields, buttons and links that stand alone are 44 px high and wide."""
    page, _ = opened
    small = shown_at(page, PHONE).evaluate(SMALL_TARGETS)
    assert not small, "\n".join(small)


def test_nothing_leaves_the_site_and_the_console_is_silent(opened: tuple[Page, list[str]]) -> None:
    page, faults = opened
    shown_at(page, DESKTOP)
    assert faults == []
