"""The big screen in a real browser: what arrives, the presenter's keys, nothing cut off."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect

from people.guests import Viewer
from responses.board import withdraw_note
from responses.codes import in_groups
from responses.hands import count_hands
from responses.models import Board, Mark, Note
from responses.room import change_code, open_activity, set_timer, show_station
from responses.screens import screen_address
from responses.words import MOST
from tools.camera import AXE_OPTIONS, TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Post = Callable[..., Note]
LONG = ("We were told that it was open, and then it had been decided. " * 20)[:MOST]
SCREENS: tuple[ViewportSize, ...] = (
    {"width": 1920, "height": 1080},
    {"width": 1280, "height": 720},
    {"width": 1024, "height": 768},
)
# Everything that is cut off, or lies outside the picture.
PARTS = "h1, h2, p, li, .note, .note__text, .joincard"
CUT_OFF = """(parts) => [...document.querySelector(".projector").querySelectorAll(parts)]
  .filter((part) => !part.closest("[hidden], .vh"))
  .filter((part) => {
    const box = part.getBoundingClientRect();
    const clips = getComputedStyle(part).overflowY !== "visible" && part.scrollHeight > part.clientHeight + 2;
    return clips || box.bottom > innerHeight + 1 || box.right > innerWidth + 1;
  })
  .map((part) => `${part.tagName}.${part.className}`)"""

# The script sets the size of the words last of all.
FITTED = """() => [...document.querySelectorAll(".facing .note__text > p")]
  .every((words) => words.style.fontSize)"""


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


def open_screen(page: Page, board: Board, query: str = "") -> None:
    """As in the hall: by the address from the console, where nobody signed in."""
    page.goto(screen_address(board) + query.replace("?", "&"))


def look_from_outside(page: Page, board: Board) -> None:
    page.goto(reverse("board_projector", args=[board.event.slug, board.slug]))


def test_notes_hands_and_withdrawals_reach_the_screen_by_themselves(
    page: Page, board: Board, post_note: Post, ada: Viewer, dee: Viewer
) -> None:
    station = board.stations.get(code="POW")
    open_screen(page, board)
    expect(page.get_by_text("No notes yet.")).to_be_visible()
    note = post_note(station, "We moved the chairs.", by=dee, mark=Mark.SQUARE)
    expect(page.get_by_text("We moved the chairs.")).to_be_visible()
    count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=9)
    expect(page.locator(".projector__tally")).to_contain_text("9 counted in the room")
    withdraw_note(note, by=dee)
    expect(page.get_by_text("We moved the chairs.")).to_have_count(0)


def test_the_screen_in_the_hall_is_in_the_room_until_the_code_ends(
    page: Page, new_page: Callable[..., Page], board: Board, post_note: Post, ada: Viewer
) -> None:
    outside = new_page()
    look_from_outside(outside, board)
    open_screen(page, board)
    expect(page.locator(".joincard__code")).to_contain_text(in_groups(board.code))
    post_note(board.stations.get(code="POW"), "Between us.", public=False)
    expect(page.get_by_text("Between us.")).to_be_visible()
    expect(outside.get_by_text("1 agree. Their words stay with those who were there.")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Time")
    expect(page.locator(".joincard__code")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    change_code(board, by=ada)
    for screen in (page, outside):
        expect(screen.locator(".joincard")).to_contain_text("The code to join shows when")
        expect(screen.locator(".joincard__code")).to_have_count(0)
        expect(screen.get_by_text("Between us.")).to_have_count(0)


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size['width']}")
def test_from_outside_nothing_is_cut_off_either(page: Page, board: Board, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    look_from_outside(page, board)
    expect(page.locator(".joincard")).to_contain_text("The code to join shows when")
    assert page.evaluate(CUT_OFF, PARTS) == []
    assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []


def test_the_presenter_has_keys(page: Page, board: Board) -> None:
    page.set_viewport_size(SCREENS[1])
    open_screen(page, board)
    heading = page.get_by_role("heading", level=1)
    for key, shown in (("ArrowRight", "Time"), ("PageUp", "Power"), ("PageDown", "Time")):
        page.keyboard.press(key)
        expect(heading).to_have_text(shown)
    expect(page).to_have_url(re.compile("station=TIM"))
    page.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    keys = page.locator("#projector-keys")
    expect(keys).to_be_visible()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")


def test_held_the_picture_stays(page: Page, board: Board, post_note: Post) -> None:
    open_screen(page, board)
    page.keyboard.press("p")
    post_note(board.stations.get(code="POW"), "After the hold.")
    expect(page.locator("#projector-health")).to_have_text("Held. Press P to go on.")
    expect(page.get_by_text("After the hold.")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.get_by_text("After the hold.")).to_be_visible()


def test_the_screen_follows_the_facilitator(page: Page, board: Board, ada: Viewer) -> None:
    open_screen(page, board)
    show_station(board, board.stations.get(code="TIM"), by=ada)
    expect(page.get_by_role("heading", level=1)).to_have_text("Time")
    set_timer(board, 5, by=ada)
    clock = page.locator("[data-seconds-left]")
    expect(clock).to_have_text(re.compile(r"^4:\d\d$"))


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size['width']}")
@pytest.mark.parametrize("pinned", [False, True], ids=["", "pinned"])
def test_nothing_long_is_cut_off_and_axe_finds_nothing(
    page: Page, board: Board, post_note: Post, ada: Viewer, size: ViewportSize, pinned: bool
) -> None:
    station = board.stations.get(code="POW")
    station.heading = ("A heading in full sentences, as people write them on the wall. " * 5)[:300]
    station.save()
    notes = [post_note(station, LONG, mark=mark) for mark in Mark.values[:4]]
    if pinned:
        Board.objects.filter(pk=board.pk).update(pinned_note=notes[1])
    page.set_viewport_size(size)
    for theme in ("light", "dark"):
        open_screen(page, board, f"?theme={theme}")
        page.evaluate("() => document.fonts.ready.then(() => null)")
        page.wait_for_function(FITTED)
        assert page.evaluate(CUT_OFF, PARTS) == []
        assert Axe().run(page, options=AXE_OPTIONS).response["violations"] == []


def test_on_a_phone_it_is_a_page_that_scrolls_one_way(page: Page, board: Board, post_note: Post) -> None:
    for mark in Mark.values[:4]:
        post_note(board.stations.get(code="POW"), LONG, mark=mark)
    page.set_viewport_size({"width": 320, "height": 640})
    open_screen(page, board)
    assert page.evaluate(TOO_WIDE) == 0


def test_without_a_script_it_shows_the_same(
    new_page: Callable[..., Page], board: Board, post_note: Post
) -> None:
    post_note(board.stations.get(code="POW"), "We moved the chairs.", mark=Mark.SQUARE)
    page = new_page(java_script_enabled=False, viewport=SCREENS[0])
    open_screen(page, board)
    expect(page.get_by_text("We moved the chairs.")).to_be_visible()
    page.get_by_role("link", name="On to Time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Time")
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
