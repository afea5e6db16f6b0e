"""The whole archive as a Data Package (version 2): tables with what their columns mean, and a README."""

import json
from collections.abc import Iterable, Iterator

from archive.take.deposit import datacite_of
from archive.take.descriptor import descriptor
from archive.take.moment import About, about
from archive.take.pack import Pack
from archive.take.readme import dictionary, readme
from archive.take.rows import Taking
from archive.take.table import Table
from archive.take.tables import TABLES


def write_package(taking: Taking) -> Iterator[bytes]:
    told = about(taking)
    pack = Pack(f"{told.slug}/")
    yield from payload(pack, taking, told)
    yield from pack.end()


def payload(pack: Pack, taking: Taking, told: About) -> Iterator[bytes]:
    """Tables, then what describes them, with their checksums."""
    for table in TABLES:
        rows: list[int] = []
        yield from pack.add(f"{table.name}.csv", _counted(table, taking, rows), rows=rows)
    tables = list(pack.done)
    yield from pack.add_text("README.md", readme(told, tables))
    yield from pack.add_text("data-dictionary.md", dictionary(TABLES))
    yield from pack.add_text("datacite.json", as_json(datacite_of(told)))
    yield from pack.add_text("datapackage.json", as_json(descriptor(told, TABLES, tables)))


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _counted(table: Table, taking: Taking, rows: list[int]) -> Iterable[bytes]:
    """The table, and in `rows` how many each piece of it had."""
    for number, piece in enumerate(table.written(taking)):
        # The first piece is the line of names.
        rows.append(rows_in(piece) if number else 0)
        yield piece


def rows_in(piece: bytes) -> int:
    """How many rows of CSV end in `piece`, which begins and ends between two of them."""
    # Every second part stands in quotes; a quote in a cell is written twice and changes nothing.
    return sum(part.count(b"\r\n") for part in piece.split(b'"')[::2])
