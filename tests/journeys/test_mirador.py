"""A scholar opens the photographs of an event in Mirador, and finds every note and every reading."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.guests import Viewer
from responses.models import Board
from tests.journeys.watching import Watch
from tests.paper_walls import PaperWall, photographed_wall
from tools.camera import AXE_OPTIONS, NARROWEST, TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SLOW = 30_000  # milliseconds: Mirador is large, and the machine may be busy
# What Mirador 4.0.0 says of itself, and the browser of a machine without a graphics card.
OF_MIRADOR = (
    "console: Accessing element.ref was removed in React 19",
    "console: The result function returned its own inputs without modification",
    "console: MUI: The `value` provided to the Tabs component is invalid",
    "console: [.WebGL-",
)
INJECTED = '<img src="https://elsewhere.example/x.png" onerror="alert(1)"><b>bold</b>'


@pytest.fixture
def wall(board: Board, ada: Viewer, live_server: LiveServer, settings: object) -> PaperWall:
    settings.SITE_URL = live_server.url
    Board.objects.filter(pk=board.pk).update(state=Board.State.CLOSED, code=None)
    wall = photographed_wall(board, ada)
    for number in range(5):
        wall.pin(f"Note {number}", others=(f"Vote {number}", f"No [...] {number}"))
    wall.pin("[no text]")
    wall.pin()
    return wall


@pytest.fixture
def scholar(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page to which everything that is not on the site is refused."""
    watch = Watch(live_server.url)
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.route(
        lambda address: not address.startswith((live_server.url, "data:", "blob:")), lambda r: r.abort()
    )
    page = watch.over(context).new_page()
    page.set_default_timeout(SLOW)
    yield page
    context.close()
    assert [fault for fault in watch.faults if not fault.startswith(OF_MIRADOR)] == []


def test_mirador_shows_every_note_and_every_other_reading(scholar: Page, wall: PaperWall) -> None:
    scholar.goto(wall.event.get_absolute_url())
    scholar.get_by_role("link", name="Open in Mirador").click()
    mirador = scholar.locator("#mirador")
    expect(mirador.get_by_text("Showing 17 annotations")).to_be_visible(timeout=SLOW)
    for said in ("Note 4", "[no text]", "[not read yet]", "Vote 4", "No … 4"):
        expect(mirador.get_by_text(said)).to_be_attached()
    expect(scholar.get_by_role("main")).to_have_count(1)


def test_the_keyboard_goes_into_mirador_and_out_again(scholar: Page, wall: PaperWall) -> None:
    scholar.goto(f"/iiif/viewer/?manifest=/iiif/photos/{wall.photo.identifier}/manifest.json")
    expect(scholar.locator("#mirador").get_by_text("Showing 17 annotations")).to_be_visible(timeout=SLOW)
    scholar.get_by_role("link", name="The same notes as a list").focus()
    been = [scholar.evaluate(PLACE) for _ in range(60) if scholar.keyboard.press("Tab") is None]
    assert been.index("mirador") < been.index("list")


PLACE = """() => document.activeElement.closest("#mirador") ? "mirador"
    : document.activeElement.closest(".lines") ? "list" : "page" """


def test_words_that_look_like_a_page_are_words_in_mirador(scholar: Page, wall: PaperWall) -> None:
    wall.pin(INJECTED)
    scholar.goto(f"/iiif/viewer/?manifest=/iiif/events/{wall.event.slug}/manifest.json")
    expect(scholar.locator("#mirador").get_by_text("Showing 18 annotations")).to_be_visible(timeout=SLOW)
    expect(scholar.locator("#mirador").get_by_text(INJECTED)).to_be_attached()
    expect(scholar.locator(".lines")).to_contain_text(INJECTED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_around_mirador_is_for_everybody(scholar: Page, wall: PaperWall, scheme: str) -> None:
    scholar.emulate_media(color_scheme=scheme)
    scholar.goto(f"/iiif/viewer/?manifest=/iiif/events/{wall.event.slug}/manifest.json")
    expect(scholar.locator("#mirador main")).to_be_attached(timeout=SLOW)
    around = {"exclude": [["#mirador"]]}
    found = Axe().run(scholar, context=around, options=AXE_OPTIONS).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    scholar.set_viewport_size({"width": NARROWEST, "height": 800})
    assert scholar.evaluate(TOO_WIDE) <= 0


def test_without_scripts_the_notes_are_a_list(
    browser: Browser, live_server: LiveServer, wall: PaperWall
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/iiif/viewer/?manifest=/iiif/events/{wall.event.slug}/manifest.json")
    expect(page.locator("#mirador")).to_be_hidden()
    expect(page.locator(".lines > li")).to_have_count(7)
    context.close()
