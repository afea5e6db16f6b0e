"""One moment for everything in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from archive.versions import data_version
from coproduce.replica import insist_on_now, reading_connection

# No change that is missing in a snapshot taken after this can bear an earlier time: whatever still runs
# and writes began then. What ran for long and wrote nothing, as a backup, will stamp changes later.
FLOOR = """
    SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '10 seconds')
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a file was made. Every change it does not hold bears a time of `at` or later."""

    at: datetime
    data_version: str


@contextmanager
def one_snapshot() -> Iterator[Moment]:
    """Within it, everything read is of one moment, and nothing can be written.

    Inside somebody else's transaction it is of that transaction, whatever that sees.
    """
    at = _floor()
    insist_on_now()
    reading = reading_connection()
    is_outermost = not reading.in_atomic_block
    with transaction.atomic(using=reading.alias):
        if is_outermost:
            with reading.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Moment(at, data_version())


def _floor() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        return cursor.fetchone()[0].astimezone(UTC)
