"""Why a stream follows numbers taken under a lock, and never those of a sequence.

Two stand-ins for the table of changes: writers that commit after a while, in whatever order,
and a hub that asks for what is newer than the last it saw.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.faults.cluster import Cluster
from tests.faults.watchers import faults_of

pytestmark = pytest.mark.faults

WRITERS, EACH = 8, 25
MAKE = """
    DROP TABLE IF EXISTS change, board;
    CREATE TABLE board (last bigint NOT NULL); INSERT INTO board VALUES (0);
    CREATE TABLE change (number bigserial PRIMARY KEY);
"""
SERIAL = "INSERT INTO change DEFAULT VALUES"
COUNTED = """
    WITH next AS (UPDATE board SET last = last + 1 RETURNING last)
    INSERT INTO change SELECT last FROM next
"""
# Between taking a number and committing it, a transaction takes its time.
A_WHILE = "SELECT pg_sleep(random() * 0.004)"
NEWER = "SELECT number FROM change WHERE number > %s ORDER BY number"


@pytest.fixture
def tables(cluster: Cluster) -> Cluster:
    with cluster.connect() as connection, connection, connection.cursor() as cursor:
        cursor.execute(MAKE)
    return cluster


def write(cluster: Cluster, statement: str) -> None:
    with cluster.connect() as connection, connection.cursor() as cursor:
        for _ in range(EACH):
            cursor.execute(statement)
            cursor.execute(A_WHILE)
            connection.commit()


def follow(cluster: Cluster, done: Event) -> Iterator[int]:
    """A hub: asks again and again for what is newer than the last number it has seen."""
    last = 0
    with cluster.connect() as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while True:
            is_over = done.is_set()
            cursor.execute(NEWER, [last])
            for (last,) in cursor.fetchall():
                yield last
            if is_over:
                return


def seen_while_written(cluster: Cluster, statement: str) -> list[int]:
    done = Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        hub = pool.submit(lambda: list(follow(cluster, done)))
        for one in [pool.submit(write, cluster, statement) for _ in range(WRITERS)]:
            one.result()
        done.set()
        return hub.result()


def test_a_cursor_over_numbers_taken_under_a_lock_misses_nothing(tables: Cluster) -> None:
    seen = seen_while_written(tables, COUNTED)
    assert faults_of(seen, list(range(1, WRITERS * EACH + 1))) == {}


def test_the_watchers_see_what_a_cursor_over_a_sequence_misses(tables: Cluster) -> None:
    """A planted flaw: a number that was taken first and committed last is never seen."""
    seen = seen_while_written(tables, SERIAL)
    assert faults_of(seen, list(range(1, WRITERS * EACH + 1))).get("missed")
