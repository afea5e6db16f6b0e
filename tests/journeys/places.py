"""The pages that are looked at one by one, how to get to each, and as whom."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page

from tools.pages import EXAMPLES

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


def make_nothing(page: Page) -> None:
    page.get_by_role("button", name="Make the cards").click()
    page.get_by_role("alert").wait_for()


def look_at_a_transcript(page: Page) -> None:
    page.get_by_label("The text itself").fill(SAMPLE.read_text())
    page.get_by_role("button", name="Look at what it holds").click()
    page.get_by_role("heading", name="What the transcript holds").wait_for()


def ask_for_a_code(page: Page) -> None:
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Type the code we sent").wait_for()


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
    "note": Place("note"),
    "withdrawn note": Place("note", 2, status=410),
    "looking up a receipt": Place("receipt_lookup"),
    "receipt": Place("receipt"),
    "taking a note down": Place("receipt_withdraw"),
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
