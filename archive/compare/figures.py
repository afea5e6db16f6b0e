"""A figure: lines counted by columns, what it says of itself, and nothing of how it is drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.small_cells import Part, suppress
from responses.models import Mark

KEPT_BACK = gettext_lazy(
    "“Kept back” stands for fewer than five answers from boards where under-18s may take part, and for"
    " numbers from which those could be worked out."
)
TERMS = gettext_lazy(
    "Counts may be quoted with their address and data version. The words of notes have terms of their own,"
    " note by note."
)
BASE = gettext_lazy("Percentages are of all notes counted in their row.")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column counts: a name for programs and one for people. A mark has a pen and a shape."""

    name: str
    label: str

    @property
    def mark(self) -> str:
        return self.name if self.name in Mark.values else ""


# Short, since what a column counts is said above all of them.
SHORT = {Mark.NOT_RECORDED: gettext_lazy("Not recorded")}
MARKS = tuple(Column(mark.value, SHORT.get(mark, mark.label)) for mark in Mark)


@dataclass(frozen=True, slots=True)
class Head:
    """What a line is about: its name for programs, how it is said, what stands beneath, its path."""

    name: str
    label: str
    beneath: str = ""
    path: str = ""

    @property
    def permalink(self) -> str:
        return self.path and settings.SITE_URL + self.path


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a figure: a number, or None where it is kept back, for each column."""

    head: Head
    values: tuple[int | None, ...]
    total: int | None
    withdrawn: int = 0

    @property
    def shares(self) -> list[tuple[int | None, int | None]]:
        """Each number with its share of the line's total in whole percent, rounded half up."""
        return [(value, share(value, self.total)) for value in self.values]


@dataclass(frozen=True, slots=True)
class Figure:
    """Lines by columns. `counted` says in a sentence what is counted; `sums` is None if lines overlap.

    `address` is permanent and absolute; `version` is that of the data, and `made` the day it was drawn.
    """

    name: str
    title: str
    counted: str
    what: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: Line | None = None
    address: str = ""
    version: str = ""
    made: date | None = None
    base: str = BASE
    is_kept_back: bool = field(default=False)

    @property
    def most(self) -> int:
        """The longest bar, at least 1 so that it can divide."""
        return max((value or 0 for line in self.lines for value in line.values), default=0) or 1

    @property
    def has_withdrawn(self) -> bool:
        return any(line.withdrawn for line in self.lines)

    @property
    def path(self) -> str:
        """Its address as seen from this site."""
        return self.address.removeprefix(settings.SITE_URL)

    @property
    def kept_back(self) -> str:
        return KEPT_BACK

    @property
    def terms(self) -> str:
        return TERMS

    @property
    def source(self) -> str:
        """Where it is from and of which data: what stands below every copy of it."""
        return _("%(site)s, data version %(version)s, drawn on %(day)s: %(address)s") % {
            "site": settings.SITE_NAME,
            "version": self.version,
            "day": date_format(self.made, "j F Y") if self.made else "",
            "address": self.address,
        }

    @property
    def in_words(self) -> str:
        """The whole figure as it is said, line by line: what a picture's reader would see."""
        return " ".join([self.counted, *(self._said(line) for line in self.lines)])

    def _said(self, line: Line) -> str:
        each = zip(self.columns, line.values, strict=True)
        counts = ", ".join(f"{column.label} {_('kept back') if n is None else n}" for column, n in each)
        return f"{line.head.label}: {counts}."


def share(value: int | None, total: int | None) -> int | None:
    """In whole percent, rounded half up; None where either is kept back or there is nothing."""
    return (200 * value + total) // (2 * total) if total and value is not None else None


@dataclass(frozen=True, slots=True)
class Row:
    """A line before anything is kept back."""

    head: Head
    parts: Sequence[Part]
    withdrawn: int = 0


def lines_of(rows: Sequence[Row], *, summed: bool) -> tuple[tuple[Line, ...], Line | None, bool]:
    """The rows with their small cells kept back, their sums, and whether anything was kept back."""
    shown = suppress([row.parts for row in rows], summed=summed)
    lines = tuple(
        Line(row.head, tuple(values), total, row.withdrawn)
        for row, values, total in zip(rows, shown.rows, shown.totals, strict=True)
    )
    withdrawn = sum(row.withdrawn for row in rows)
    sums = Line(Head("all", _("All")), tuple(shown.sums), shown.whole, withdrawn) if summed and rows else None
    return lines, sums, shown.is_kept_back


def parts_of(all_: Counter[str], young: Counter[str], columns: Sequence[Column]) -> list[Part]:
    """For each column how many are counted, and how many of them where under-18s may take part."""
    return [Part(all_[column.name], young[column.name]) for column in columns]
