"""Which tables a statement reads, told from its words."""

import pytest

from coproduce.serving.kept.tables import tables_in

KNOWN = frozenset({"events_event", "responses_note", "people_role"})


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('SELECT "events_event"."id" FROM "events_event" WHERE "slug" = %s', {"events_event"}),
        ("with a as (select 1 from RESPONSES_NOTE n) select * from a", {"responses_note"}),
        ('SELECT 1 FROM public."events_event"', {"events_event"}),
        ("(SELECT id FROM events_event) UNION (SELECT 1 FROM people_role)", {"events_event", "people_role"}),
        ('SAVEPOINT "s1"', set()),
        ("SET LOCAL statement_timeout = 2000", set()),
        ("SELECT 'updated'", set()),
    ],
)  # fmt: skip
def test_every_table_that_is_named_counts(statement: str, found: set[str]) -> None:
    assert tables_in(statement, KNOWN) == found


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE "events_event" SET "name" = %s',
        'INSERT INTO "people_ratecount" VALUES (1)',
        "WITH gone AS (DELETE FROM events_event RETURNING id) SELECT * FROM gone",
        "SELECT * FROM events_event FOR UPDATE",
        "SELECT reltuples FROM pg_class",
        "EXPLAIN SELECT * FROM events_event",
        "SELECT * FROM events_event ORDER BY random()",
        "SELECT nextval('x')",
        "SELECT * FROM events_event TABLESAMPLE SYSTEM (1)",
        "COPY events_event TO STDOUT",
        "NOTIFY page",
        "",
        "SELECT 1 FROM events_event WHERE id IN (" + "1, " * 30_000 + "1)",
    ],
)
def test_what_does_more_than_read_rows_is_not_kept(statement: str) -> None:
    assert tables_in(statement, KNOWN) is None
