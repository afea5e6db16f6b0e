"""A change of a table in use: whoever reads it waits no longer than the change is willing to."""

from collections.abc import Iterator
from threading import Thread

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from coproduce import migrating
from coproduce.migrating import patiently

pytestmark = pytest.mark.django_db(transaction=True)

ALTER = "ALTER TABLE shelf ADD COLUMN IF NOT EXISTS more integer"
WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'shelf'::regclass AND NOT granted"
LONG = 60  # seconds, after which a test that hangs fails


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(migrating, "PAUSES", [0.01] * 500)
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 50)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE shelf (id integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shelf")


def execute(on: object, statement: str) -> list[tuple]:
    with on.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def holder() -> Iterator[object]:
    """Somebody who has read the table and whose transaction goes on."""
    held = connection.copy()
    held.inc_thread_sharing()
    execute(held, "BEGIN")
    execute(held, "SELECT * FROM shelf")
    yield held
    held.close()


def in_a_thread(statement: str, said: list[str] | None = None) -> Thread:
    """A session of its own; with `said` the statement is a change, made patiently."""

    def run() -> None:
        own = connection.copy()
        try:
            if said is None:
                execute(own, statement)
            else:
                patiently(lambda: execute(own, statement), own, say=said.append)
        finally:
            own.close()

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread


def until(statement: str, at_least: int) -> None:
    while execute(connection, statement)[0][0] < at_least:
        pass


def test_readers_go_on_while_a_change_waits_for_a_long_transaction(holder: object) -> None:
    said: list[str] = []
    change = in_a_thread(ALTER, said)
    until(WAITING, 1)
    for _ in range(10):
        reader = in_a_thread("SELECT * FROM shelf")
        reader.join(LONG)
        assert not reader.is_alive()
    # All of them have read, and the transaction that is in the way is still there.
    assert execute(holder, "SELECT count(*) FROM shelf") == [(0,)]
    assert change.is_alive()
    execute(holder, "COMMIT")
    change.join(LONG)
    assert not change.is_alive()
    assert "tries again" in said[0]
    assert execute(connection, "SELECT more FROM shelf") == []


def test_a_change_without_that_keeps_readers_out_for_as_long(holder: object) -> None:
    """The same looking sees what it guards against."""
    change = in_a_thread(ALTER)
    until(WAITING, 1)
    reader = in_a_thread("SELECT * FROM shelf")
    until(WAITING, 2)
    assert reader.is_alive()
    execute(holder, "COMMIT")
    reader.join(LONG)
    change.join(LONG)
    assert not reader.is_alive()


def test_one_that_never_has_its_turn_says_so(holder: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "PAUSES", [0])
    with pytest.raises(CommandError, match="in use each time"):
        patiently(lambda: execute(connection, ALTER), connection, say=lambda _: None)
    assert execute(connection, "SHOW lock_timeout") == [("0",)]


def test_another_error_is_not_tried_again() -> None:
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        raise OperationalError("the disk is full")

    with pytest.raises(OperationalError, match="disk"):
        patiently(work, connection, say=lambda _: None)
    assert len(tries) == 1
