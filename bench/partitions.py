"""The table of notes in one piece and in partitions, at two sizes: what grows with the number of notes.

Each kind of table is filled by SQL with the same invented notes, has the indexes of the real one, is
measured and dropped before the next, so that the disk never holds two of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from django.db import connection

from bench.figures import Aim, Figure

SIZES = (400_000, 1_600_000)
ROUNDS, PARTS, OF_A_BOARD = 5, 16, 250  # notes on a board
STATIONS = 10  # of a board
SOURCE, WIDTH = "bench_source", 20  # where the notes are taken from, and their columns
RARE, COMMON = "khaaa", "kf"  # words by how they are drawn below
# The real table's columns that matter for its size, with the search column that PostgreSQL makes.
COLUMNS = """
    id bigint NOT NULL, identifier varchar(10) NOT NULL, number integer NOT NULL, key uuid NOT NULL,
    mark varchar(12) NOT NULL, text_state varchar(9) NOT NULL, origin varchar(15) NOT NULL,
    text text NOT NULL, receipt_hash varchar(64), consented_at timestamptz NOT NULL,
    added_at timestamptz NOT NULL, changed_at timestamptz NOT NULL, withdrawn_at timestamptz,
    ending varchar(10) NOT NULL, board_id bigint NOT NULL, consent_id bigint NOT NULL,
    participant_id bigint, station_id bigint NOT NULL, moderation varchar(7) NOT NULL,
    search tsvector NOT NULL
"""
# Boards follow each other in time, as their notes do.
ROWS = """
    SELECT made.*, note_words_vector(text, origin::text) AS search FROM (SELECT
        n AS id, translate(lpad(n::text, 10, '0'), '0123456789', 'abcdefghij') AS identifier,
        n %% 25 AS number, gen_random_uuid() AS key,
        (ARRAY['tick', 'heart', 'bubble', 'square'])[1 + n %% 4] AS mark, 'read' AS text_state,
        'own_device' AS origin, {words} AS text, encode(sha256(n::text::bytea), 'hex') AS receipt_hash,
        at AS consented_at, at AS added_at, at AS changed_at, NULL::timestamptz AS withdrawn_at,
        '' AS ending, n / {of_a_board} AS board_id, 1 + n %% 4 AS consent_id, n AS participant_id,
        n / {of_a_board} * {stations} + n %% {stations} AS station_id, 'shown' AS moderation
    FROM (SELECT n, timestamptz '2020-01-01' + n * interval '10 seconds' AS at
          FROM generate_series({first}, {last}) AS n) AS numbered) AS made
"""
WORD = "'k' || translate((20000 * random() ^ 3)::int::text, '0123456789', 'abcdefghij')"
# In partitions, whatever is unique must hold the board: so the key alone needs an index beside it, and the
# identifiers, which are random, are only indexed. The table in one piece has the first as its primary key.
INDEXES = (
    "CREATE INDEX ON {table} (id)",
    "CREATE INDEX ON {table} (identifier)",
    "CREATE INDEX ON {table} (receipt_hash)",
    "CREATE UNIQUE INDEX ON {table} (board_id, key)",
    "CREATE UNIQUE INDEX ON {table} (station_id, id, board_id)",
    "CREATE INDEX ON {table} (board_id, station_id, mark, text_state, origin)",
    "CREATE INDEX ON {table} (added_at DESC, id DESC)",
    "CREATE INDEX ON {table} (changed_at, id)",
    "CREATE INDEX ON {table} (participant_id)",
    "CREATE INDEX ON {table} (consent_id)",
    "CREATE INDEX ON {table} USING gin (search)",
    "CREATE INDEX ON {table} USING gin (text gin_trgm_ops)",
)
PAGE = "SELECT * FROM {table} WHERE board_id = %s ORDER BY station_id, id"
COUNTS = "SELECT station_id, mark, count(*) FROM {table} WHERE board_id = %s GROUP BY 1, 2"
NEWEST = """
    SELECT id FROM {table} WHERE search @@ plainto_tsquery('coproduce', %s)
    ORDER BY added_at DESC, id DESC LIMIT 20
"""
FOUND = "SELECT count(*) FROM {table} WHERE search @@ plainto_tsquery('coproduce', %s)"
# The table itself, or its parts.
PIECES = (
    "ARRAY(SELECT oid FROM pg_class WHERE relkind = 'r' AND relname ~ ('^' || %s || '(_[0-9]+|_next)?$'))"
)
CHANGED = "pg_stat_get_dead_tuples(oid) > 0"
BY_PK = "SELECT * FROM {table} WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to keep the notes: how the table is made, and its parts."""

    name: str
    by: str = ""
    part: str = ""

    def make(self, number: int) -> None:
        """The empty table; the parts of equal size, and one more for boards to come."""
        key = "board_id, id" if self.by else "id"
        run(f"CREATE TABLE {self.name} ({COLUMNS}, PRIMARY KEY ({key})) {self.by}")
        width = number // OF_A_BOARD // PARTS + 1
        for place in range(PARTS if self.by else 0):
            ends = {"low": place * width, "high": (place + 1) * width, "place": place, "parts": PARTS}
            bounds = self.part.format(**ends)
            run(f"CREATE TABLE {self.name}_{place} PARTITION OF {self.name} FOR VALUES {bounds}")
        if self.part.startswith("FROM"):
            rest = f"FROM ({PARTS * width}) TO (MAXVALUE)"
            run(f"CREATE TABLE {self.name}_next PARTITION OF {self.name} FOR VALUES {rest}")


