"""Whether the counts that the database keeps are those of the notes, and putting them right.

The triggers that keep them cannot miss a change. What can: a restored backup, a table loaded with its
triggers off, a fault in a trigger. Each night a comparison says so.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.guests import Viewer
from people.trace import leave_trace
from responses.models import Station

SHAPE = "station_id, consent_id, mark, text_state, origin, place"
COUNTED = f"""
    SELECT station_id, consent_id, mark, text_state, origin,
        tally_place(ending, withdrawn_at, moderation, merged_into_id) AS place, count(*)::int AS number
    FROM responses_note WHERE ending NOT IN ('taken_back', 'no_note') GROUP BY {SHAPE}"""  # noqa: S608
DIFFERENT = f"""
    SELECT {SHAPE}, coalesce(kept.number, 0), coalesce(counted.number, 0)
    FROM responses_tallyrow AS kept FULL JOIN ({COUNTED}) AS counted USING ({SHAPE})
    WHERE coalesce(kept.number, 0) <> coalesce(counted.number, 0) ORDER BY {SHAPE}"""  # noqa: S608
# Readers go on reading meanwhile; whoever writes a note waits.
HOLD = "LOCK TABLE responses_note, responses_tallyrow IN SHARE ROW EXCLUSIVE MODE"
MEND = f"""
    INSERT INTO responses_tallyrow ({SHAPE}, number) VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT ({SHAPE}) DO UPDATE SET number = excluded.number"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept count that is not the number of notes; the station and the consent by their primary keys."""

    station: int
    consent: int
    mark: str
    text_state: str
    origin: str
    place: str
    kept: int
    counted: int

    def __str__(self) -> str:
        shape = f"{self.mark}, {self.text_state}, {self.origin}, {self.place}, consent {self.consent}"
        return f"station {self.station}: {shape}: {self.kept} kept, {self.counted} counted"


def differences() -> list[Difference]:
    """Every kept count that is not the number of its notes, in one statement and so of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return [Difference(*row) for row in cursor.fetchall()]


@transaction.atomic
def mend_tallies(*, by: Viewer | None) -> list[Difference]:
    """Set every kept count to the number of its notes; returns what differed."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
        found = differences()
        for one in found:
            shape = one.station, one.consent, one.mark, one.text_state, one.origin, one.place
            cursor.execute(MEND, [*shape, one.counted])
    for station in Station.objects.filter(pk__in={one.station for one in found}):
        leave_trace("tallies_mended", station, by=by)
    return found


class CountsDiffer(Exception):
    """Kept counts are wrong: so it is called on the page of work that was given up."""


@task()
def check_kept_counts() -> None:
    """Fail where a kept count is wrong: a steward sees it beside other work that failed."""
    if found := differences():
        raise CountsDiffer(f"{len(found)} kept counts differ ({found[0]}): manage.py check_tallies --mend")


def ask_for_a_check() -> None:
    """Have kept counts compared once a day; done now and then by the running site."""
    path, today = check_kept_counts.module_path, timezone.localdate()
    if not DBTaskResult.objects.filter(task_path=path, enqueued_at__date=today).exists():
        check_kept_counts.enqueue()
