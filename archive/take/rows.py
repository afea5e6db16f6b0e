"""The notes that a question finds, as rows: each that counts, with words where consent lets them go.

Files are of the public record: whoever asks, a file holds what anybody may see, so that it may be
passed on. Only where they are restricted, for researchers who accepted the terms, do words go that
are free for research and not public.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import batched

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from archive.cite.rights import rights_of
from archive.columns import NAMES
from archive.rights import sees_research
from archive.rows import Row
from archive.search.notes import matching_notes
from archive.search.query import Query
from archive.take.relay import copied
from archive.take.row_sql import UNSAID, addresses, as_cells, as_values
from coproduce.replica import reading_connection
from people.guests import ANYBODY, Viewer
from people.models import Consent
from people.refusals import Refused
from responses.models import Board, Note
from responses.models.notes import words_as_plain

CHUNK = 4000  # notes held in memory at a time
NO_TERMS = gettext_lazy(
    "Accept the terms for researchers first, and let a steward or an organiser know you as one."
)


def _tell_nobody(_rows: int) -> None:
    pass


@dataclass(frozen=True)
class Taking:
    """What `viewer` takes away: all notes on the walls of the public record that `query` finds.

    `tell` hears how many rows were written so far. Refuses `restricted` to whom it is not for.
    """

    query: Query
    viewer: Viewer
    restricted: bool = False
    tell: Callable[[int], None] = _tell_nobody

    def __post_init__(self) -> None:
        if self.restricted and not sees_research(self.viewer):
            raise Refused(NO_TERMS)

    @property
    def notes(self) -> QuerySet[Note]:
        """In the order they came. Whose words were asked for, only what everybody may read."""
        notes = Note.objects.on_the_wall().filter(board__in=Board.objects.visible_to(ANYBODY))
        if self.query.words:
            notes = notes.visible_to(ANYBODY)
        return matching_notes(notes, self.query).order_by("pk")

    @property
    def number(self) -> int:
        return self.notes.count()

    def rows(self) -> Iterator[Row]:
        """As values: true booleans, numbers, lists and nulls."""
        query, values = as_values("SELECT unnest(%(ids)s::bigint[])"), self.values
        for ids in self.chunks():
            with reading_connection().cursor() as cursor:
                cursor.execute(query, {**values, "ids": ids})
                yield from (_said(dict(zip(NAMES, row, strict=True))) for row in cursor.fetchall())

    def csv_lines(self) -> Iterator[bytes]:
        """As lines of RFC 4180, without the line of names, made by the database."""
        told = 0
        for lines, number in copied(self.statement, self.values, _line):
            yield lines
            told += number
            self.tell(told)

    def chunks(self) -> Iterator[list[int]]:
        """The keys of the notes, CHUNK at a time; `tell` hears of each chunk once it was used."""
        told = 0
        keys = self.notes.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
        for ids in batched(keys, CHUNK, strict=False):
            yield list(ids)
            told += len(ids)
            self.tell(told)

    @property
    def statement(self) -> str:
        """What the database is asked for the lines of a file; it takes `values`."""
        return as_cells(self._keys())

    def _keys(self) -> str:
        """The query of the keys of its notes, as part of a statement that has values of its own."""
        query, values = self.notes.order_by().values("pk").query.sql_with_params()
        with reading_connection().cursor() as cursor:
            return cursor.mogrify(query, values).decode().replace("%", "%%")

    @property
    def values(self) -> dict[str, object]:
        return {**addresses(), **_rights(), "sees_all": self.restricted}


def _said(row: Row) -> Row:
    """The row with the plain words that only the parser of transcripts can say."""
    if row["plain"] == UNSAID:
        row["plain"] = words_as_plain(str(row["markup"]), str(row["origin"]))
    return row


def _line(line: bytes) -> bytes:
    """The same in a line; PostgreSQL ends them with LF alone, and RFC 4180 with CRLF."""
    if UNSAID.encode() not in line:
        return line[:-1] + b"\r\n"
    (cells,) = csv.reader(io.StringIO(line.decode(), newline=""))
    said = io.StringIO(newline="")
    csv.writer(said, lineterminator="\r\n").writerow(_said(dict(zip(NAMES, cells, strict=True))).values())
    return said.getvalue().encode()


def _rights() -> dict[str, list]:
    consents = list(Consent.objects.select_related("wording"))
    rights = [rights_of(consent) for consent in consents]
    return {
        "consents": [consent.pk for consent in consents],
        "licences": [one.uri for one in rights],
        "statements": [one.statement for one in rights],
    }
