"""Pages of paper walls: photographs, boxes, readings and packs."""

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused


def save_no_box(page: Page) -> None:
    page.get_by_role("button", name="Add a box").click()
    row = page.locator(".boxrow").last
    row.get_by_label("Width").fill("0")
    page.get_by_role("button", name="Save all boxes", exact=True).click()
    page.get_by_role("alert").wait_for()


def look_for_paper(page: Page) -> None:
    page.get_by_role("button", name="Look for coloured paper").click()
    page.get_by_role("heading", name="suggested").wait_for()


def print_nothing(page: Page) -> None:
    page.get_by_label("Note sheets for each heading").fill("0")
    page.get_by_role("button", name="Make the pack").click()
    page.get_by_role("alert").wait_for()


def save_no_reading(page: Page) -> None:
    page.get_by_label("What it says").fill("so [sic] the [2 words]")
    page.get_by_role("button", name="Save and read").click()
    page.get_by_role("alert").wait_for()


def look_how_it_reads(page: Page) -> None:
    page.get_by_label("What it says").press_sequentially("so [sic] the [2 words] [budget?]")
    page.get_by_text("2 words missing, 1 guess.", exact=True).first.wait_for()


def read_it(page: Page) -> None:
    page.get_by_role("radio", name="Some of them").check()
    page.get_by_label("What it says").fill("Say [...] decides")
    page.get_by_role("radio", name="Bubble").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Other readings").wait_for()


PAPER = {
    "what there is to read": Place("reading"),
    "what there is to read, to a reader": Place("reading", viewer="organiser"),
    "reading desk": Place("read_note", viewer="organiser", step=look_how_it_reads),
    "reading desk with errors": Place("read_note", viewer="organiser", step=save_no_reading),
    "deciding about a note on a photograph": Place("note_rule", 1, viewer="organiser"),
    "deciding what a note says": Place("note_rule", viewer="organiser"),
    "ready for a ruling": Place("rulings", viewer="organiser"),
    "asking the room": Place("ask_room", viewer="organiser"),
    "what a link asks": Place("asked"),
    "note that a link asks about": Place("asked_note", step=look_how_it_reads),
    "note one has read": Place("asked_note", step=read_it),
    "photographs": Place("photos"),
    "photographs of an organiser": Place("photos", viewer="organiser"),
    "adding photographs": Place("photos_add", viewer="organiser"),
    "adding no photographs": Place("photos_add", viewer="organiser", step=refused("Send them")),
    "photograph": Place("photo"),
    "photograph of an organiser": Place("photo", viewer="organiser"),
    "describing a photograph": Place("photo_edit", viewer="organiser"),
    "covering a part of a photograph": Place("photo_cover", viewer="organiser"),
    "covering nothing": Place("photo_cover", viewer="organiser", step=refused("Look at it first")),
    "boxes on a photograph": Place("photo_boxes", viewer="organiser"),
    "boxes with errors": Place("photo_boxes", viewer="organiser", step=save_no_box),
    "boxes suggested": Place("photo_boxes", viewer="organiser", step=look_for_paper),
    "pictures and the transcript": Place("board_match", viewer="organiser"),
    "taking a photograph down": Place("photo_take_down", viewer="organiser"),
    "choosing what to print": Place("board_print", viewer="organiser"),
    "printing no sheets": Place("board_print", viewer="organiser", step=print_nothing),
    "pack to print": Place("board_pack", viewer="organiser"),
    "which note is on which sheet": Place("board_sheets", viewer="organiser"),
}
