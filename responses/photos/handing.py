"""What becomes of the note of a box when the box turns out to show another one, or none.

A note that was made for a box and not decided on ends as no note: it counts nowhere, and stands
again if the box is given back to it. Its readings are of what the box shows, so they go along
with the box. Everything here is called with the board locked, and then the photograph.
"""

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from people.guests import Viewer
from people.trace import leave_trace
from responses.board import take_off_the_pin
from responses.changes import append_change
from responses.doubles import part_doubles
from responses.models import Board, Change, Matching, Note, Origin, Reading, Region, TextState


def is_undecided(note: Note) -> bool:
    """Whether all that is known of a note is its box: from paper, not ruled on, and with no receipt."""
    made_for_a_box = note.origin == Origin.PAPER and note.text_state == TextState.WAITING
    return made_for_a_box and not note.receipt_hash and not note.rulings.exists()


def let_go(board: Board, note: Note, *, by: Viewer | None) -> None:
    """End a note that no box shows any more, if it was made for one and nobody read it."""
    note.board = board
    is_unused = is_undecided(note) and not (note.regions.exists() or note.readings.exists())
    if is_unused and not note.withdrawn_at:
        end_as_no_note(board, note, by=by)


def end_as_no_note(board: Board, note: Note, *, by: Viewer | None) -> None:
    note.ending, note.withdrawn_at = Note.Ending.NO_NOTE, timezone.now()
    note.save(update_fields=["ending", "withdrawn_at"])
    take_off_the_pin(board, note, by=by)
    part_doubles(board, note)
    append_change(board, Change.Kind.NOTE_WITHDRAWN, by=by, note=note)
    leave_trace(Note.Ending.NO_NOTE, note, by=by)


def stand_again(board: Board, note: Note, *, by: Viewer | None) -> None:
    """Let a note that ended as no note count again."""
    note.ending, note.withdrawn_at = "", None
    note.save(update_fields=["ending", "withdrawn_at"])
    append_change(board, Change.Kind.NOTE_SHOWN, by=by, note=note)
    leave_trace(Change.Kind.NOTE_SHOWN, note, by=by)


def hand_over(board: Board, own: Note, to: Note, matching: Matching, *, by: Viewer | None) -> None:
    """Let every box of `own` show `to` from now on, with all readings of `own`; `own` ends."""
    own.regions.uncovered().update(note=to, before=own, matching=matching)
    own.readings.update(handed_from=own)
    _move(own.readings.all(), to)
    end_as_no_note(board, own, by=by)


def give_back(board: Board, region: Region, *, by: Viewer | None) -> None:
    """Let a matched box show what it showed before, a note of its own or none, and with it that note's boxes.

    Readings go back with the box, also those made since; one that somebody ruled on stays with
    the note it was ruled on for. Not for a box that is covered for good, which stays as it is.
    """
    own, note = region.before, region.note
    if own is None:
        _show(Region.objects.filter(pk=region.pk), None)
        return
    boxes = Region.objects.uncovered().filter(before=own, matching=region.matching_id)
    of_own = Q(handed_from=own) | Q(region__in=boxes)
    readings = note.readings.filter(of_own, rulings=None) if note else Reading.objects.none()
    _move(readings, own)
    own.readings.update(handed_from=None)
    _show(boxes, own)
    stand_again(board, own, by=by)


def _show(boxes: QuerySet[Region], note: Note | None) -> None:
    boxes.update(note=note, before=None, matching=None)


def _move(readings: QuerySet[Reading], to: Note) -> None:
    """Make readings those of another note, at the end of it and in their order."""
    last = to.readings.aggregate(last=Max("number"))["last"] or 0
    for number, reading in enumerate(readings.order_by("number"), last + 1):
        reading.note, reading.number = to, number
        reading.save(update_fields=["note", "number"])
