"""What holds on every page: axe finds nothing, a narrow screen and a thumb are enough, nothing leaves."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from archive.demo.accounts import email_of
from people.models import Person, Role
from tests.journeys.places import PLACES, Place
from tests.journeys.watching import Watch
from tests.tries import in_turn
from tools.camera import NARROWEST, SETTLE, SMALL_TARGETS, TOO_WIDE, violations
from tools.examples import EXAMPLES, author_of_the_note
from tools.visitors import Cookie, guest_cookie, session_cookie

# Without the mark for the database there might be no database for tests, and the demo would go elsewhere.
pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PHONE: ViewportSize = {"width": 360, "height": 800}
NARROW: ViewportSize = {"width": NARROWEST, "height": 800}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SIZES = {"light": PHONE, "dark": DESKTOP}
# All colours come from a palette that test_colours compares, so by night a third of the pages will do.
LOOKS = [*(("light", name) for name in PLACES), *(("dark", name) for name in in_turn(PLACES))]
# Examples that are made where the demo has none: before any test, so that the server sees them.
MADE = ("export_job", "export_at", "release")


@dataclass(frozen=True, slots=True)
class Window:
    """The one page of a browser, and the eye on what goes wrong behind it."""

    page: Page
    watch: Watch


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a site with the demo, made once for all the pages."""
    with django_db_blocker.unblock():
        database = connection.settings_dict
        assert database["NAME"].startswith(database["TEST"]["NAME"])
        cache.clear()
        call_command("seed", verbosity=0)
        for route in MADE:
            EXAMPLES[route]()
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def viewers(site: str) -> Iterator[dict[str, list[Cookie]]]:
    """The cookies that make a browser's visitor one of those who look."""
    with ExitStack() as sessions:
        kinds = (Role.Kind.ORGANISER, Role.Kind.STEWARD, Role.Kind.RESEARCHER)
        people = [Person.objects.get(email=email_of(kind)) for kind in kinds]
        cookies = [sessions.enter_context(session_cookie(person)) for person in people]
        signed_in = {
            kind.value: [cookie | {"url": site}] for kind, cookie in zip(kinds, cookies, strict=True)
        }
        guest = guest_cookie(author_of_the_note())
        yield {"anybody": [], "guest": [guest | {"url": site}], **signed_in}


@pytest.fixture(scope="module")
def windows(browser: Browser, site: str) -> Iterator[Callable[[str, str], Window]]:
    """One browser for each scheme and each viewer, kept for all their pages: to start one takes long."""
    kept: dict[tuple[str, str], Window] = {}

    def window(scheme: str, viewer: str) -> Window:
        # The scheme is the browser's own from the start: after a change some styles stay behind for a while.
        if (scheme, viewer) not in kept:
            context = browser.new_context(base_url=site, color_scheme=scheme, reduced_motion="reduce")
            watch = Watch(site)
            kept[scheme, viewer] = Window(watch.over(context).new_page(), watch)
        return kept[scheme, viewer]

    yield window
    for one in kept.values():
        one.page.context.close()


def opened(window: Window, site: str, place: Place, size: ViewportSize, cookies: list[Cookie]) -> Page:
    """The page as somebody meets it who was nowhere else before, opened once for all that is asked of it."""
    page = window.page
    forget(page, site)
    page.context.add_cookies(cookies)
    window.watch.faults.clear()
    page.set_viewport_size(size)
    assert page.goto(place.path).status == place.status
    if place.step:
        place.step(page)
    page.evaluate(SETTLE)
    return page


def forget(page: Page, site: str) -> None:
    """Leaves nothing in the browser of the pages before but files that do not change."""
    page.goto("about:blank")
    page.context.clear_cookies()
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
    tools.detach()


def shown_at(page: Page, size: ViewportSize) -> Page:
    """The page as it is laid out at this size."""
    page.set_viewport_size(size)
    page.evaluate(SETTLE)
    return page


def faults_of_axe(page: Page) -> list[str]:
    nodes = [(one["id"], node) for one in violations(page) for node in one["nodes"]]
    return [f"axe: {rule} at {node['target']}: {node['failureSummary']}" for rule, node in nodes]


def faults_of_size(page: Page) -> list[str]:
    """What scrolls sideways on the narrowest screen, and what is too small for a thumb, in any colours.

    Fields, buttons and links that stand alone are 44 px high and wide.
    """
    too_wide = shown_at(page, NARROW).evaluate(TOO_WIDE)
    wide = [f"{too_wide} px wider than a screen of {NARROWEST} px"] if too_wide > 0 else []
    small = shown_at(page, PHONE).evaluate(SMALL_TARGETS)
    return [*wide, *(f"too small for a thumb: {one}" for one in small)]


@pytest.mark.parametrize(("scheme", "name"), LOOKS)
def test_a_page_is_for_everybody_and_nothing_leaves_it(
    windows: Callable[[str, str], Window],
    site: str,
    viewers: dict[str, list[Cookie]],
    scheme: str,
    name: str,
) -> None:
    """axe finds nothing, in both layouts and both schemes; thumbs hit everything; the console is silent."""
    place = PLACES[name]
    window = windows(scheme, place.viewer)
    page = opened(window, site, place, SIZES[scheme], viewers[place.viewer])
    faults = [*faults_of_axe(page), *(faults_of_size(page) if scheme == "light" else ())]
    shown_at(page, DESKTOP)
    faults += window.watch.faults
    assert not faults, "\n".join(faults)