KINDS = (
    Kind("one_piece"),
    Kind("by_board", "PARTITION BY RANGE (board_id)", "FROM ({low}) TO ({high})"),
    Kind("by_hash", "PARTITION BY HASH (board_id)", "WITH (MODULUS {parts}, REMAINDER {place})"),
)
# What is measured of each table, with its unit.
MICRO, MILLI = (1_000_000, "µs"), (1000, "ms")


def partitions(_database: str) -> Iterator[Figure]:
    """Every figure of a table in partitions stands beside that of the table in one piece."""
    run(f"CREATE UNLOGGED TABLE {SOURCE} AS {rows_from(0, max(SIZES) - 1)}", [])
    for number in SIZES:
        whole: dict[str, tuple[list[float], str]] = {}
        for kind in KINDS:
            found = measured(kind, number)
            whole = whole or found
            for name, (values, unit) in found.items():
                label = f"{number / 1e6:g}M {kind.name.replace('_', ' ')}: {name}"
                yield Figure(label, unit, values, whole[name][0], "one piece", aim=Aim.VALUE_AT_MOST)


def measured(kind: Kind, number: int) -> dict[str, tuple[list[float], str]]:
    """The table filled, asked, written to, vacuumed and dropped."""
    kind.make(number)
    try:
        run(f"INSERT INTO {kind.name} SELECT * FROM {SOURCE} WHERE id < %s", [number])
        indexed = seconds(
            lambda: [run(index.format(table=kind.name)) for index in INDEXES[0 if kind.by else 1 :]]
        )
        run(f"VACUUM ANALYZE {kind.name}")
        sizes = sizes_of(kind.name, number)
        boards = [number // OF_A_BOARD * step // (ROUNDS + 1) for step in range(1, ROUNDS + 1)]
        found = {
            "board page": asked(kind, PAGE, boards, *MICRO),
            "counts": asked(kind, COUNTS, boards, *MICRO),
            "one by key": asked(kind, BY_PK, [board * OF_A_BOARD for board in boards], *MICRO),
            "rare word": asked(kind, NEWEST, [RARE] * ROUNDS, *MICRO),
            "common word": asked(kind, NEWEST, [COMMON] * ROUNDS, *MILLI),
            "counting it": asked(kind, FOUND, [COMMON] * ROUNDS, *MILLI),
            "insert": inserted(kind, number),
            "indexing": ([indexed] * ROUNDS, "s"),
        }
        return found | sizes | {"vacuum": vacuumed(kind, number)}
    finally:
        run(f"DROP TABLE {kind.name}")


def rows_from(first: int, last: int) -> str:
    """The statement that makes the notes of these numbers."""
    words = " || ' ' || ".join([WORD] * 8)
    where = {"words": words, "of_a_board": OF_A_BOARD, "stations": STATIONS}
    return ROWS.format(**where, first=first, last=last)


def sizes_of(table: str, number: int) -> dict[str, tuple[list[float], str]]:
    """Bytes of a note, which are megabytes of a million."""
    sizes = "sum(pg_table_size(oid)), sum(pg_indexes_size(oid))"
    data, indexes = rows(f"SELECT {sizes} FROM pg_class WHERE oid = ANY({PIECES})", [table])[0]
    return {
        "rows": ([float(data) / number] * ROUNDS, "MB/10^6"),
        "indexes": ([float(indexes) / number] * ROUNDS, "MB/10^6"),
    }


def asked(
    kind: Kind, statement: str, values: Sequence[object], of: int, unit: str
) -> tuple[list[float], str]:
    """How long the second asking takes: what was on the disk is in memory by then."""
    statement = statement.format(table=kind.name)
    times = []
    for value in values:
        rows(statement, [value])
        times.append(min(seconds(lambda v=value: rows(statement, [v])) for _ in range(3)) * of)
    return times, unit


def inserted(kind: Kind, number: int) -> tuple[list[float], str]:
    """Single notes on the newest board, each committed for itself."""
    times, into = [], f"INSERT INTO {kind.name} VALUES ({', '.join(['%s'] * WIDTH)})"
    for place in range(ROUNDS):
        first = number + place * 100
        made = [rows(rows_from(one, one), [])[0] for one in range(first, first + 100)]
        took = seconds(lambda notes=made: [run(into, list(note)) for note in notes])
        times.append(took / 100 * 1_000_000)
    return times, "µs"


def vacuumed(kind: Kind, number: int) -> tuple[list[float], str]:
    """After a hundredth of the notes, those of the newest boards, have changed."""
    first = number - number // 100
    times = []
    for _ in range(ROUNDS):
        changed = "ending = '' WHERE id >= %s AND board_id >= %s"
        run(f"UPDATE {kind.name} SET {changed}", [first, first // OF_A_BOARD])
        run("SELECT pg_stat_force_next_flush()")
        touched = vacuumed_part(kind)
        times.append(seconds(lambda t=touched: run(f"VACUUM {t}")) * 1000)
    return times, "ms"


def vacuumed_part(kind: Kind) -> str:
    """What autovacuum would take up: the parts in which enough has changed."""
    asked = f"SELECT oid::regclass::text FROM pg_class WHERE oid = ANY({PIECES}) AND {CHANGED}"
    return ", ".join(name for (name,) in rows(asked, [kind.name]))


def run(statement: str, values: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rows(statement: str, values: list | None = None) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
