"""What facilitators and moderators do with single notes: show, hide with a reason, take that back, pin."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from events.reach import must_moderate
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import take_off_the_pin
from responses.changes import append_change, locked
from responses.models import Board, Change, Moderation, Note
from responses.telling import tell_followers

LONGEST_REASON = 300  # characters
# What is tapped most often; each is shown to whoever wrote the note.
REASONS = (
    "It names somebody who did not ask for that.",
    "It could hurt somebody here.",
    "It is about something else. Please stick it up where it belongs.",
    "It seems to be a test or a slip.",
)


def show_note(note: Note, *, by: Viewer | None, reading: int | None = None) -> None:
    """Put a note that waits or was hidden on the wall.

    With `reading`, the number of the reading that was looked at, it refuses words that came
    after: nobody shows what they have not seen.
    """
    with _note_run(note, by) as (board, note):
        if note.moderation == Moderation.SHOWN:
            return
        if reading is not None and reading != note.readings.count():
            raise Refused(_("Whoever wrote this note changed it just now. Read it again, then show it."))
        _moderate(board, note, Moderation.SHOWN, Change.Kind.NOTE_SHOWN, by=by)


def hide_note(note: Note, why: str, *, by: Viewer | None) -> None:
    """Take a note off the wall, or out of the queue, for a reason that its writer is shown."""
    why = why.strip()
    if not why:
        raise Refused(_("Say why, in a few words: whoever wrote the note is shown them."))
    if len(why) > LONGEST_REASON:
        raise Refused(
            _("That reason has %(number)s characters. %(longest_reason)s have to do.")
            % {"number": len(why), "longest_reason": LONGEST_REASON}
        )
    with _note_run(note, by) as (board, note):
        if (note.moderation, note.moderation_why) != (Moderation.HIDDEN, why):
            _moderate(board, note, Moderation.HIDDEN, Change.Kind.NOTE_HIDDEN, by=by, why=why)
            tell_followers(note, "hidden")


def undo_hiding(note: Note, *, by: Viewer | None) -> None:
    """Put a hidden note back where it was: on the wall, or in the queue if nobody had shown it."""
    with _note_run(note, by) as (board, note):
        if note.moderation != Moderation.HIDDEN:
            return
        if _was_on_the_wall(board, note):
            _moderate(board, note, Moderation.SHOWN, Change.Kind.NOTE_SHOWN, by=by, why="Hiding undone.")
        else:
            _let_wait(board, note, by=by)


def undo_showing(note: Note, *, by: Viewer | None) -> None:
    """Put a note that was shown back into the queue."""
    with _note_run(note, by) as (board, note):
        if note.moderation == Moderation.SHOWN:
            _let_wait(board, note, by=by)


def pin_note(note: Note, *, by: Viewer | None) -> None:
    """Pin one note to the wall, in place of the one that was pinned; only what is on the wall."""
    with _note_run(note, by) as (board, note):
        if board.pinned_note_id == note.pk:
            return
        if not Note.objects.on_the_wall().filter(pk=note.pk).exists():
            raise Refused(_("Only a note that everybody can see on the wall can be pinned. Show it first."))
        board.pinned_note = note
        board.save(update_fields=["pinned_note"])
        append_change(board, Change.Kind.NOTE_PINNED, by=by, note=note)
        leave_trace(Change.Kind.NOTE_PINNED, note, by=by)


def unpin_note(note: Note, *, by: Viewer | None) -> None:
    with locked(note.board) as board:
        must_moderate(board.event, by)
        take_off_the_pin(board, note, by=by)


@contextmanager
def _note_run(note: Note, by: Viewer | None) -> Iterator[tuple[Board, Note]]:
    """The board, locked, and a standing note on it, for those who moderate the event."""
    with locked(note.board) as board:
        must_moderate(board.event, by)
        note = Note.objects.select_related("station").get(pk=note.pk)
        if note.withdrawn_at:
            raise Refused(_("This note was withdrawn meanwhile. Nothing of it is left."))
        if note.hand_count_id:
            raise Refused(_("This mark was counted with others. Take the whole count back instead."))
        yield board, note


def _moderate(
    board: Board, note: Note, to: Moderation, kind: Change.Kind, *, by: Viewer | None, why: str = ""
) -> None:
    note.moderation, note.moderation_why = to, why if to == Moderation.HIDDEN else ""
    note.save(update_fields=["moderation", "moderation_why"])
    append_change(board, kind, by=by, note=note)
    leave_trace(kind, note, by=by, why=why)
    if to != Moderation.SHOWN:
        take_off_the_pin(board, note, by=by)


def _let_wait(board: Board, note: Note, *, by: Viewer | None) -> None:
    _moderate(board, note, Moderation.WAITING, Change.Kind.NOTE_HIDDEN, by=by, why="Back in the queue.")


def _was_on_the_wall(board: Board, note: Note) -> bool:
    """Whether the words of a hidden note were on the wall just before they were hidden."""
    acts = (Change.Kind.NOTE_SHOWN, Change.Kind.NOTE_HIDDEN, Change.Kind.NOTE_CORRECTED)
    done = note.changes.filter(kind__in=acts).order_by("-number").values_list("kind", flat=True)
    for kind in done[1:]:  # before the last one, which hid it
        if kind != Change.Kind.NOTE_CORRECTED or board.moderates_words:
            return kind == Change.Kind.NOTE_SHOWN
    return not board.moderates_words
