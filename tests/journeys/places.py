"""The pages that are looked at one by one, how to get to each, and as whom."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page

from tools.examples import EXAMPLES

SAMPLE = Path(__file__).resolve().parent.parent / "responses" / "samples" / "whole_wall.txt"
Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its route or address, which example of the demo, who looks, and what they do there first."""

    route: str
    example: int = 0
    viewer: str = "anybody"
    step: Step | None = None
    status: int = 200

    @property
    def path(self) -> str:
        if self.route.startswith("/"):
            return self.route
        return reverse(
            self.route, args=EXAMPLES[self.route]()[self.example] if self.route in EXAMPLES else ()
        )


def send_nothing(page: Page) -> None:
    page.get_by_role("button", name="Stick it up").click()
    page.get_by_role("alert").wait_for()


def give_one_number_twice(page: Page) -> None:
    for place in (0, 1):
        page.get_by_role("combobox").nth(place).select_option("1")
    page.get_by_role("button", name="Keep my choice").click()
    page.get_by_role("alert").wait_for()


def hang_nothing(page: Page) -> None:
    page.get_by_role("button", name="Hang it").click()
    page.get_by_role("alert").wait_for()


def save_no_box(page: Page) -> None:
    page.get_by_role("button", name="Add a box").click()
    row = page.locator(".boxrow").last
    row.get_by_label("Width").fill("0")
    page.get_by_role("button", name="Save all boxes", exact=True).click()
    page.get_by_role("alert").wait_for()


def look_for_paper(page: Page) -> None:
    page.get_by_role("button", name="Look for coloured paper").click()
    page.get_by_role("heading", name="suggested").wait_for()


def send_no_photographs(page: Page) -> None:
    page.get_by_role("button", name="Send them").click()
    page.get_by_role("alert").wait_for()


def cover_nothing(page: Page) -> None:
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("alert").wait_for()


def make_nothing(page: Page) -> None:
    page.get_by_role("button", name="Make the cards").click()
    page.get_by_role("alert").wait_for()


def look_at_a_transcript(page: Page) -> None:
    page.get_by_label("The text itself").fill(SAMPLE.read_text())
    page.get_by_role("button", name="Look at what it holds").click()
    page.get_by_role("heading", name="What the transcript holds").wait_for()


def print_nothing(page: Page) -> None:
    page.get_by_label("Note sheets for each heading").fill("0")
    page.get_by_role("button", name="Make the pack").click()
    page.get_by_role("alert").wait_for()


