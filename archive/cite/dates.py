"""Dates of works, as precise as they are known: EDTF level 0 in, what each form of citation wants out."""

import re
from datetime import datetime

from django.utils.timezone import localdate

from events.edtf import NotADate, Point, Span, parse_date

YEARS = re.compile(r"\b([12][0-9]{3})(?:\s*[-–/]\s*([12][0-9]{3}|[0-9]{2}))?\b")


def day_of(at: datetime | None) -> str:
    """The day of `at` where the site is: `2026-11-22`; empty for None."""
    return localdate(at).isoformat() if at else ""


def year_of(stated: str) -> str:
    """A year or two as a record states them, as EDTF: "2016–17" is `2016/2017`; empty where none is read."""
    found = YEARS.search(stated)
    if found is None:
        return ""
    first, last = found[1], found[2] or found[1]
    last = first[:2] + last if len(last) == 2 else last
    return first if last <= first else f"{first}/{last}"


def span_of(edtf: str) -> Span | None:
    try:
        return parse_date(edtf) if edtf else None
    except NotADate:
        return None


def parts_of(edtf: str) -> list[list[int]]:
    """The `date-parts` of CSL: one list, or two for a range; none without a date."""
    span = span_of(edtf)
    if span is None:
        return []
    ends = [span.start] if span.start == span.end else [span.start, span.end]
    return [_known(point) for point in ends]


def slashed(edtf: str) -> str:
    """The first day as RIS writes it: `2019/03/06`, `2019/03//` or `2019///`."""
    span = span_of(edtf)
    if span is None:
        return ""
    known = [f"{part:02}" for part in _known(span.start)]
    return "/".join(known) + "/" * (3 - len(known) + (len(known) < 3))


def _known(point: Point) -> list[int]:
    return [part for part in (point.year, point.month, point.day) if part]
