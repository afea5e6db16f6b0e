"""The pages that are looked at one by one, how to get to each, and as whom."""

import re
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


def plan_nothing(page: Page) -> None:
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("alert").wait_for()


def sign_nobody_up(page: Page) -> None:
    page.get_by_role("button", name="waiting list").click()
    page.get_by_role("alert").wait_for()


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


def invite_nobody(page: Page) -> None:
    page.get_by_role("button", name="Send the invitation").click()
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


def list_without_a_basis(page: Page) -> None:
    page.get_by_role("button", name="List them").click()
    page.get_by_role("alert").wait_for()


def end_without_an_address(page: Page) -> None:
    page.get_by_role("button", name="End my account").click()
    page.get_by_role("alert").wait_for()


def ask_without_an_address(page: Page) -> None:
    page.get_by_role("button", name="Ask for the letters").click()
    page.get_by_role("alert").wait_for()


def begin_nothing(page: Page) -> None:
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("alert").wait_for()


def say_nothing(page: Page) -> None:
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("alert").wait_for()


def report_nothing(page: Page) -> None:
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("alert").wait_for()


def tell_nothing(page: Page) -> None:
    page.get_by_role("button", name="Send the story").click()
    page.get_by_role("alert").wait_for()


def call_for_nothing(page: Page) -> None:
    page.get_by_role("button", name="Make the call").click()
    page.get_by_role("alert").wait_for()


def publish_too_early(page: Page) -> None:
    page.get_by_role("button", name="Quotation", exact=True).last.click()
    page.get_by_role("group", name="Quotation").last.get_by_label("Who said it").fill("One table")
    page.get_by_role("button", name=re.compile("^Publish")).click()
    page.get_by_role("heading", name="Before you publish").wait_for()


