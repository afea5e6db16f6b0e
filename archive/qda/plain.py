"""Text whose places can be counted: what a note says in a source, and nothing that moves a place."""

import unicodedata

from archive.rows import words_may_go
from archive.tei.pieces import UNWRITABLE
from responses.models import Note, TextState

# What stands where a note has no words, so that it can be coded too.
WORDLESS = {
    TextState.NO_TEXT: "[no text]",
    TextState.ILLEGIBLE: "[illegible]",
    TextState.WAITING: "[not read yet]",
    TextState.DRAWING: "[drawing]",
}
KEPT = "[kept by those who were there]"
NOT_FREE = "[not free for research]"


def fit(text: str) -> str:
    """`text` in NFC with LF, one mark in the place of each character that XML cannot hold.

    A place in it is counted in code points; a program that counts bytes or UTF-16 units would
    miscount whatever we did.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub("\ufffd", unicodedata.normalize("NFC", lines))


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(fit(text).split())


def said_of(note: Note, *, sees_all: bool) -> str:
    """What the source has of `note`: its words where consent lets them go, and never nothing."""
    if not note.text:
        return WORDLESS.get(TextState(note.text_state), "[no text]")
    if not words_may_go(note.consent, sees_all=sees_all):
        return NOT_FREE if note.consent.public else KEPT
    return fit(note.plain) or "[no text]"