def ask_for_a_code(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Type the code we sent").wait_for()


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


PLACES = {
    "front": Place("front"),
    "list of events": Place("event_list"),
    "event": Place("event", 1),
    "series": Place("series"),
    "list of principles": Place("principle_list"),
    "principle set": Place("principle_set"),
    "principle": Place("principle"),
    "wording": Place("wording"),
    "board": Place("board"),
    "board of a transcript": Place("board", 1),
    "board of a photographed wall": Place("board", 2),
    "board of a photographed wall, of an organiser": Place("board", 2, viewer="organiser"),
    "board of one who takes part": Place("board", viewer="guest"),
    "board of an organiser": Place("board", viewer="organiser"),
    "live board": Place("board_live"),
    "live board of an organiser": Place("board_live", viewer="organiser"),
    "choice of a heading": Place("answer"),
    "answer": Place("answer_station"),
    "answer with errors": Place("answer_station", step=send_nothing),
    "join form": Place("join"),
    "wrong code": Place("/j/ZZZZ2345/", status=404),
    "join page": Place("join_code"),
    "join sheet": Place("join_sheet", viewer="organiser"),
    "big screen": Place("board_projector", viewer="organiser"),
    "big screen of a stranger": Place("board_projector"),
    "big screen of a closed board": Place("board_projector", 1),
    "counting hands": Place("board_count", viewer="organiser"),
    "the same words twice": Place("board_merges", viewer="organiser"),
    "counts side by side": Place("board_counts"),
    "counts of an organiser": Place("board_counts", viewer="organiser"),
    "counts with a reason": Place("board_counts", 1, viewer="organiser"),
    "deciding about a note on a photograph": Place("note_rule", 1, viewer="organiser"),
    "deciding what a note says": Place("note_rule", viewer="organiser"),
    "ready for a ruling": Place("rulings", viewer="organiser"),
    "note from paper": Place("note", 1),
    "note on a photograph": Place("note", 3),
    "note on a photograph, to an organiser": Place("note", 3, viewer="organiser"),
    "event of an organiser": Place("event", 1, viewer="organiser"),
    "what there is to read": Place("reading"),
    "what there is to read, to a reader": Place("reading", viewer="organiser"),
    "reading desk": Place("read_note", viewer="organiser", step=look_how_it_reads),
    "reading desk with errors": Place("read_note", viewer="organiser", step=save_no_reading),
    "asking the room": Place("ask_room", viewer="organiser"),
    "what a link asks": Place("asked"),
    "note that a link asks about": Place("asked_note", step=look_how_it_reads),
    "note one has read": Place("asked_note", step=read_it),
    "link that leads nowhere": Place("/ask/nothing/", status=404),
    "console of a board": Place("board_facilitate", viewer="organiser"),
    "choice of a layout": Place("board_new", viewer="organiser"),
    "poll": Place("poll"),
    "poll to choose in": Place("poll", 1),
    "poll with errors": Place("poll", 1, step=give_one_number_twice),
    "suggestion": Place("option"),
    "desk of a suggestion": Place("option_desk", viewer="organiser"),
    "new poll": Place("poll_new", viewer="organiser"),
    "suggestion said aloud": Place("poll_add", viewer="organiser"),
    "parts of the day": Place("agenda", viewer="organiser"),
    "part of the day": Place("agenda_item", viewer="organiser"),
    "cards": Place("cards"),
    "cards of one who takes part": Place("cards", viewer="guest"),
    "new cards": Place("cards_new", viewer="organiser"),
    "new cards with errors": Place("cards_new", viewer="organiser", step=make_nothing),
    "counting the room": Place("cards_count", viewer="organiser"),
    "console of cards": Place("cards_facilitate", viewer="organiser"),
    "cards on the big screen": Place("cards_projector"),
    "drawing": Place("drawing"),
    "drawing with errors": Place("drawing", step=hang_nothing),
    "new drawing": Place("drawing_new", viewer="organiser"),
    "console of a drawing": Place("drawing_facilitate", viewer="organiser"),
    "drawing on the big screen": Place("drawing_projector"),
    "picture": Place("picture"),
    "withdrawn picture": Place("picture", 1, status=410),
    "desk of a picture": Place("picture_desk", viewer="organiser"),
    "one's own picture": Place("picture_receipt"),
    "taking a picture down": Place("picture_receipt_withdraw"),
    "photographs": Place("photos"),
    "photographs of an organiser": Place("photos", viewer="organiser"),
    "adding photographs": Place("photos_add", viewer="organiser"),
    "adding no photographs": Place("photos_add", viewer="organiser", step=send_no_photographs),
    "photograph": Place("photo"),
    "photograph of an organiser": Place("photo", viewer="organiser"),
    "describing a photograph": Place("photo_edit", viewer="organiser"),
    "covering a part of a photograph": Place("photo_cover", viewer="organiser"),
    "covering nothing": Place("photo_cover", viewer="organiser", step=cover_nothing),
    "boxes on a photograph": Place("photo_boxes", viewer="organiser"),
    "boxes with errors": Place("photo_boxes", viewer="organiser", step=save_no_box),
    "boxes suggested": Place("photo_boxes", viewer="organiser", step=look_for_paper),
    "pictures and the transcript": Place("board_match", viewer="organiser"),
    "taking a photograph down": Place("photo_take_down", viewer="organiser"),
    "note": Place("note"),
    "withdrawn note": Place("note", 2, status=410),
    "looking up a receipt": Place("receipt_lookup"),
    "receipt": Place("receipt"),
    "taking a note down": Place("receipt_withdraw"),
    "receipt of a sheet that waits": Place("receipt", 1),
    "receipt of a note on a photograph": Place("receipt", 2),
    "taking a sheet back": Place("receipt_withdraw", 1),
    "choosing what to print": Place("board_print", viewer="organiser"),
    "printing no sheets": Place("board_print", viewer="organiser", step=print_nothing),
    "pack to print": Place("board_pack", viewer="organiser"),
    "which note is on which sheet": Place("board_sheets", viewer="organiser"),
    "my notes": Place("my_notes", viewer="guest"),
    "archive": Place("archive"),
    "promises": Place("promises"),
    "journal": Place("journal"),
    "post": Place("post"),
    "desk": Place("desk", viewer="organiser"),
    "import": Place("import_transcript", viewer="organiser"),
    "preview of an import": Place("import_transcript", viewer="organiser", step=look_at_a_transcript),
    "sign-in": Place("account_login"),
    "code": Place("account_login", step=ask_for_a_code),
    "about": Place("about"),
    "nothing here": Place("/nothing-here/", status=404),
}
