"""Changing tables while people use them: no change waits for a lock for long, and none gives up at once.

Whoever waits for a table to be free keeps everybody who comes after from reading it. So a change waits
LOCK_TIMEOUT, lets all of them go first, and tries again.
"""

from collections.abc import Callable
from threading import Event

from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK_TIMEOUT = 1000  # milliseconds
# Seconds between tries, about five minutes in all.
PAUSES = (1, 1, 2, 2, 3, 3, *[5] * 10, *[10] * 24)
NOT_AVAILABLE = "55P03"  # as PostgreSQL calls a lock that was not to be had in time


def patiently(
    work: Callable[[], object], connection: BaseDatabaseWrapper, *, say: Callable[[str], object]
) -> None:
    """Does `work`, which changes tables on `connection`, again and again until no lock is in its way.

    What it has done by then stays done: it has to be such that it can be called again. Raises
    CommandError when it has never had its lock, and whatever else `work` raises.
    """
    for pause in (*PAUSES, None):
        try:
            _with_timeout(work, connection)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) != NOT_AVAILABLE:
                raise
            if pause is None:
                break
            say(f"A table is in use; the change lets others go first and tries again in {pause} s.")
            Event().wait(pause)
        else:
            return
    raise CommandError(
        "It was in use each time. See who holds it (SELECT * FROM pg_stat_activity ORDER BY xact_start); "
        "end that, and run this again: what is done stays done."
    )


def _with_timeout(work: Callable[[], object], connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(LOCK_TIMEOUT)])
    try:
        work()
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
