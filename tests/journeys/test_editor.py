"""The editor in a real browser: with its tools and its keeping of what is typed, and with neither."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event
from journal.models import Draft, Version
from people.guests import Viewer
from responses.models import Board
from tests.journeys.conftest import NewPage, told
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEPT = re.compile(r"^Kept at \d\d:\d\d")


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def address(event: Event) -> str:
    return f"{event.get_absolute_url()}write/"


def box(page: Page, part: int = 1) -> object:
    return page.get_by_role("textbox", name=f"Text, part {part}", exact=True)


def test_words_are_typed_marked_up_kept_and_saved(hosting: Page, address: str) -> None:
    hosting.goto(address)
    box(hosting).click()
    hosting.get_by_role("button", name="Heading", exact=True).click()
    hosting.keyboard.type("What we did")
    hosting.keyboard.press("Enter")
    hosting.keyboard.type("We met, and ")
    hosting.get_by_role("button", name="Bold", exact=True).click()
    hosting.keyboard.type("ate.")
    expect(hosting.get_by_role("button", name="Bold", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(hosting.locator("[data-kept]")).to_have_text(KEPT, timeout=15_000)
    html = "<h2>What we did</h2><p>We met, and <strong>ate.</strong></p>"
    assert Draft.objects.get().blocks[0]["html"] == html
    hosting.get_by_role("button", name="Save only").click()
    expect(told(hosting)).to_contain_text("Saved as version 1")
    assert Version.objects.get().blocks[0]["html"] == html
    expect(hosting.get_by_text("This browser kept words")).to_have_count(0)


def test_every_tool_has_a_name_in_words_and_room_for_a_finger(hosting: Page, address: str) -> None:
    hosting.set_viewport_size({"width": 320, "height": 800})
    hosting.goto(address)
    tools = hosting.locator(".prose-menubar button:visible")
    expect(tools.first).to_be_visible()
    for tool in tools.all():
        assert re.fullmatch(r"[A-Z][a-z ]+", tool.inner_text()), tool.inner_text()
        size = tool.bounding_box()
        assert min(size["width"], size["height"]) >= 44, tool.inner_text()
    assert hosting.evaluate("document.documentElement.scrollWidth") <= 320


def test_words_typed_without_signal_reach_the_site_later(
    hosting: Page, context: BrowserContext, address: str
) -> None:
    hosting.goto(address)
    box(hosting).click()
    context.route("**/write/draft/", lambda route: route.abort())
    hosting.keyboard.type("Typed in the cellar.")
    expect(hosting.locator("[data-kept]")).to_contain_text("No signal", timeout=15_000)
    context.unroute("**/write/draft/")
    expect(hosting.locator("[data-kept]")).to_have_text(KEPT, timeout=20_000)
    assert "Typed in the cellar." in Draft.objects.get().blocks[0]["html"]


def test_words_outlive_the_end_of_a_session(
    hosting: Page, context: BrowserContext, live_server: LiveServer, address: str, ada: Viewer
) -> None:
    """Signed out while typing: the words stay, and go on by themselves once one is signed in again."""
    hosting.goto(address)
    box(hosting).click()
    context.clear_cookies()
    hosting.keyboard.type("Written when the session had ended.")
    expect(hosting.locator("[data-kept]")).to_contain_text("You are signed out", timeout=15_000)
    with session_cookie(ada.person) as cookie:
        context.add_cookies([cookie | {"url": live_server.url}])
        expect(hosting.locator("[data-kept]")).to_have_text(KEPT, timeout=30_000)
        assert "the session had ended" in Draft.objects.get().blocks[0]["html"]


def test_words_that_never_arrived_are_offered_again(
    hosting: Page, context: BrowserContext, address: str
) -> None:
    hosting.goto(address)
    box(hosting).click()
    context.route("**/write/draft/", lambda route: route.abort())
    hosting.keyboard.type("Almost lost.")
    expect(hosting.locator("[data-kept]")).to_contain_text("No signal", timeout=15_000)
    hosting.goto("about:blank")
    hosting.goto(address)
    expect(hosting.get_by_role("button", name="Bring them back")).to_be_visible()
    # Not before: what the page sends as it is left may be on its way for a moment.
    context.unroute("**/write/draft/")
    hosting.get_by_role("button", name="Bring them back").click()
    expect(box(hosting)).to_contain_text("Almost lost.")
    expect(hosting.get_by_role("button", name="Bring them back")).to_have_count(0)


def test_leaving_the_page_keeps_what_was_just_typed(hosting: Page, address: str, event: Event) -> None:
    hosting.goto(address)
    box(hosting).click()
    hosting.keyboard.type("One last thing.")
    hosting.goto(event.get_absolute_url())
    hosting.goto(address)
    expect(box(hosting)).to_contain_text("One last thing.")


def test_without_a_script_a_text_is_written_in_parts_and_published(
    new_page: NewPage, live_server: LiveServer, ada: Viewer, address: str, event: Event
) -> None:
    page = new_page(java_script_enabled=False)
    with session_cookie(ada.person) as cookie:
        page.context.add_cookies([cookie | {"url": live_server.url}])
        page.goto(address)
        page.get_by_role("textbox", name="Text, part 1").fill("We met.\n\nWe ate.")
        page.get_by_role("button", name="Quotation", exact=True).last.click()
        page.get_by_label("What was said").fill("Say it in our words.")
        page.get_by_label("Who said it").fill("One table of six")
        page.get_by_role("button", name=re.compile("^Move up part 2")).click()
        page.get_by_role("button", name="Publish", exact=True).click()
        page.goto(event.get_absolute_url())
    text = page.locator("main").inner_text()
    assert text.index("Say it in our words.") < text.index("We met.") < text.index("We ate.")
