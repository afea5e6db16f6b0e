"""Makers of blocks and texts, for tests anywhere."""

from events.models import Event
from journal.models import Post, Version
from journal.publishing import publish_text
from journal.writing import save_version, writing_of
from people.guests import Viewer

type Block = dict[str, str]


def words(html: str = "<p>We read the wall.</p>", name: str = "a1") -> Block:
    return {"id": name, "kind": "text", "html": html}


def quoted(text: str, said_by: str = "", name: str = "q1", quotation: str = "") -> Block:
    return {"id": name, "kind": "quotation", "text": text, "said_by": said_by, "quotation": quotation}


def names(kind: str, identifier: str, name: str = "n1") -> Block:
    """A block that names a row."""
    field = {"file": "attachment"}.get(kind, kind)
    return {"id": name, "kind": kind, field: identifier} | ({"excerpt": ""} if kind == "story" else {})


def saved(of: Event | Post, *blocks: Block, by: Viewer, why: str = "") -> Version:
    """The next version of its text."""
    writing = writing_of(of, by=by)
    return save_version(writing, list(blocks), by=by, based_on=writing.version, why=why)


def published(of: Event | Post, *blocks: Block, by: Viewer, why: str = "Changed.") -> Version:
    """The next version of its text, before its readers."""
    version = saved(of, *blocks, by=by, why=why)
    return publish_text(version.writing, by=by)
