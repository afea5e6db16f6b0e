"""Boxes on a photograph drawn with a mouse, with a finger and with the keyboard alone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from people.guests import Viewer
from responses.models import Board, Note, Photo, Region, Station, TextState
from responses.photos.regions import add_region, make_note
from tests.journeys.conftest import NewPage, told
from tests.photos import make_photo
from tests.walls import a_wall
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEAR = 6  # pixels of the photograph: a pointer goes by pixels of the screen


@pytest.fixture
def board(make_board: Callable[..., Board]) -> Board:
    return make_board("Power", "Time", state=Board.State.CLOSED)


@pytest.fixture
def station(board: Board) -> Station:
    return board.stations.first()


@pytest.fixture
def photo(board: Board, ada: Viewer) -> Photo:
    return make_photo(board.event, ada, board=board)


@pytest.fixture
def region(photo: Photo, station: Station, ada: Viewer) -> Region:
    return add_region(photo, (300, 300, 240, 180), by=ada, station=station)


@pytest.fixture
def touching(new_page: NewPage, ada: Viewer, live_server: object) -> Iterator[Page]:
    """Ada's phone, and the fingers that touch it."""
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    with session_cookie(ada.person) as cookie:
        page.context.add_cookies([cookie | {"url": live_server.url}])
        yield page


def at(page: Page, x: int, y: int) -> tuple[float, float]:
    """Where a pixel of the photograph is on the screen."""
    return tuple(
        page.evaluate(
            "([x, y]) => { const svg = document.querySelector('.boxed__svg'), p = new DOMPoint(x, y)"
            ".matrixTransform(svg.getScreenCTM()); return [p.x, p.y]; }",
            [x, y],
        )
    )


def drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, *end), steps=4)
    page.mouse.up()


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """One finger from here to there, as the browser itself takes it from the screen."""
    touch = page.context.new_cdp_session(page)
    (x1, y1), (x2, y2) = at(page, *start), at(page, *end)
    steps = [(x1 + (x2 - x1) * part / 4, y1 + (y2 - y1) * part / 4) for part in range(1, 5)]
    dispatch = "Input.dispatchTouchEvent"
    touch.send(dispatch, {"type": "touchStart", "touchPoints": [{"x": x1, "y": y1}]})
    for x, y in steps:
        touch.send(dispatch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    touch.send(dispatch, {"type": "touchEnd", "touchPoints": []})


def box(page: Page, name: str) -> Locator:
    return page.locator(f".boxed__svg [aria-label^='{name}:']")


def sides(row: Locator) -> list[int]:
    return [int(row.locator(f"[data-side={side}]").input_value()) for side in ("x", "y", "width", "height")]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save all boxes", exact=True).click()
    expect(told(page)).to_contain_text("saved")


def is_near(box: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(side - other) <= NEAR for side, other in zip(box, wanted, strict=True))


def test_a_box_is_drawn_moved_and_resized_with_the_mouse(hosting: Page, photo: Photo) -> None:
    hosting.goto(f"{photo.get_absolute_url()}boxes/")
    drag(hosting, (100, 100), (340, 280))
    row = hosting.locator(".boxrow")
    assert is_near(sides(row), (100, 100, 240, 180))
    drag(hosting, (220, 190), (520, 390))
    drag(hosting, (640, 480), (760, 600))
    save(hosting)
    assert is_near(photo.regions.get().box, (400, 300, 360, 300))


def test_a_box_is_chosen_by_a_tap_and_then_moved_with_a_finger(touching: Page, region: Region) -> None:
    touching.goto(f"{region.photo.get_absolute_url()}boxes/")
    touching.locator(".boxed").scroll_into_view_if_needed()
    swipe(touching, (420, 390), (420, 290))
    assert sides(touching.locator(".boxrow")) == [300, 300, 240, 180], "it scrolls while no box is chosen"
    touching.touchscreen.tap(*at(touching, 420, 390))
    expect(box(touching, "Box 1")).to_be_focused()
    swipe(touching, (420, 390), (620, 490))
    save(touching)
    region.refresh_from_db()
    assert is_near(region.box, (500, 400, 240, 180))


def test_a_box_is_drawn_with_a_finger_on_a_larger_picture(touching: Page, photo: Photo) -> None:
    touching.goto(f"{photo.get_absolute_url()}boxes/")
    touching.get_by_text("Larger", exact=True).tap()
    touching.get_by_role("button", name="Draw a box").tap()
    touching.locator(".boxed").scroll_into_view_if_needed()
    swipe(touching, (60, 60), (300, 240))
    expect(touching.locator(".boxrow")).to_have_count(1)
    save(touching)
    assert is_near(photo.regions.get().box, (60, 60, 240, 180))
    assert touching.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_keyboard_alone_adds_moves_resizes_places_and_removes(
    hosting: Page, region: Region, station: Station
) -> None:
    page = hosting
    page.goto(f"{region.photo.get_absolute_url()}boxes/")
    page.locator(".boxed").focus()
    page.keyboard.press("Tab")
    expect(box(page, "Box 1")).to_be_focused()
    for key in ("ArrowRight", "Control+ArrowDown", "Shift+ArrowRight", "Shift+Alt+ArrowUp"):
        page.keyboard.press(key)
    assert sides(page.locator(".boxrow")) == [312, 301, 252, 179]
    expect(page.locator("[data-box-said]")).to_contain_text("312 from the left, 301 from the top")
    page.keyboard.press("Enter")
    expect(page.locator(".boxrow [data-side=x]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("100")
    expect(box(page, "Box 1")).to_have_attribute("aria-label", re.compile("100 from the left"))
    page.get_by_role("button", name="Add a box").press("Enter")
    expect(box(page, "New box")).to_be_focused()
    page.keyboard.press("Delete")
    page.get_by_role("dialog").get_by_role("button", name="Keep it").press("Enter")
    expect(box(page, "New box")).to_be_focused()
    page.keyboard.press("Delete")
    page.get_by_role("dialog").get_by_role("button", name="Remove it").press("Enter")
    expect(page.locator(".boxrow")).to_have_count(1)
    page.get_by_role("button", name="Save all boxes").press("Enter")
    expect(told(page)).to_contain_text("1 box saved")
    region.refresh_from_db()
    assert (region.box, region.station) == ((100, 301, 252, 179), station)


def test_what_a_box_can_show_follows_its_heading(
    hosting: Page, photo: Photo, board: Board, ada: Viewer
) -> None:
    time = add_region(photo, (0, 0, 90, 90), by=ada, station=board.stations.get(heading="Time"))
    note = make_note(time, by=ada)
    region = add_region(photo, (300, 300, 90, 90), by=ada)
    hosting.goto(f"{photo.get_absolute_url()}boxes/")
    row = hosting.locator(f"#row-box-{region.identifier}")
    expect(row.get_by_label("Note it shows").locator("option")).to_have_count(2)
    row.get_by_label("Heading").select_option(label="Time")
    row.get_by_label("Note it shows").select_option(note.identifier)
    save(hosting)
    region.refresh_from_db()
    assert region.note == note


def test_removing_a_saved_box_is_asked_and_can_be_brought_back(hosting: Page, region: Region) -> None:
    hosting.goto(f"{region.photo.get_absolute_url()}boxes/")
    shape = box(hosting, "Box 1, to be removed")
    for times in (1, 0):
        hosting.locator(".boxed__svg .box").focus()
        hosting.keyboard.press("Delete")
        if times:
            hosting.get_by_role("button", name="Remove it").click()
        expect(shape).to_have_count(times)
    hosting.keyboard.press("Delete")
    hosting.get_by_role("button", name="Remove it").click()
    save(hosting)
    assert not Region.objects.exists()


def test_suggestions_are_dashed_and_kept_only_when_they_are_saved(
    hosting: Page, board: Board, ada: Viewer
) -> None:
    photo = make_photo(board.event, ada, board=board, picture=a_wall().picture)
    hosting.goto(f"{photo.get_absolute_url()}boxes/")
    hosting.get_by_role("button", name="Look for coloured paper").click()
    expect(hosting.get_by_role("heading", name="40 boxes suggested")).to_be_visible()
    expect(hosting.locator(".boxed__svg .box--suggested")).to_have_count(40)
    assert not Region.objects.exists()
    hosting.get_by_role("checkbox", name=re.compile("^Suggestion 1 ")).uncheck()
    hosting.get_by_role("button", name="and those ticked here").click()
    expect(told(hosting)).to_contain_text("39 boxes saved")
    assert (Region.objects.count(), Note.objects.filter(text_state=TextState.WAITING).count()) == (39, 0)
