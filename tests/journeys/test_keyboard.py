"""From the front page to a posted note with nothing but a keyboard."""

import pytest
from playwright.sync_api import Page, expect

from responses.models import Station
from tests.journeys.conftest import choice, leave_note, open_form, told

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 60
# What has the focus: its words, and whether one can see that it has. A button that is drawn by
# its label shows the focus there, a box on a photograph by a thick edge.
FOCUS = """async () => {
  const one = document.activeElement;
  const drawn = [one, one.closest("label")].filter(Boolean).map(it => getComputedStyle(it));
  const seen = drawn.some(it => it.outlineStyle !== "none" && parseFloat(it.outlineWidth) >= 2);
  const edge = one.querySelector(".box__edge");
  const drawnAnew = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (edge) await drawnAnew;
  const thick = edge && parseFloat(getComputedStyle(edge).strokeWidth) >= 5;
  const label = one.labels?.[0] ?? one;
  const name = (one.ariaLabel || label.innerText || one.name || "").replace(/\\s+/g, " ").trim();
  return {tag: one.tagName, name, seen: seen || !!thick, type: one.type || ""};
}"""


def focused(page: Page) -> dict[str, str | bool]:
    """What has the focus, which must be seen wherever it is."""
    focus = page.evaluate(FOCUS)
    assert focus["seen"] or focus["tag"] == "BODY", f"The focus on “{focus['name']}” cannot be seen."
    return focus


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called `name` has the focus."""
    passed = []
    while len(passed) < MOST_STOPS:
        page.keyboard.press("Tab")
        passed.append(focused(page)["name"])
        if passed[-1].startswith(name):
            return
    pytest.fail(f"“{name}” was not among {passed}")


def follow(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def test_a_note_can_be_posted_without_a_mouse(page: Page, station: Station) -> None:
    page.goto("/")
    follow(page, "The wall")
    follow(page, station.heading)
    tab_to(page, "Agree")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(choice(page, "Amend")).to_be_focused()
    expect(choice(page, "Amend")).to_be_checked()
    focused(page)
    tab_to(page, "Your words")
    page.keyboard.type("Ask twice.")
    tab_to(page, "Show my note in the public record")
    page.keyboard.press("Space")
    follow(page, "Stick it up")
    expect(told(page)).to_contain_text("It is on the wall")
    expect(page.locator("article.note[data-mark=bubble]")).to_contain_text("Ask twice.")


def test_the_first_stop_skips_to_the_page(page: Page, station: Station) -> None:
    page.goto(station.board.get_absolute_url())
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Skip to the page"
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Answer this board"


@pytest.mark.parametrize("where", ["form", "board", "live"])
def test_no_stop_holds_the_keyboard(page: Page, station: Station, where: str) -> None:
    leave_note(page, station, "Words.")
    if where == "form":
        open_form(page, station)
    elif where == "board":
        page.goto(station.board.get_absolute_url())
    stops = page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").count()
    passed = []
    while "Cymraeg" not in passed and len(passed) <= stops:
        page.keyboard.press("Tab")
        passed.append(focused(page)["name"])
    # The last button of the footer was reached, and from there one leaves the page.
    assert passed[-1] == "Cymraeg"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
