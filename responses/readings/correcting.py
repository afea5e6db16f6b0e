"""What becomes of a correction by whoever wrote a note on paper: one more reading, that waits."""

from django.db.models import Max
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change
from responses.models import Board, Change, Moderation, Note, Reading
from responses.readings.saying import removes
from responses.transcription import read_markup, text_state_of, to_markup


def offer_correction(board: Board, note: Note, words: str, *, by: Viewer) -> Reading | None:
    """Add what the writer of a note from paper says it says; it waits for a ruling.

    The words that everybody sees stay until somebody accepts the correction; a note that was
    hidden waits from now on. None where the note, or the newest correction, says so already.
    The board is locked.
    """
    pieces = read_markup(words, imported=False)
    if removes(words):
        raise Refused(_("Only the organisers take something out. Leave out what should not be read."))
    text = to_markup(pieces)
    newest = note.readings.order_by("-number").first()
    is_there = newest and newest.witness == Reading.Witness.AUTHOR and newest.is_held and newest.text == text
    if is_there or text == note.text:
        return None
    reading = note.readings.create(
        number=(note.readings.aggregate(last=Max("number"))["last"] or 0) + 1,
        witness=Reading.Witness.AUTHOR,
        text=text,
        text_state=text_state_of(pieces),
        mark=note.mark,
        is_held=True,
        token=board.token_of(by),
    )
    leave_trace("correction_offered", note, by=by.as_participant)
    if note.moderation == Moderation.HIDDEN:
        _let_wait(board, note, by=by)
    return reading


def _let_wait(board: Board, note: Note, *, by: Viewer) -> None:
    """Put a hidden note before the organisers again; what it said so far stays out of sight for good."""
    note.readings.update(is_held=True)
    note.moderation = Moderation.WAITING
    note.save(update_fields=["moderation"])
    append_change(board, Change.Kind.NOTE_CORRECTED, by=by.as_participant, note=note)
