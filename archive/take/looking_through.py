"""What is kept beside a release that is being prepared: what is in it, and what a human has to look at.

One line each of JSON: first how many rows each table has, then everything that may tell who somebody
is, then the ids of each table in order. Nobody is sent it; the ids are compared with the next release.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models.functions import Collate

from archive.take.identifiers_found import identifiers_in
from archive.take.rows import Taking
from archive.take.table import CHUNK, Table
from archive.take.tables import TABLES
from coproduce.stores.bucket import BucketFile

# Other texts than notes, and the column that says which thing it is.
TEXTS = {"quotations": "text", "stories": "text"}


@dataclass(frozen=True, slots=True)
class Flagged:
    """Words that may tell who somebody is, and the address of what they stand in."""

    kind: str
    words: str
    address: str


def look_through(taking: Taking) -> Iterator[bytes]:
    """The lines, of the snapshot it is called in."""
    yield _line({"counts": {table.name: table.found(taking).count() for table in TABLES}})
    for row in taking.rows():
        yield from _flags(str(row["plain"]), str(row["permalink"]))
    for table in TABLES:
        if table.name in TEXTS:
            for thing in table.found(taking).iterator(chunk_size=CHUNK):
                yield from _flags(getattr(thing, TEXTS[table.name]), thing.get_absolute_url())
    for table in filter(_has_one_key, TABLES):
        yield from (_line([table.name, identifier]) for identifier in _identifiers(table, taking))


def _flags(text: str, address: str) -> Iterator[bytes]:
    return (_line({"kind": one.kind, "words": one.words, "at": address}) for one in identifiers_in(text))


def _line(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def _has_one_key(table: Table) -> bool:
    return len(table.key) == 1


def _identifiers(table: Table, taking: Taking) -> Iterator[str]:
    """In the order of their bytes, whatever the database is set to, so that two lists can be compared."""
    found = table.found(taking).order_by(Collate("identifier", "C")).prefetch_related(None)
    return found.values_list("identifier", flat=True).iterator(chunk_size=CHUNK)


def counts_in(path: Path | BucketFile) -> dict[str, int]:
    with path.open() as lines:
        return json.loads(next(lines))["counts"]


def flags_in(path: Path | BucketFile) -> Iterator[Flagged]:
    with path.open() as lines:
        for line in lines:
            value = json.loads(line)
            if isinstance(value, list):
                return
            if "kind" in value:
                yield Flagged(value["kind"], value["words"], value["at"])


def missing_from(now: Path | BucketFile, before: Path | BucketFile) -> dict[str, int]:
    """How many things of each table `before` had and `now` lacks, at constant memory."""
    numbers: dict[str, int] = {}
    ours, order = _keys_in(now), [table.name for table in TABLES]
    here = next(ours, None)
    for name, identifier in _keys_in(before):
        place = (order.index(name), identifier)
        while here and (order.index(here[0]), here[1]) < place:
            here = next(ours, None)
        if here != (name, identifier):
            numbers[name] = numbers.get(name, 0) + 1
    return numbers


def _keys_in(path: Path | BucketFile) -> Iterator[tuple[str, str]]:
    with path.open() as lines:
        for line in lines:
            if line.startswith("["):
                name, identifier = json.loads(line)
                yield name, identifier
