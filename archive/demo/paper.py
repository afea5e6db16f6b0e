"""Notes that an organiser puts up for others: from paper, or counted in the room."""

from uuid import uuid4

from people.consent import consent_on_basis
from people.guests import Viewer
from responses.board import add_reading, must_run
from responses.changes import append_change, locked, next_number, pin_wordings
from responses.models import Board, Change, Note, Origin, Reading, Station, TextState

BASIS = "Invented for the demonstration."


def put_up_note(
    station: Station, *, by: Viewer, mark: str, text_state: str, origin: str, text: str = ""
) -> Note:
    """Put a note from paper, or one counted in the room, at a station; only for those who run the event."""
    with locked(station.board) as board:
        must_run(board, by)
        note = _new_note(board, station, mark=mark, text_state=text_state, origin=origin, text=text)
        pin_wordings([note], station)
        if origin == Origin.PAPER and text_state != TextState.WAITING:
            add_reading(note, Reading.Witness.ORIGINAL, by=by)
        append_change(board, Change.Kind.NOTE_ADDED, by=by, note=note)
    return note


def _new_note(board: Board, station: Station, **facts: str) -> Note:
    return Note.objects.create(
        board=board,
        station=station,
        number=next_number(station),
        key=uuid4(),
        consent=consent_on_basis(BASIS),
        **facts,
    )
