"""A table of a package: what it is called, its columns with what they mean, and its rows."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import batched

from django.conf import settings
from django.db.models import Model, QuerySet

from archive.exports import as_typed
from archive.take.rows import Taking

CHUNK = 500  # rows held in memory at a time
# What an empty cell means, in every table.
MISSING = ({"value": "", "label": "Not recorded, or does not apply"},)


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `values` are all it can hold, where that is a closed list; `at` is where it points."""

    name: str
    meaning: str
    get: Callable[[Model], object]
    type: str = "string"
    values: tuple[tuple[str, str], ...] = ()
    at: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`found` gives what anybody may see of it now, and so what goes into a file."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    found: Callable[[Taking], QuerySet]
    fields: tuple[Field, ...]
    # Writes the lines below that of the names; where None, they are made of `fields`.
    lines: Callable[[Taking], Iterator[bytes]] | None = None

    def written(self, taking: Taking) -> Iterator[bytes]:
        """The table as CSV of RFC 4180."""
        yield as_lines([[field.name for field in self.fields]])
        yield from self.lines(taking) if self.lines else self._lines(taking)

    def _lines(self, taking: Taking) -> Iterator[bytes]:
        things = self.found(taking).iterator(chunk_size=CHUNK)
        for batch in batched(things, CHUNK, strict=False):
            yield as_lines([[_cell(field.get(thing)) for field in self.fields] for thing in batch])


def as_lines(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else as_typed(value)


def of(path: str) -> Callable[[Model], object]:
    """Reads an attribute, or one of what it leads to: `series.slug`; nothing where a step is empty."""

    def get(thing: object) -> object:
        for step in path.split("."):
            thing = getattr(thing, step) if thing is not None else None
        return thing

    return get


def field(name: str, meaning: str, path: str = "", **more: object) -> Field:
    """A column that holds an attribute of the same name, or `path`."""
    return Field(name, meaning, of(path or name), **more)


def address_of(thing: Model) -> str:
    return settings.SITE_URL + thing.get_absolute_url()


PERMALINK = Field("permalink", "Its permanent address.", address_of)
IDENTIFIER = field("identifier", "Its permanent id.")
