"""Acts that answer single notes with a plain no, and take that back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.running import must_run
from outcomes.citable import must_be_citable
from outcomes.models import Declined
from outcomes.standing import Standing, with_standing
from outcomes.telling import tell_of_declining
from outcomes.typed import reason_of
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Note

LONGEST_REASON = 500  # characters


@transaction.atomic
def decline_notes(notes: Iterable[Note], why: str, *, by: Viewer | None) -> int:
    """Say that what these notes say will not be taken up, and why; returns how many are new to it.

    A note that was declined before keeps its first reason. Refuses notes of events that `by` does not
    organise or may not read, and notes that a decision answers.
    """
    reason = reason_of(why, most=LONGEST_REASON)
    asked = {note.pk for note in notes}
    # Against another organiser who declines the same at the same moment.
    rows = Note.objects.select_for_update(of=("self",), no_key=True).select_related("board__event")
    locked = list(rows.filter(pk__in=asked).order_by("pk"))
    for event in {note.board.event for note in locked}:
        must_run(event, by)
        must_be_citable(event, [note for note in locked if note.board.event_id == event.pk], by)
    _must_be_unanswered(locked)
    known = set(Declined.objects.standing().filter(note__in=locked).values_list("note", flat=True))
    new = [note for note in locked if note.pk not in known]
    Declined.objects.bulk_create(
        Declined(note=note, why=reason, by=by.person if by else None) for note in new
    )
    for note in new:
        leave_trace("declined", note, by=by)
    if new:
        tell_of_declining(new)
    return len(new)


@transaction.atomic
def undo_declining(declined: Declined, *, by: Viewer | None) -> None:
    """Take a no back: the note waits again, or stands where it is cited. The row stays on record."""
    rows = Declined.objects.select_for_update(of=("self",)).select_related("note__board__event")
    now = rows.get(pk=declined.pk)
    must_run(now.note.board.event, by)
    if now.undone_at is None:
        now.undone_at = timezone.now()
        now.save(update_fields=["undone_at"])
        leave_trace("undid_declining", now.note, by=by)


def _must_be_unanswered(notes: list[Note]) -> None:
    of_these = Note.objects.filter(pk__in=[note.pk for note in notes])
    if with_standing(of_these).filter(standing=Standing.ANSWERED).exists():
        raise Refused(_("A decision answers some of these notes already. Leave those out."))
