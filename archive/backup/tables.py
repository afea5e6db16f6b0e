"""Each table of the database as a number of rows and a digest of all they hold, in any order."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from coproduce.listening import connection_for_listening

Tables = dict[str, dict[str, int | str]]

# Their rows are not kept in backups: who is signed in from where, and what is counted against floods.
LEFT_OUT = ("django_session", "usersessions_usersession", "cache", "people_ratecount")
# One text for one value, whatever the server's own settings say.
PLAIN = """
    SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
    SET bytea_output = 'hex'; SET extra_float_digits = 1
"""
ORDINARY = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> ALL(%s) ORDER BY 1
"""
# The sum of what stands for each row says the same of the same rows, and needs no memory and no order.
DIGEST = """
    SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {} t
"""


@contextmanager
def snapshot() -> Iterator[tuple[str, CursorWrapper]]:
    """A moment of the database, by the name under which pg_dump can look at the same, and a cursor in it."""
    connection = connection_for_listening()
    with own_session(connection) as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0], cursor
        cursor.execute("ROLLBACK")


@contextmanager
def own_session(connection: BaseDatabaseWrapper) -> Iterator[CursorWrapper]:
    """A cursor of a new session with plain settings, which ends with the block."""
    session = connection.copy()
    try:
        with session.cursor() as cursor:
            cursor.execute(PLAIN)
            yield cursor
    finally:
        session.close()


def counted(cursor: CursorWrapper) -> Tables:
    """Rows and digest of every table but those LEFT_OUT, as the cursor's transaction sees them."""
    cursor.execute(ORDINARY, [list(LEFT_OUT)])
    names = [name for (name,) in cursor.fetchall()]
    found: Tables = {}
    for name in names:
        cursor.execute(digest_of(name))
        rows, digest = cursor.fetchone()
        found[name] = {"rows": rows, "digest": digest}
    return found


def digest_of(table: str) -> str:
    quoted = '"' + table.replace('"', '""') + '"'
    return DIGEST.format(quoted)


def differences(before: Tables, after: Tables) -> list[str]:
    """A sentence for each table that is not the same in both."""
    names = sorted({*before, *after})
    return [
        f"{name} had {_rows(before, name)} and has {_rows(after, name)}."
        if _rows(before, name) != _rows(after, name)
        else f"{name} has other contents in its {_rows(before, name)}."
        for name in names
        if before.get(name) != after.get(name)
    ]


def _rows(tables: Tables, name: str) -> str:
    return f"{tables[name]['rows']} rows" if name in tables else "no table"
