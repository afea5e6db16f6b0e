"""The pack for the wall as a browser prints it: pages, cut edges, and the size of its letters."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from principles.models import Wording
from responses.models import Board, Station
from responses.stubs import print_stubs
from tests.journeys.conftest import NewPage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "What we ask of each other when we share the work and the say over it "
EIGHTEEN_POINTS = 24  # in pixels of a page
# What runs over the edge of its sheet, or over the part of it that comes next; and letters too small.
CUT = """() => [...document.querySelectorAll('.slip-sheet, .leaf')].flatMap((sheet) => {
    const box = sheet.getBoundingClientRect(), parts = [...sheet.children];
    const inside = [...sheet.querySelectorAll('*')].map((one) => [one, one.getBoundingClientRect()]);
    const over = inside.filter(([, own]) => own.right > box.right + 1 || own.bottom > box.bottom + 1);
    const met = parts.slice(1).filter((part, at) => [...parts[at].querySelectorAll('*')].some(
        (one) => one.getBoundingClientRect().bottom > part.getBoundingClientRect().top + 1
            && one.getBoundingClientRect().left < part.getBoundingClientRect().right
            && parts[at].getBoundingClientRect().left === part.getBoundingClientRect().left));
    const told = (one) => `${one.className}: ${one.textContent.slice(0, 40)}`;
    return [...over.map(([one]) => one), ...met].map(told);
})"""
SMALL = """(least) => [...document.querySelectorAll('.pack .leaf *')]
    .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < least)
    .map((one) => `${getComputedStyle(one).fontSize} ${one.textContent.slice(0, 40)}`)"""

COLOURS = """() => [...new Set(
    [...document.querySelectorAll('.leaf *')].map((one) => getComputedStyle(one).color))]"""


@pytest.fixture
def pack(make_board: Callable[..., Board], make_set: Callable, ada: Viewer) -> str:
    """The address of a pack with the longest heading and code there can be, and doubtful wordings."""
    board = make_board("Power", "Time", LONG * 4)
    power, time = make_set().principles.all()
    Wording.objects.filter(principle=time).update(status="doubtful", doubt=LONG * 3)
    first, second, third = board.stations.order_by("position")
    Station.objects.filter(pk=third.pk).update(code="WWWWWW")
    for station, principle in ((first, power), (second, time), (third, power), (third, time)):
        station.pairings.create(principle=principle)
    print_stubs(board, by=ada, each=5)
    return f"{board.get_absolute_url()}print/1/"


def pages_told(page: Page) -> int:
    told = re.search(r"prints on (\d+) pages", page.locator(".page-head").inner_text())
    assert told
    return int(told[1])


def open_on_paper(page: Page, address: str) -> None:
    """Open it as it is printed, on A4 inside its margins."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})
    page.goto(address)
    page.wait_for_function("matchMedia('print').matches")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("size", ["", "?size=large"])
def test_it_prints_on_as_many_pages_as_it_says(hosting: Page, pack: str, size: str) -> None:
    hosting.goto(pack + size)
    told = pages_told(hosting)
    assert pages_of(hosting.pdf(prefer_css_page_size=True)) == told


@pytest.mark.parametrize("size", ["", "?size=large"])
def test_nothing_on_it_is_cut(hosting: Page, pack: str, size: str) -> None:
    open_on_paper(hosting, pack + size)
    assert hosting.evaluate(CUT) == []


def test_large_print_has_no_letters_under_18_points(hosting: Page, pack: str) -> None:
    open_on_paper(hosting, f"{pack}?size=large")
    assert hosting.evaluate(SMALL, EIGHTEEN_POINTS) == []


def test_its_ink_is_black_in_a_dark_room_too(hosting: Page, pack: str) -> None:
    hosting.emulate_media(media="print", color_scheme="dark")
    hosting.goto(pack)
    assert hosting.evaluate(COLOURS) == ["rgb(0, 0, 0)"]


def test_its_button_prints(hosting: Page, pack: str) -> None:
    hosting.add_init_script("window.print = () => { document.title = 'printed'; };")
    hosting.goto(pack)
    hosting.get_by_role("button", name="Print", exact=True).click()
    expect(hosting).to_have_title("printed")


def test_without_scripts_the_browsers_own_print_is_named(new_page: NewPage, hosting: Page, pack: str) -> None:
    page = new_page(java_script_enabled=False)
    page.context.add_cookies(hosting.context.cookies())
    page.goto(pack)
    expect(page.get_by_text("Use your browser’s print")).to_be_visible()
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_hidden()
