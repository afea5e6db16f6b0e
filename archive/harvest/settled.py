"""Up to when all that changed is in sight, so that whoever asks again from there misses nothing."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from coproduce.replica import insist_on_now

# A transaction says when it began a moment after it looked at the clock.
A_MOMENT = timedelta(seconds=1)
# One that has written nothing by now is a slow reader, who may take hours over a large file.
A_READER = timedelta(minutes=10)
OLDEST = """
    SELECT least(clock_timestamp() - %s, min(xact_start)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - %s)
"""


def settled_until() -> datetime:
    """The time, in UTC, before which no change can come to light any more.

    A row says when it changed by the clock of its transaction, and shows when that ends: a long one
    brings in rows of a time that others have passed. Nothing before the oldest one running can.
    """
    with connection.cursor() as cursor:
        cursor.execute(OLDEST, [A_MOMENT, A_READER])
        (until,) = cursor.fetchone()
    insist_on_now()
    return until.astimezone(UTC)
