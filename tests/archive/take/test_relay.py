"""What PostgreSQL copies is passed on, and nobody waits for the other for ever."""

import threading

import pytest
from django.db import connection, transaction

from archive.search.limits import TooLong, bounded
from archive.take.relay import AHEAD, PIECE, copied

pytestmark = pytest.mark.django_db

MANY = f"SELECT repeat('x', 1000) FROM generate_series(1, {AHEAD * PIECE // 200})"


def same(row: bytes) -> bytes:
    return row


def copying() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.endswith("(_copy)")]


def test_every_row_comes_once_and_in_order() -> None:
    pieces = list(copied("SELECT n FROM generate_series(1, 100000) n", {}, same))
    assert b"".join(rows for rows, _ in pieces) == b"".join(b"%d\n" % n for n in range(1, 100_001))
    assert sum(number for _, number in pieces) == 100_000
    assert len(pieces) > 1


def test_whoever_stops_reading_ends_the_copy() -> None:
    before = transaction.savepoint_create()
    rows = copied(MANY, {}, same)
    next(rows)
    assert copying()
    rows.close()
    assert not copying()
    transaction.savepoint_rollback(before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_what_goes_wrong_reaches_whoever_reads() -> None:
    def stumble(_row: bytes) -> bytes:
        raise ValueError("Not this row.")

    with pytest.raises(Exception, match="Not this row"), transaction.atomic():
        list(copied("SELECT 1", {}, stumble))
    assert not copying()


def test_what_takes_too_long_is_stopped_as_a_search_is() -> None:
    with pytest.raises(TooLong), bounded(50):
        list(copied("SELECT pg_sleep(30)", {}, same))
    assert not copying()
