"""What becomes of notes that were merged when one of them ends or says something else."""

from responses.changes import append_change
from responses.models import Board, Change, Moderation, Note


def part_doubles(board: Board, note: Note) -> None:
    """Let a note of a locked board, and each merged into it, stand for itself again.

    Where `note` was taken down or hidden, what said the same waits for an organiser.
    """
    was_removed = note.ending == Note.Ending.TAKEN_DOWN or note.moderation == Moderation.HIDDEN
    if note.merged_into_id:
        note.merged_into = None
        note.save(update_fields=["merged_into"])
    for double in note.merged.standing():
        double.merged_into = None
        if was_removed and double.moderation == Moderation.SHOWN:
            double.moderation = Moderation.WAITING
        double.save(update_fields=["merged_into", "moderation"])
        append_change(board, Change.Kind.NOTES_PARTED, by=None, note=double)
