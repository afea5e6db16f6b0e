"""A thread: all that one can show is theirs, and what came of it."""

from collections.abc import Sequence

from archive.thread.pieces import Thread, in_order
from archive.thread.said import choices_of, notes_of, options_of, pictures_of, sheets_of, stands_of
from archive.thread.sent import comments_of, marks_of, signatures_of, stories_of
from coproduce.identifiers import tidy
from journal.models import Comment, Story
from people.guests import ANYBODY, Viewer
from responses.models import Note, Picture, Stub


def thread_of(viewer: Viewer, codes: Sequence[str] = ()) -> Thread:
    """What `viewer` left with their cookie or account, and what the receipts `codes` stand for.

    The number of queries does not grow with what there is.
    """
    return in_order(
        [
            *notes_of(viewer, codes),
            *sheets_of(codes),
            *pictures_of(viewer, codes),
            *options_of(viewer),
            *choices_of(viewer),
            *stands_of(viewer),
            *marks_of(viewer),
            *comments_of(viewer, codes),
            *stories_of(viewer, codes),
            *signatures_of(viewer),
        ]
    )


def thread_of_receipt(typed: str) -> Thread | None:
    """What one receipt stands for, however it was typed, and what came of that; None where it fits nothing.

    It is the same for whoever holds it: a receipt opens nothing but its own.
    """
    code = tidy(typed)
    found = thread_of(ANYBODY, [code]) if code else Thread()
    return found if found.total else None


def fits(code: str) -> bool:
    """Whether a receipt stands for anything here."""
    return any(model.objects.with_receipt(code).exists() for model in (Note, Picture, Stub, Comment, Story))
