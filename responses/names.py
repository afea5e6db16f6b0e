"""The name somebody chose to show with their note: who sees it, and taking it off."""

from people.guests import Viewer
from people.trace import leave_trace
from responses.board import own_note
from responses.changes import append_change
from responses.live.audiences import Audience, audience_of
from responses.models import Activity, Change, Note


def sees_names(activity: Activity, viewer: Viewer) -> bool:
    """Whether names are shown to `viewer`: to those in the room and those who run the event.

    Everybody was promised that their name is not in the public record, so nobody else sees any.
    """
    return audience_of(activity, viewer) == Audience.ROOM


def take_name_off(note: Note, *, by: Viewer, receipt: str = "") -> None:
    """Take the name off one's own note, for good; the note stays."""
    with own_note(note, by=by, receipt=receipt) as (board, note):
        if not note.signed:
            return
        note.signed = ""
        note.save(update_fields=["signed"])
        append_change(board, Change.Kind.NOTE_CORRECTED, by=by.as_participant, note=note)
        leave_trace("name_taken_off", note, by=by.as_participant)
