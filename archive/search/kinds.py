"""How much a search finds of each kind of thing, exactly and in one statement."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import EmptyResultSet

from archive.search.counting import Counts
from archive.search.query import Chosen, Query
from archive.search.sources import SOURCES
from coproduce.replica import reading_connection
from people.guests import Viewer

COUNT = "SELECT %s, count(*) FROM ({found}) AS found"


@dataclass(frozen=True, slots=True)
class OfKinds:
    """By kind: what the search finds, and what it would find were no kind chosen."""

    found: Counter[str]
    each: Counter[str]


def counts_of_kinds(query: Query, viewer: Viewer, counts: Counts) -> OfKinds:
    """Counts of every kind; those of notes are the ones that `counts` has already. One query."""
    of_any_kind = replace(query, chosen=Chosen({**query.chosen, "kind": ()}))
    each = Counter(note=counts.of("mark", "kind").total())
    statements = list(_statements(of_any_kind, viewer))
    with reading_connection().cursor() as cursor:
        whole = " UNION ALL ".join(statement for statement, _values in statements)
        cursor.execute(whole, [value for _statement, values in statements for value in values])
        for kind, number in cursor.fetchall():
            each[kind] += number
    return OfKinds(Counter({kind: each[kind] for kind in query.kinds}), each)


def _statements(query: Query, viewer: Viewer) -> Iterator[tuple[str, list]]:
    """One for each place to look in; none where nothing can be found there."""
    yield "SELECT 'note', 0", []
    for source in SOURCES:
        if source.kind == "note":
            continue
        try:
            found, values = source.found(query, viewer).order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        yield COUNT.format(found=found), [source.kind, *values]
