"""A transcript meets the photograph it was typed from: matched in bulk, and undone."""

import pytest
from playwright.sync_api import Page, expect

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Photo
from responses.photos.regions import add_region
from tests.journeys.conftest import told
from tests.photos import make_photo
from tests.walls import HEADINGS, KnownNote, a_wall, known_notes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

EACH = 4
NOTES = known_notes(EACH)
WALL = a_wall(NOTES, size=(1200, 900))


def transcript(notes: list[KnownNote]) -> str:
    """The notes as they were typed at the time, in the order in which they hang."""
    sheets = [f"{heading} ({EACH})\n" + lines(notes, heading) for heading in HEADINGS]
    return "\n".join(sheets)


def lines(notes: list[KnownNote], heading: str) -> str:
    return "".join(f"- {note.markup}\n" for note in notes if note.heading == heading)


@pytest.fixture
def event(make_event: object) -> Event:
    return make_event()


def test_lines_and_boxes_are_matched_at_once_and_parted_at_once(
    hosting: Page, event: Event, ada: Viewer
) -> None:
    board = bring_in(hosting, event)
    photo = photograph(board, ada)
    hosting.goto(board.get_absolute_url())
    hosting.get_by_role("link", name="Match").click()
    hosting.get_by_role("link", name="Tick all proposals").click()
    hosting.get_by_role("button", name="Confirm the ticked ones").click()
    expect(told(hosting)).to_contain_text(f"{2 * EACH} boxes matched")
    shown = {region.number: region.note.text for region in photo.regions.all()}
    assert shown == {number: said(note) for number, note in enumerate(NOTES, 1)}
    assert Note.objects.standing().count() == 2 * EACH
    look_at_a_note(hosting, photo)

    hosting.goto(f"{board.get_absolute_url()}match/")
    hosting.get_by_role("button", name="Undo").click()
    expect(told(hosting)).to_contain_text("Undone")
    assert not photo.regions.exclude(note=None).exists()
    assert Note.objects.standing().count() == 2 * EACH


def said(note: KnownNote) -> str:
    """What a note keeps of its line."""
    return "" if note.markup == "[no text]" else note.markup


def bring_in(page: Page, event: Event) -> Board:
    page.goto(f"/events/{event.slug}/import/")
    page.get_by_label("The text itself").fill(transcript(NOTES))
    page.get_by_role("button", name="Look at what it holds").click()
    page.get_by_role("button", name=f"Import {2 * EACH} notes").click()
    expect(page.locator(".page-head .counts")).to_contain_text(f"{2 * EACH} notes in all")
    return Board.objects.get(event=event)


def photograph(board: Board, by: Viewer) -> Photo:
    """The wall with a box around each note, under its heading, that shows no note yet."""
    photo = make_photo(board.event, by, board=board, picture=WALL.picture)
    for note, box in zip(NOTES, WALL.boxes, strict=True):
        add_region(photo, box, by=by, station=board.stations.get(heading=note.heading))
    return photo


def look_at_a_note(page: Page, photo: Photo) -> None:
    """Those who run the event see beside the words where they stand."""
    note = photo.regions.get(number=1).note
    page.goto(note.get_absolute_url())
    expect(page.get_by_text(note.text).first).to_be_visible()
    expect(page.locator(f"img[src*='{photo.regions.get(number=1).identifier}']").first).to_be_visible()
