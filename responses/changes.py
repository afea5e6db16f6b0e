"""The lock, the number and the notice under every act on an activity."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from people.guests import Viewer
from principles.models import Wording
from responses.models import Activity, Change, Note, Participant, Station

CHANNEL = "board"

# One statement where three would do the same: it runs for every note, under the board's lock.
APPEND = """
    WITH numbered AS (
        UPDATE responses_activity SET change_number = change_number + 1 WHERE id = %(board)s
        RETURNING change_number
    ), kept AS (
        INSERT INTO responses_change (activity_id, number, kind, note_id, by_id, at)
        SELECT %(board)s, change_number, %(kind)s, %(note)s, %(by)s, clock_timestamp() FROM numbered
        RETURNING number
    )
    SELECT number, pg_notify(%(channel)s, concat_ws(' ', %(board)s, number)) FROM kept
"""


@contextmanager
def locked[OfKind: Activity](activity: OfKind) -> Iterator[OfKind]:
    """The activity with its row lock, until the transaction around everything done to it ends.

    Rows that only point to it can be written meanwhile, by those who hold another lock that is needed here.
    """
    with transaction.atomic():
        rows = type(activity).objects.select_for_update(of=("self",), no_key=True).select_related("event")
        yield rows.get(pk=activity.pk)


def append_change(board: Activity, kind: Change.Kind, *, by: Viewer | None, note: Note | None = None) -> int:
    """Append the next Change to a locked activity, tell the listeners on commit; returns its number."""
    person = by.person if by else None
    facts = {
        "board": board.pk,
        "kind": kind,
        "note": note.pk if note else None,
        "by": person.pk if person else None,
        "channel": CHANNEL,
    }
    with connection.cursor() as cursor:
        cursor.execute(APPEND, facts)
        board.change_number = cursor.fetchone()[0]
    return board.change_number


def next_number(station: Station, how_many: int = 1) -> int:
    """Take the next `how_many` label numbers of a station of a locked board; returns the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE responses_station SET last_number = last_number + %s WHERE id = %s RETURNING last_number",
            [how_many, station.pk],
        )
        return cursor.fetchone()[0] - how_many + 1


def participant_of(board: Activity, by: Viewer) -> Participant:
    """The part that `by` has in a locked activity, from when they join or answer on."""
    token = board.token_of(by)
    known = board.participants.filter(token=token).first()
    return known or board.participants.create(token=token)


def pin_wordings(notes: list[Note], station: Station, answered: Sequence[int] | None = None) -> None:
    """Pin `notes` to the wordings `answered`, or else to what stands at `station` now."""
    if answered is None:
        newest = Wording.objects.filter(principle=OuterRef("principle")).order_by("-version")
        shown = Coalesce("wording", Subquery(newest.values("pk")[:1]))
        answered = station.pairings.order_by("pk").values_list(shown, flat=True)
    pinned = Note.wordings.through
    rows = [pinned(note=note, wording_id=pk) for pk in answered if pk for note in notes]
    pinned.objects.bulk_create(rows)
