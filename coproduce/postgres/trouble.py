from django.core.management.base import CommandError
from django.db import OperationalError


class PostgresTrouble(CommandError, OperationalError):
    """The development PostgreSQL cannot be used; the message says what to do.

    A command ends with that one sentence; elsewhere it is a database error like any other.
    """
