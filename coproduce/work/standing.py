"""How one worker knows that another is alive: each holds a lock of PostgreSQL, which ends with it.

No clock is asked, so no task is taken away from a worker that is merely slow.
"""

import secrets

from django.db import connection

from coproduce.listening import connection_for_listening

CLASS = 0x776F726B  # of our locks among all advisory ones
HOLD = """
    SELECT CASE WHEN EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = %(class)s AND objid = %(number)s
    ) THEN true ELSE pg_try_advisory_lock(%(class)s, %(number)s) END
"""
ALIVE = """
    SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def new_number() -> int:
    """A number for a worker, by which the others see whether it is alive."""
    return secrets.randbelow(2**31 - 1) + 1


def stand(number: int) -> None:
    """Takes the lock of worker `number`, or takes it again after the connection was lost."""
    with connection_for_listening().cursor() as cursor:
        cursor.execute(HOLD, {"class": CLASS, "number": number})


def alive() -> set[int]:
    """The numbers of all workers of this database that are alive."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [CLASS])
        return {number for (number,) in cursor}
