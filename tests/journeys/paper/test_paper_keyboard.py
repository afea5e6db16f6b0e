"""Boxes, the reading desk and a ruling with nothing but a keyboard."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from people.guests import Viewer
from responses.models import Board, Mark, Note, Photo
from responses.readings.reading import read_note
from tests.journeys.conftest import told
from tests.journeys.test_keyboard import focused, follow, tab_to
from tests.photos import make_photo
from tests.walls import a_wall, known_notes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photo(wall_board: Board, ada: Viewer) -> Photo:
    """Two notes, one on each sheet."""
    picture = a_wall(known_notes(1), size=(1200, 900)).picture
    return make_photo(wall_board.event, ada, board=wall_board, picture=picture)


def test_a_wall_is_read_and_ruled_on_without_a_mouse(hosting: Page, photo: Photo, ben: Viewer) -> None:
    put_boxes(hosting, photo)
    note = read_the_first(hosting, photo)
    asked = replace(ben, reads_for=photo.event_id)
    read_note(note, by=asked, state="read", markup="let the room share the keys", mark=Mark.TICK)
    accept(hosting, photo)
    note.refresh_from_db()
    assert (note.text, note.mark, note.accepted.number) == ("let the room share the keys", Mark.TICK, 2)


def put_boxes(page: Page, photo: Photo) -> None:
    page.goto(photo.get_absolute_url())
    follow(page, "Put boxes around the notes")
    follow(page, "Look for coloured paper")
    follow(page, "Save all boxes, and those ticked here")
    box = photo.regions.in_order().first()
    tab_to(page, "Box 1")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Put all boxes without a heading under")
    page.keyboard.type("Po")
    follow(page, "Put 2 boxes there")
    follow(page, "Make 2 new notes")
    moved = photo.regions.in_order().first()
    assert moved.x > box.x
    assert moved.note.station.heading == "Power"


def read_the_first(page: Page, photo: Photo) -> Note:
    """The desk begins at its first question, and goes on to the next note by itself."""
    page.goto(photo.event.get_absolute_url())
    follow(page, "Help to read the notes")
    follow(page, "Read the next note")
    expect(page.get_by_role("radio", name="Yes, all of them")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "What it says")
    page.keyboard.type("Let the room share the keys.")
    tab_to(page, "Tick")
    page.keyboard.press("Space")
    follow(page, "Save and read")
    expect(told(page)).to_contain_text("Saved: POW-01")
    expect(page.get_by_role("radio", name="Yes, all of them")).to_be_focused()
    assert focused(page)["seen"]
    return photo.regions.in_order().first().note


def accept(page: Page, photo: Photo) -> None:
    page.goto(photo.event.get_absolute_url())
    follow(page, "Help to read the notes")
    follow(page, "Decide what notes say")
    tab_to(page, "Accept reading")
    page.keyboard.press("Space")
    follow(page, "Accept all ticked")
    expect(told(page)).to_contain_text("POW-01")
