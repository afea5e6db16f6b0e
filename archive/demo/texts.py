"""Invented second versions of a write-up and of a post: a correction, and what waits to be published."""

from events.models import Event
from journal.blocks import Block
from journal.models import Post
from journal.publishing import publish_text
from journal.writing import latest_of, save_version, writing_of
from people.guests import ANYBODY, Viewer
from responses.models import Note

EVENT, POST = "values-and-principles", "both-numbers-stay"
PENS = (
    "<p>Two sheets shared one pen, so the room went round them twice. An earlier version of this page "
    "said that every sheet had a pen of its own.</p>"
)
NUMBERS = "<p>The two numbers are the one written on the sheet and the one that we counted.</p>"
COME = "<h2>What comes next</h2><p>To be agreed with the room.</p>"
WRONG_PENS = "How many pens there were was wrong."
WHICH_NUMBERS = "Says which two numbers are meant."


def change_texts(*, by: Viewer) -> None:
    """A correction that readers see, and a version that only those who write see."""
    event = Event.objects.get(slug=EVENT)
    change(event, [words("demo1", PENS), a_cited_note()], by=by, why=WRONG_PENS, is_correction=True)
    writing = writing_of(event, by=by)
    to_come = [*latest_of(writing).blocks, words("demo3", COME)]
    save_version(writing, to_come, by=by, based_on=writing.version)
    change(Post.objects.get(slug=POST), [words("demo4", NUMBERS)], by=None, why=WHICH_NUMBERS)


def words(name: str, html: str) -> Block:
    return {"id": name, "kind": "text", "html": html}


def change(
    of: Event | Post, added: list[Block], *, by: Viewer | None, why: str, is_correction: bool = False
) -> None:
    """Its text with more at the end, before its readers."""
    writing = writing_of(of, by=by)
    blocks = [*latest_of(writing).blocks, *added]
    save_version(writing, blocks, by=by, based_on=writing.version, why=why, is_correction=is_correction)
    publish_text(writing, by=by)


def a_cited_note() -> Block:
    notes = Note.objects.visible_to(ANYBODY).filter(board__slug="demo-wall").exclude(text="")
    return {"id": "demo2", "kind": "note", "note": notes.in_order()[0].identifier}
