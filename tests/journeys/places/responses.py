"""Pages of boards and of what else the room is asked, and of the notes themselves."""

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused

SAMPLE = Path(__file__).resolve().parents[2] / "responses" / "samples" / "whole_wall.txt"


def give_one_number_twice(page: Page) -> None:
    for place in (0, 1):
        page.get_by_role("combobox").nth(place).select_option("1")
    page.get_by_role("button", name="Keep my choice").click()
    page.get_by_role("alert").wait_for()


def look_at_a_transcript(page: Page) -> None:
    page.get_by_label("The text itself").fill(SAMPLE.read_text())
    page.get_by_role("button", name="Look at what it holds").click()
    page.get_by_role("heading", name="What the transcript holds").wait_for()


RESPONSES = {
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
    "answer with errors": Place("answer_station", step=refused("Stick it up")),
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
    "note from paper": Place("note", 1),
    "note on a photograph": Place("note", 3),
    "note on a photograph, to an organiser": Place("note", 3, viewer="organiser"),
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
    "copying an event": Place("event_copy", viewer="organiser"),
    "cards": Place("cards"),
    "cards of one who takes part": Place("cards", viewer="guest"),
    "new cards": Place("cards_new", viewer="organiser"),
    "new cards with errors": Place("cards_new", viewer="organiser", step=refused("Make the cards")),
    "counting the room": Place("cards_count", viewer="organiser"),
    "console of cards": Place("cards_facilitate", viewer="organiser"),
    "cards on the big screen": Place("cards_projector"),
    "drawing": Place("drawing"),
    "drawing with errors": Place("drawing", step=refused("Hang it")),
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
    "receipt of a sheet that waits": Place("receipt", 1),
    "receipt of a note on a photograph": Place("receipt", 2),
    "taking a sheet back": Place("receipt_withdraw", 1),
    "my notes": Place("my_notes", viewer="guest"),
    "import": Place("import_transcript", viewer="organiser"),
    "preview of an import": Place("import_transcript", viewer="organiser", step=look_at_a_transcript),
    "ending the letters of one note": Place("news_stop_note"),
    "following a note by mail": Place("receipt_follow"),
}