def put_nothing_in(page: Page) -> None:
    page.get_by_role("button", name="Put it in").click()
    page.get_by_role("alert").wait_for()


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
    "new event": Place("event_new", viewer="organiser"),
    "new event with errors": Place("event_new", viewer="organiser", step=plan_nothing),
    "changing an event": Place("event_edit", viewer="organiser"),
    "what to do next": Place("event_state", viewer="organiser"),
    "copying an event": Place("event_copy", viewer="organiser"),
    "new series": Place("series_new", viewer="organiser"),
    "changing a series": Place("series_edit", viewer="organiser"),
    "event to come": Place("/events/demo-a-reading-afternoon/"),
    "event that is called off": Place("/events/demo-a-walk-past-the-sheets/"),
    "draft of an event": Place("/events/demo-a-second-reading-afternoon/", viewer="organiser"),
    "record with a film": Place("event"),
    "post with a picture and a file": Place("/journal/what-a-sticky-note-is/"),
    "signing up": Place("sign_up"),
    "signing up with errors": Place("sign_up", step=sign_nobody_up),
    "place at an event": Place("my_sign_up"),
    "place on the waiting list": Place("my_sign_up", 1),
    "place to confirm": Place("my_sign_up", 2),
    "who comes": Place("sign_ups", viewer="organiser"),
    "who helps": Place("event_roles", viewer="organiser"),
    "who helps, with errors": Place("event_roles", viewer="organiser", step=invite_nobody),
    "what was done at an event": Place("event_log", viewer="organiser"),
    "invitation that was taken back": Place("/invitations/demo-taken-back/", status=410),
    "roles over the whole site": Place("roles", viewer="steward"),
    "the log": Place("log", viewer="steward"),
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
    "versions of a write-up": Place("event_versions"),
    "versions, to those who write": Place("event_versions", viewer="organiser"),
    "earlier version": Place("event_version"),
    "version to bring back": Place("event_version", 1, viewer="organiser"),
    "version that waits": Place("event_version", 2, viewer="organiser"),
    "what changed": Place("event_compare"),
    "versions of a post": Place("post_versions"),
    "version of a post": Place("post_version"),
    "what changed in a post": Place("post_compare"),
    "writing": Place("event_write", viewer="organiser"),
    "writing with things to put right": Place("event_write", viewer="organiser", step=publish_too_early),
    "preview of a write-up": Place("event_preview", viewer="organiser"),
    "choosing photographs": Place("event_enclose", viewer="organiser"),
    "putting in a film, with errors": Place("event_enclose", 1, viewer="organiser", step=put_nothing_in),
    "putting in a file": Place("event_enclose", 2, viewer="organiser"),
    "citing a note": Place("event_enclose", 3, viewer="organiser"),
    "weaving in a story": Place("event_enclose", 4, viewer="organiser"),
    "writing a post": Place("post_write", viewer="organiser"),
    "putting in a picture": Place("post_enclose", viewer="organiser"),
    "film": Place("film"),
    "changing what is said of a film": Place("film_edit", viewer="organiser"),
    "deleting a file": Place("attachment_edit", viewer="organiser"),
    "changing what is said of a picture": Place("illustration_edit", viewer="organiser"),
    "post": Place("post"),
    "post of an author": Place("post", viewer="organiser"),
    "new post with errors": Place("post_new", viewer="organiser", step=begin_nothing),
    "about a post": Place("post_edit", viewer="organiser"),
    "series of posts": Place("post_series"),
    "posts with a tag": Place("post_tag"),
    "stories": Place("story_calls"),
    "stories, to an organiser": Place("story_calls", viewer="organiser"),
    "call for stories": Place("story_call"),
    "new call with errors": Place("story_call_new", viewer="organiser", step=call_for_nothing),
    "changing a call": Place("story_call_edit", viewer="organiser"),
    "telling a story": Place("story_tell"),
    "telling a story with errors": Place("story_tell", step=tell_nothing),
    "story": Place("story"),
    "one's own story": Place("my_story"),
    "one's own story that waits": Place("my_story", 1),
    "comment": Place("event_comment"),
    "comment with errors": Place("event_comment", step=say_nothing),
    "comment on a page that is closed": Place("post_comment"),
    "one's own comment": Place("my_comment"),
    "one's own comment that waits": Place("my_comment", 1),
    "one's own comment that is not shown": Place("my_comment", 2),
    "report": Place("report"),
    "report with errors": Place("report", step=report_nothing),
    "desk": Place("desk", viewer="organiser"),
    "queue": Place("queue", viewer="organiser"),
    "import": Place("import_transcript", viewer="organiser"),
    "preview of an import": Place("import_transcript", viewer="organiser", step=look_at_a_transcript),
    "sign-in": Place("account_login"),
    "code": Place("account_login", step=ask_for_a_code),
    "about": Place("about"),
    "people": Place("people"),
    "people, to an organiser": Place("people", viewer="organiser"),
    "person": Place("person"),
    "person who is not listed": Place("person", 1, viewer="organiser"),
    "putting somebody on record": Place("person_new", viewer="organiser"),
    "changing what is said of somebody": Place("person_edit", viewer="organiser", step=list_without_a_basis),
    "inviting somebody on record": Place("person_invite", viewer="organiser"),
    "organisations": Place("organisations"),
    "organisation": Place("organisation", viewer="organiser"),
    "new organisation": Place("organisation_new", viewer="organiser"),
    "changing an organisation": Place("organisation_edit", viewer="organiser"),
    "what the site says of oneself": Place("profile", viewer="organiser"),
    "what is held on oneself": Place("own_data", viewer="organiser"),
    "ending an account": Place("account_end", viewer="organiser", step=end_without_an_address),
    "work in the background": Place("work", viewer="steward"),
    "news by mail": Place("news"),
    "news by mail with errors": Place("news", step=ask_without_an_address),
    "what letters go to an address": Place("news_own"),
    "confirming an address": Place("news_own", 1),
    "ending letters": Place("news_stop"),
    "ending the letters of one note": Place("news_stop_note"),
    "letters that were ended": Place("/news/nothing/", status=410),
    "letters of an account": Place("news_account", viewer="organiser"),
    "following a note by mail": Place("receipt_follow"),
    "nothing here": Place("/nothing-here/", status=404),
}
