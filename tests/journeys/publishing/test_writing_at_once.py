"""Writing with the keyboard alone, two at once, and when the sign-in ended: nobody loses a word."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event
from journal.models import Version
from people.guests import Viewer
from responses.models import Board
from tests.journeys.conftest import NewPage, told
from tests.texts import saved, words
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LONGEST_WAY = 150  # presses of Tab across a page
HERE = "document.activeElement"


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def page_of(new_page: NewPage, live_server: LiveServer) -> Iterator[Callable[[Viewer], Page]]:
    """A browser where somebody is signed in."""
    with ExitStack() as stack:

        def page(viewer: Viewer) -> Page:
            made = new_page()
            cookie = stack.enter_context(session_cookie(viewer.person))
            made.context.add_cookies([cookie | {"url": live_server.url}])
            return made

        yield page


def address(event: Event) -> str:
    return f"{event.get_absolute_url()}write/"


def box(page: Page, part: int = 1) -> Locator:
    return page.locator(f".ProseMirror[aria-label='Text, part {part}']")


def tab_to(page: Page, what: Locator) -> None:
    """Press Tab until `what` has the focus."""
    expect(what).to_be_visible()
    for _ in range(LONGEST_WAY):
        if what.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No way to {what} with the keyboard.")


def press_by_key(page: Page, name: str | re.Pattern[str], *, nth: int = 0) -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=isinstance(name, str)).nth(nth))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def lines(version: Version) -> list[str]:
    return [block.get("html") or block.get("text", "") for block in version.blocks]


def test_the_editor_goes_with_the_keyboard_alone(
    page_of: Callable[[Viewer], Page], event: Event, ada: Viewer
) -> None:
    page = page_of(ada)
    page.goto(address(event))
    expect(box(page)).to_be_visible()
    tab_to(page, box(page))
    page.keyboard.type("We met.")
    press_by_key(page, "Quotation", nth=-1)
    # The page comes back at the new part: its first field is one step away.
    page.keyboard.press("Tab")
    assert page.evaluate(f"{HERE}.labels[0].innerText") == "What was said"
    page.keyboard.type("Say it in our words.")
    page.keyboard.press("Tab")
    page.keyboard.type("One table")
    press_by_key(page, re.compile("^Move up part 2"))
    assert page.evaluate(f"{HERE}.querySelector('legend').innerText").startswith("Quotation")
    press_by_key(page, "Text", nth=-1)
    press_by_key(page, re.compile("^Take out part 3"))
    assert page.locator(".editor__part").count() == 2
    press_by_key(page, "Publish")
    expect(told(page)).to_contain_text("The text is published, as version 1.")
    assert lines(Version.objects.get()) == ["Say it in our words.", "<p>We met.</p>"]


def test_two_who_write_at_once_keep_both_their_words(
    page_of: Callable[[Viewer], Page], event: Event, ada: Viewer, steward: Viewer
) -> None:
    saved(event, words("<p>We met.</p>", "a1"), words("<p>We ate.</p>", "a2"), by=ada)
    one, other = page_of(ada), page_of(steward)
    for page, said in ((one, " It rained."), (other, " The sun shone.")):
        page.goto(address(event))
        box(page).click()
        page.keyboard.press("ControlOrMeta+End")
        page.keyboard.type(said)
    save(one)
    expect(told(one)).to_contain_text("Saved as version 2.")
    save(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Somebody saved while you were writing")
    assert Axe().run(other).violations_count == 0
    expect(other.get_by_role("radio", name="Keep both")).to_be_checked()
    other.get_by_role("button", name="Go on with what I chose").click()
    save(other)
    expect(told(other)).to_contain_text("Saved as version 3.")
    said = " ".join(lines(Version.objects.get(number=3)))
    assert "It rained." in said
    assert "The sun shone." in said


def test_two_who_write_in_different_parts_are_put_together_with_one_button(
    page_of: Callable[[Viewer], Page], event: Event, ada: Viewer, steward: Viewer
) -> None:
    saved(event, words("<p>We met.</p>", "a1"), words("<p>We ate.</p>", "a2"), by=ada)
    one, other = page_of(ada), page_of(steward)
    for part, (page, said) in enumerate(((one, " It rained."), (other, " The sun shone.")), 1):
        page.goto(address(event))
        box(page, part).click()
        page.keyboard.press("ControlOrMeta+End")
        page.keyboard.type(said)
    save(one)
    save(other)
    other.get_by_role("button", name="Put theirs and mine together").click()
    save(other)
    expect(told(other)).to_contain_text("Saved as version 3.")
    both = ["<p>We met. It rained.</p>", "<p>We ate. The sun shone.</p>"]
    assert lines(Version.objects.get(number=3)) == both


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save only").click()


def test_saving_when_the_sign_in_ended_loses_nothing(
    page_of: Callable[[Viewer], Page], live_server: LiveServer, event: Event, ada: Viewer
) -> None:
    page = page_of(ada)
    page.goto(address(event))
    box(page).click()
    page.keyboard.type("Typed a moment too late.")
    page.context.clear_cookies()
    save(page)
    with signed_in_again(page, live_server, ada):
        page.goto(address(event))
        page.get_by_role("button", name="Bring them back").click()
        expect(box(page)).to_contain_text("Typed a moment too late.")
        save(page)
        expect(told(page)).to_contain_text("Saved as version 1.")
    assert lines(Version.objects.get()) == ["<p>Typed a moment too late.</p>"]


@contextmanager
def signed_in_again(page: Page, live_server: LiveServer, viewer: Viewer) -> Iterator[None]:
    with session_cookie(viewer.person) as cookie:
        page.context.add_cookies([cookie | {"url": live_server.url}])
        yield
