"""No search may hold up the site: what takes too long is stopped, and says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy
from psycopg2.errors import QueryCanceled

from coproduce.replica import reading_connection

# Sorting and counting many matches needs more than the few megabytes of ordinary pages. Compiling such
# a question, or sharing it among processes, costs more than it brings where others wait too.
WORK_MEM = "64MB"
SENTENCE = gettext_lazy(
    "This search takes too long. Ask for something narrower: a rarer word, one event or one kind."
)


class TooLong(Exception):
    """A search that was stopped; its text is a sentence for whoever asked."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


@contextmanager
def bounded(milliseconds: int | None = None) -> Iterator[None]:
    """Each statement inside may take so long at most (by default `settings.SEARCH_TIMEOUT`), or `TooLong`."""
    connection, before = reading_connection(), ""
    inside = connection.in_atomic_block
    try:
        with transaction.atomic(using=connection.alias):
            before = _bound(str(settings.SEARCH_TIMEOUT if milliseconds is None else milliseconds))
            yield
            if inside:
                _bound(before)
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        raise TooLong from trouble


def _bound(milliseconds: str) -> str:
    """Until the transaction ends; the bound that held before."""
    with reading_connection().cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true),"
            " set_config('work_mem', %s, true), set_config('jit', 'off', true),"
            " set_config('max_parallel_workers_per_gather', '0', true)",
            [milliseconds, WORK_MEM],
        )
        return cursor.fetchone()[0]
