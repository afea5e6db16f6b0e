"""From a photograph to a ruling in a browser that runs no script."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from responses.models import Board, Note, Photo
from tests.journeys.conftest import NewPage, told
from tests.journeys.paper.conftest import as_file, the_note_in
from tests.journeys.paper.reading import BESIDE, fill_in, save
from tests.walls import HEADINGS, a_wall, known_notes
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NOTES = known_notes(1)
WALL = a_wall(NOTES, size=(1200, 900))


@pytest.fixture
def plain(new_page: NewPage, ada: Viewer, live_server: object) -> Iterator[Page]:
    """Ada in a browser without JavaScript."""
    page = new_page(java_script_enabled=False)
    with session_cookie(ada.person) as cookie:
        page.context.add_cookies([cookie | {"url": live_server.url}])
        yield page


def test_a_wall_comes_on_record_without_a_script(
    plain: Page, new_page: NewPage, wall_board: Board, do_work: Callable[[], int]
) -> None:
    photo = send(plain, wall_board)
    do_work()
    put_boxes(plain, photo)
    first = look_and_read(plain, wall_board)
    second = new_page(java_script_enabled=False)
    read_when_asked(plain, second, wall_board, first)
    rule(plain, wall_board)
    assert Note.objects.get(station__code="POW").text == NOTES[0].markup


def send(page: Page, board: Board) -> Photo:
    page.goto(f"{board.event.get_absolute_url()}photos/add/")
    page.get_by_label("What do they show?").select_option(f"{board.name}: several headings, or all")
    files = [as_file(WALL.as_jpeg()), as_file(b"words", "words.jpg")]
    page.get_by_label("Photographs", exact=True).set_input_files(files)
    page.get_by_role("button", name="Send them").click()
    expect(page.get_by_role("heading", name="1 of 2")).to_be_visible()
    return Photo.objects.get()


def put_boxes(page: Page, photo: Photo) -> None:
    """One suggestion taken, the other typed; each under its heading, then a note for each."""
    page.goto(f"{photo.get_absolute_url()}boxes/")
    page.get_by_role("button", name="Look for coloured paper").click()
    expect(page.locator("input[name=keep]")).to_have_count(2)
    left_out = page.locator("input[name=keep]").last
    sides = left_out.get_attribute("value").split(",")
    left_out.uncheck()
    page.get_by_role("button", name="Save all boxes, and those ticked here").click()
    page.get_by_role("button", name="Add a box").click()
    row = page.locator("ol.boxrows > li").last
    for word, side in zip(("Left", "Top", "Width", "Height"), sides, strict=True):
        row.get_by_label(word).fill(side)
    page.get_by_role("button", name="Save all boxes", exact=True).click()
    expect(told(page)).to_contain_text("1 box saved")
    for number, region in enumerate(photo.regions.in_order()):
        heading = NOTES[the_note_in(region, WALL.boxes)].heading
        page.locator("ol.boxrows > li").nth(number).get_by_label("Heading").select_option(heading)
    page.get_by_role("button", name="Save all boxes", exact=True).click()
    page.get_by_role("button", name=re.compile("^Make 2 new notes")).click()
    assert {note.station.heading for note in Note.objects.all()} == set(HEADINGS)


def look_and_read(page: Page, board: Board) -> str:
    """The button shows how it reads and keeps all that was typed; the label of the note."""
    page.goto(f"{board.event.get_absolute_url()}reading/")
    page.get_by_role("link", name="Read the next note").click()
    fill_in(page, NOTES[0], "Let the [1 word] share the [keys?]")
    page.get_by_role("button", name="Show me how it reads").click()
    expect(page.locator("[data-said]")).to_contain_text("1 guess")
    expect(page.get_by_label("What it says")).to_have_value("Let the [1 word] share the [keys?]")
    fill_in(page, NOTES[0], NOTES[0].markup)
    save(page)
    expect(told(page)).to_contain_text("Saved: POW-01")
    return "POW-01"


def read_when_asked(host: Page, guest: Page, board: Board, label: str) -> None:
    host.goto(f"{board.event.get_absolute_url()}ask/")
    host.get_by_role("button", name="Make the link").click()
    address = host.get_by_text(re.compile("^https?://.*/ask/")).first.inner_text()
    guest.goto(urlsplit(address).path)
    guest.get_by_role("link", name=label).click()
    expect(guest.get_by_text(NOTES[0].markup)).to_have_count(0)
    fill_in(guest, NOTES[0], NOTES[0].markup)
    save(guest)
    expect(guest.get_by_role("heading", name=f"{BESIDE} {label}")).to_be_visible()


def rule(page: Page, board: Board) -> None:
    page.goto(f"{board.event.get_absolute_url()}rulings/")
    page.get_by_role("link", name="Tick all on this page").click()
    page.get_by_role("button", name="Accept all ticked").click()
    expect(told(page)).to_contain_text("POW-01")
