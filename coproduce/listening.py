"""The connection of a process that outlives its transactions: to listen on, and to hold a lock by.

PgBouncer in transaction mode lends a connection for one transaction at a time. What belongs to a
session, LISTEN and the lock of a worker, needs one of its own to PostgreSQL itself.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from coproduce.databases import LISTENING


def connection_for_listening() -> BaseDatabaseWrapper:
    """The calling thread's connection to LISTEN_DATABASE_URL, or its usual one where that is not set.

    Whoever asks for it closes it. It is opened with its first statement, which raises
    django.db.Error if the database is away.
    """
    return connections[LISTENING if LISTENING in settings.DATABASES else DEFAULT_DB_ALIAS]
