"""From the sticky notes on a wall to the record, all of it in a browser: sixteen, in a thorough run forty."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from math import ceil
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from archive.demo.drawn_wall import Box, Wall
from responses.models import Board, Note, Photo, Reading
from responses.views.ruling import A_PAGE
from tests.journeys.conftest import NewPage, told
from tests.journeys.paper.conftest import as_file, the_note_in
from tests.journeys.paper.reading import read_all
from tests.tries import IS_THOROUGH
from tests.walls import HEADINGS, KnownNote, a_wall, known_notes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ALT = "Two sheets headed Power and Time with sticky notes in four colours."
EACH = 20 if IS_THOROUGH else 8  # notes at each heading
SIZE = (2000, 1500)  # of the photograph
BASIS = "The room was told before anybody wrote."
type Known = dict[str, KnownNote]  # by the label of the note


def test_notes_go_from_the_wall_to_the_record(
    hosting: Page, new_page: NewPage, wall_board: Board, do_work: Callable[[], int], unhurried: None
) -> None:
    board, notes = wall_board, known_notes(EACH)
    wall = a_wall(notes, size=SIZE)
    receipt = print_a_pack(hosting, board)
    photo = send_photographs(hosting, board, wall, do_work)
    box_every_note(hosting, photo, wall)
    known = make_notes(hosting, photo, notes, wall)

    guest = new_page()
    read_on_own_account(hosting, board, known)
    read_as_one_who_was_asked(hosting, guest, board, known)
    rule(hosting, board, known)
    let_everybody_see_it(guest, receipt)
    publish(hosting, photo)

    expect_on_record(new_page(), board, photo, known)
    withdraw(guest, receipt)
    expect_gone_and_then_covered(new_page(), photo, wall, known, do_work)


# Before the workshop, and the photograph


def print_a_pack(page: Page, board: Board) -> str:
    """One note sheet for each heading; the code on the stub of the first."""
    page.goto(board.get_absolute_url())
    page.get_by_role("link", name="Print").click()
    page.get_by_label("Note sheets").fill("1")
    page.get_by_role("button", name="Make the pack").click()
    sheets = page.get_by_role("article", name="Note sheet")
    expect(sheets).to_have_count(len(HEADINGS))
    return sheets.first.locator(".slip-sheet__code").inner_text()


def send_photographs(page: Page, board: Board, wall: Wall, do_work: Callable[[], int]) -> Photo:
    """Three files at once: the wall, the same once more, and what is no picture."""
    page.goto(board.event.get_absolute_url())
    page.get_by_role("link", name="Add photographs").click()
    page.get_by_label("What do they show?").select_option(f"{board.name}: several headings, or all")
    again = as_file(wall.as_jpeg(), "wall-again.jpg")
    page.get_by_label("Photographs", exact=True).set_input_files(
        [as_file(wall.as_jpeg()), again, as_file(b"no picture", "words.jpg")]
    )
    page.get_by_role("button", name="Send them").click()
    expect(page.locator("[data-queue] li[data-state=refused]")).to_contain_text("words.jpg")
    expect(page.locator("[data-queue] [role=status]")).to_contain_text("2 of 3 are here")
    photo = Photo.objects.get()
    line = page.locator(f"[id='{photo.identifier}']")
    expect(line).to_contain_text("made ready")
    do_work()
    expect(line.get_by_role("img")).to_have_count(0)  # it is decorative: its name is beside it
    expect(line.locator("img")).to_be_visible()
    photo.refresh_from_db()
    return photo


# Boxes and notes


def box_every_note(page: Page, photo: Photo, wall: Wall) -> None:
    """Take all suggestions but one, and put a box around that note by typing where it is."""
    page.goto(photo.get_absolute_url())
    page.get_by_role("link", name="Put boxes around the notes").click()
    page.get_by_role("button", name="Look for coloured paper").click()
    suggested = page.locator("input[name=keep]")
    expect(suggested).to_have_count(len(wall.boxes))
    assert not photo.regions.exists()
    left_out = box_of(suggested.first.get_attribute("value"))
    suggested.first.uncheck()
    page.get_by_role("button", name="Save all boxes, and those ticked here").click()
    expect(told(page)).to_contain_text(f"{len(wall.boxes) - 1} boxes saved")
    page.get_by_role("button", name="Add a box").click()
    row = page.locator("ol.boxrows > li").last
    for word, side in zip(("Left", "Top", "Width", "Height"), left_out, strict=True):
        row.get_by_label(word).fill(str(side))
    page.get_by_role("button", name="Save all boxes").last.click()
    expect(told(page)).to_contain_text("1 box saved")
    assert sorted(the_note_in(region, wall.boxes) for region in photo.regions.all()) == [
        *range(len(wall.boxes))
    ]


def box_of(typed: str) -> Box:
    return tuple(map(int, typed.split(",")))


def make_notes(page: Page, photo: Photo, notes: list[KnownNote], wall: Wall) -> Known:
    """Put each box under its heading: half of them one by one, the rest at once; then a note for each."""
    rows = page.locator("ol.boxrows > li")
    for number, region in enumerate(photo.regions.in_order()):
        known = notes[the_note_in(region, wall.boxes)]
        if known.heading == HEADINGS[0]:
            rows.nth(number).get_by_label("Heading").select_option(known.heading)
    page.get_by_label("Put all boxes without a heading under").select_option(HEADINGS[1])
    page.get_by_role("button", name=re.compile("^Put .* there")).click()
    expect(told(page)).to_contain_text(f"{len(notes)} boxes saved")
    give_sheet(rows.first, "1")
    page.get_by_role("button", name=re.compile(f"^Make {len(notes)} new notes")).click()
    expect(told(page)).to_contain_text(f"{len(notes)} boxes saved")
    regions = photo.regions.select_related("note__station")
    return {region.note.label: notes[the_note_in(region, wall.boxes)] for region in regions}


def give_sheet(row: Locator, number: str) -> None:
    """Say on which printed sheet the note was written."""
    row.get_by_text("Place, size, sheet").click()
    row.get_by_label("Number on a printed sheet").fill(number)


# Two readers and a ruling


def read_on_own_account(page: Page, board: Board, known: Known) -> None:
    page.goto(board.event.get_absolute_url())
    page.get_by_role("link", name="Help to read the notes").click()
    page.get_by_role("link", name="Read the next note").click()
    read_all(page, known, lambda note: note.markup)
    assert not Note.objects.exclude(text_state="waiting").exists()


def read_as_one_who_was_asked(host: Page, guest: Page, board: Board, known: Known) -> None:
    """The host makes a link, a guest opens it; what they see otherwise they type with a guess."""
    host.goto(board.event.get_absolute_url() + "ask/")
    host.get_by_label("What do you want to tell them?").fill("What did we write that day?")
    host.get_by_role("button", name="Make the link").click()
    address = host.get_by_text(re.compile("^https?://.*/ask/")).first.inner_text()
    guest.goto(urlsplit(address).path)
    expect(guest.get_by_text("What did we write that day?")).to_be_visible()
    guest.get_by_role("link", name="Start with the first").click()
    read_all(guest, known, guessed, is_second=True)
    assert Reading.objects.count() == 2 * len(known)


def guessed(note: KnownNote) -> str:
    """What a second reader types: a doubtful last word as a guess, and small letters at the beginning."""
    if "[" in note.markup:
        return note.markup
    first, _, last = note.markup.rpartition(" ")
    return f"{first[0].lower()}{first[1:]} [{last}?]"


def rule(page: Page, board: Board, known: Known) -> None:
    """Accept what two read alike, page by page; then decide about the notes with a gap, one by one."""
    page.goto(f"{board.event.get_absolute_url()}rulings/")
    gaps = [label for label, note in known.items() if "[1 word]" in note.markup]
    for _ in range(ceil((len(known) - len(gaps)) / A_PAGE)):
        page.get_by_role("link", name="Tick all on this page").click()
        page.get_by_role("button", name="Accept all ticked").click()
        expect(told(page)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is ready for a ruling")
    for label in gaps:
        note = Note.objects.get(number=int(label[-2:]), station__code=label[:3])
        page.goto(f"{note.get_absolute_url()}rule/")
        page.get_by_role("radio", name="Reading 2").check()
        page.get_by_role("button", name="Accept this reading").click()
        expect(told(page)).to_be_visible()
    assert not Note.objects.filter(text_state="waiting").exists()


# On the record


def let_everybody_see_it(page: Page, receipt: str) -> None:
    """Whoever holds the stub looks their note up and lets it into the public record."""
    page.goto("/receipt/")
    page.get_by_label("receipt").fill(receipt)
    page.get_by_role("button", name="Find it").click()
    page.get_by_label("Show my note in the public record").check()
    page.get_by_role("button", name="Change where it may go").click()
    expect(told(page)).to_be_visible()


def publish(page: Page, photo: Photo) -> None:
    page.goto(photo.get_absolute_url())
    page.get_by_role("link", name="Describe or publish it").click()
    expect(page.get_by_role("button", name="Publish it")).to_have_count(0)
    page.get_by_label("What it shows").fill(ALT)
    page.get_by_label("Nobody can be recognised on it").check()
    page.get_by_label("On what basis?").fill(BASIS)
    page.get_by_label("This holds").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Publish it").click()
    expect(told(page)).to_contain_text("everybody can see it")


def expect_on_record(page: Page, board: Board, photo: Photo, known: Known) -> None:
    """Anybody finds the photograph, the words, how they were read, and the files of scholars."""
    page.goto(board.event.get_absolute_url())
    page.get_by_role("region", name="Photographs of the walls").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(photo.get_absolute_url()))
    expect(page.get_by_alt_text(ALT)).to_be_visible()
    page.goto(board.get_absolute_url())
    for label, note in known.items():
        card = page.locator("article.note", has_text=label)
        expect(card).to_have_attribute("data-mark", note.mark)
        expect(card).to_contain_text(note.markup.partition("[")[0].strip())
    expect(page.locator(".page-head .counts")).to_contain_text(f"{len(known)} notes in all")
    page.get_by_role("link", name="POW-01").click()
    expect(page.locator(".accepted")).to_contain_text("Reading 1 of 2, accepted")
    expect(page.locator(".accepted")).to_contain_text("by an organiser")
    expect_for_scholars(page, board, photo, known)


def expect_for_scholars(page: Page, board: Board, photo: Photo, known: Known) -> None:
    manifest = json.loads(page.request.get(f"/iiif/photos/{photo.identifier}/manifest.json").text())
    (pages,) = [canvas["annotations"] for canvas in manifest["items"]]
    accepted = json.loads(page.request.get(urlsplit(pages[0]["id"]).path).text())
    assert len(accepted["items"]) == len(known)
    tei = page.request.get(f"{board.event.get_absolute_url()}tei.xml").text()
    words = [word for note in known.values() for word in re.findall(r"\w+", note.markup.partition("[")[0])]
    assert all(word in tei for word in words)


# And taken back


def withdraw(page: Page, receipt: str) -> None:
    page.goto("/receipt/")
    page.get_by_label("receipt").fill(receipt)
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("link", name="Take the note down").click()
    page.get_by_role("button", name="Take it down").click()
    expect(told(page).or_(page.get_by_text("withdrawn")).first).to_be_visible()


def expect_gone_and_then_covered(
    page: Page, photo: Photo, wall: Wall, known: Known, do_work: Callable[[], int]
) -> None:
    """Off the record at once, with all its files; back when nothing of the note is left on it."""
    taken_back = Note.objects.get(ending=Note.Ending.WITHDRAWN)
    box = taken_back.regions.get().box
    for address in (photo.get_absolute_url(), f"{photo.files_address}huge.jpg"):
        assert page.request.get(address).status == 404
    do_work()
    photo.refresh_from_db()
    page.goto(photo.get_absolute_url())
    expect(page.get_by_alt_text(ALT)).to_be_visible()
    expect(page.locator("svg a")).to_have_count(len(known) - 1)
    shown = Image.open(BytesIO(page.request.get(f"{photo.files_address}huge.jpg").body()))
    assert ink(wall.picture, box) > 50
    assert ink(shown, box) == 0


def ink(picture: Image.Image, box: Box) -> int:
    """How many pixels of a box are as dark as the pen."""
    left, top, width, height = box
    inside = picture.convert("L").crop((left, top, left + width, top + height))
    return sum(inside.histogram()[:90])
