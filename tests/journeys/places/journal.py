"""Pages of posts, write-ups, stories and comments."""

import re

from playwright.sync_api import Page

from tests.journeys.places.place import Place, refused


def publish_too_early(page: Page) -> None:
    page.get_by_role("button", name="Quotation", exact=True).last.click()
    page.get_by_role("group", name="Quotation").last.get_by_label("Who said it").fill("One table")
    page.get_by_role("button", name=re.compile("^Publish")).click()
    page.get_by_role("heading", name="Before you publish").wait_for()


JOURNAL = {
    "post with a picture and a file": Place("/journal/what-a-sticky-note-is/"),
    "promises in a write-up": Place("event_promises_found", viewer="organiser"),
    "promises in a post": Place("post_promises_found", viewer="organiser"),
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
    "putting in a film, with errors": Place(
        "event_enclose", 1, viewer="organiser", step=refused("Put it in")
    ),
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
    "new post with errors": Place("post_new", viewer="organiser", step=refused("Begin", exact=True)),
    "about a post": Place("post_edit", viewer="organiser"),
    "series of posts": Place("post_series"),
    "posts with a tag": Place("post_tag"),
    "stories": Place("story_calls"),
    "stories, to an organiser": Place("story_calls", viewer="organiser"),
    "call for stories": Place("story_call"),
    "new call with errors": Place("story_call_new", viewer="organiser", step=refused("Make the call")),
    "changing a call": Place("story_call_edit", viewer="organiser"),
    "telling a story": Place("story_tell"),
    "telling a story with errors": Place("story_tell", step=refused("Send the story")),
    "story": Place("story"),
    "one's own story": Place("my_story"),
    "one's own story that waits": Place("my_story", 1),
    "comment": Place("event_comment"),
    "comment with errors": Place("event_comment", step=refused("Send it")),
    "comment on a page that is closed": Place("post_comment"),
    "one's own comment": Place("my_comment"),
    "one's own comment that waits": Place("my_comment", 1),
    "one's own comment that is not shown": Place("my_comment", 2),
    "report": Place("report"),
    "report with errors": Place("report", step=refused("Send the report")),
}
