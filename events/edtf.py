"""Dates as precise as the record is: EDTF level 0 (ISO 8601-2), the part that records use.

A day `2019-03-06`, a month `2018-11`, a year `2018`, or a range of two of them with a
slash. The libraries for all of EDTF bring a parser generator for levels no record here needs.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

# Months and days begin at 01; which days a month has is the calendar's business.
POINT = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


class NotADate(ValueError):
    """A sentence that says how to write the date."""


@dataclass(frozen=True, slots=True)
class Point:
    """A year, month or day, with its first and last day."""

    year: int
    month: int | None
    day: int | None

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def words(self) -> str:
        if self.month is None:
            return str(self.year)
        parts = {"day": self.day, "month": MONTHS[self.month], "year": self.year}
        return (_("%(day)s %(month)s %(year)s") if self.day else _("%(month)s %(year)s")) % parts


@dataclass(frozen=True, slots=True)
class Span:
    """What an event's date covers, from one point to another (the same for a single one)."""

    start: Point
    end: Point

    @property
    def first(self) -> date:
        return self.start.first

    @property
    def last(self) -> date:
        return self.end.last

    @property
    def is_days(self) -> bool:
        """Whether it begins and ends on days that are known, rather than in a month or a year."""
        return bool(self.start.day and self.end.day)

    def words(self) -> str:
        """The span as it is said: "6 March 2019", "5–7 November 2018", "November 2018"."""
        if self.start == self.end:
            return self.start.words()
        same_month = (self.start.year, self.start.month) == (self.end.year, self.end.month)
        if same_month and self.start.day and self.end.day:
            return f"{self.start.day}–{self.end.words()}"
        return _("%(start)s to %(end)s") % {"start": self.start.words(), "end": self.end.words()}


def parse_date(text: str) -> Span:
    """The span that `text` (EDTF level 0) covers; raises NotADate with a sentence."""
    parts = [_point(part) for part in text.strip().split("/")]
    if len(parts) > 2 or parts[0].first > parts[-1].last:
        raise NotADate(
            _("“%(text)s” is not a date or a range. Write 2019-03-06, 2018-11 or 2018-11-05/2018-11-07.")
            % {"text": text}
        )
    return Span(parts[0], parts[-1])


def _point(text: str) -> Point:
    found = POINT.fullmatch(text.strip())
    try:
        point = Point(*(int(part) if part else None for part in found.groups()))
        point.first, point.last  # noqa: B018  both must exist in the calendar
    except (AttributeError, ValueError):
        raise NotADate(
            _("“%(text)s” is not a date. Write 2019-03-06, 2018-11 or 2018.") % {"text": text}
        ) from None
    return point
