"""What readers do at the desk, in a browser."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import told
from tests.walls import KnownNote

SHAPES = {"tick": "Tick", "heart": "Heart", "bubble": "Bubble", "square": "Square"}
NO_SHAPE = "I cannot see a mark"
WHOLE, PART, BLANK = "Yes, all of them", "Some of them", "There are no words"
BESIDE = "Other readings of"
Typed = Callable[[KnownNote], str]


def fill_in(page: Page, note: KnownNote, markup: str) -> None:
    """The form of the desk, with the mark that stands on the note."""
    state = BLANK if markup == "[no text]" else PART if "[1 word]" in markup else WHOLE
    page.get_by_role("radio", name=state).check()
    page.get_by_label("What it says").fill("" if state == BLANK else markup)
    page.get_by_role("radio", name=SHAPES.get(note.mark, NO_SHAPE)).check()


def label_on(page: Page) -> str:
    """Of the note that the desk shows."""
    return page.get_by_role("heading", name="Note ", exact=False).first.inner_text().split()[-1]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def go_on(page: Page) -> Locator:
    """The way to the next note, or back to the list, beside what others read."""
    beside = page.get_by_role("region", name=BESIDE)
    return beside.get_by_role("link", name="next").or_(beside.get_by_role("link", name="Back to the list"))


def read_all(page: Page, known: Mapping[str, KnownNote], typed: Typed, *, is_second: bool = False) -> None:
    """Read note after note, from the one that is open, until each of `known` was read once.

    A second reader sees what the first read only once their own is saved, and goes on from there.
    """
    left = set(known)
    while left:
        label = label_on(page)
        left.remove(label)
        expect(page.get_by_role("region", name=BESIDE)).to_have_count(0)
        fill_in(page, known[label], typed(known[label]))
        save(page)
        expect(told(page)).to_contain_text(label)
        if is_second:
            expect(page.get_by_role("heading", name=f"{BESIDE} {label}")).to_be_visible()
            go_on(page).click()
