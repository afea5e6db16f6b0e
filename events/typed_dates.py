"""Dates as people type them: "6 March 2027", "5–7 November 2018", "06/03/2027", "March 2027".

What `events.edtf` says in English words, this reads back; days come before months. Months may stand in
the language of the page as well.
"""

import re
from calendar import month_abbr, month_name

from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.edtf import NotADate, parse_date

MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}  # fmt: skip
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<month>[^\W\d_]{3,15})\.?"
FORMS = [
    re.compile(pattern)
    for pattern in (
        rf"{WEEKDAY}{DAY}(?:\s+(?:of\s+)?{MONTH})?(?:,?\s+(?P<year>[0-9]{{4}}))?",
        rf"{WEEKDAY}{MONTH}\s+{DAY}(?:,?\s+(?P<year>[0-9]{{4}}))?",
        rf"{MONTH}(?:,?\s+(?P<year>[0-9]{{4}}))?",
        r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})",
    )
]
BETWEEN = re.compile(r"\s*[–—]\s*|\s+-\s+|\s+to\s+|(?<=[0-9])-(?=[0-9]{1,2}\s)")
HOW = gettext_lazy("Write it like 6 March 2027, 5–7 March 2027, or March 2027 where the day is not known.")


def typed_date(text: str) -> str:
    """The date as EDTF that `text` says, which may be EDTF already; raises NotADate with a sentence."""
    tidy = " ".join(text.split()).lower()
    try:
        return parse_date(tidy) and tidy
    except NotADate:
        pass
    parts = [_parts(part) for part in BETWEEN.split(tidy)] if tidy else []
    if not 0 < len(parts) < 3 or None in parts:
        raise NotADate(_("“%(text)s” is not a date. %(how)s") % {"text": text, "how": HOW})
    date = "/".join(_edtf(_filled(part, parts[-1])) for part in parts)
    return _checked(date, text)


def _parts(text: str) -> dict[str, str] | None:
    """The day, month and year that a point in time gives, as far as it gives them."""
    for form in FORMS:
        if found := form.fullmatch(text):
            return {name: value for name, value in found.groupdict().items() if value}
    return None


def _filled(part: dict[str, str], last: dict[str, str]) -> dict[str, str]:
    """What "5–7 March 2027" leaves out of its first part: the year, and of a day alone the month too."""
    if "year" in part:
        return part
    left_out = ("year",) if "month" in part else ("year", "month")
    return part | {name: last[name] for name in left_out if name in last}


def _edtf(parts: dict[str, str]) -> str:
    month = parts.get("month", "")
    number = int(month) if month.isdigit() else MONTHS.get(month) or _in_their_language(month)
    digits = [f"{number:02}"] if month else []
    digits += [f"{int(parts['day']):02}"] if "day" in parts else []
    return "-".join([parts.get("year", ""), *digits])


def _in_their_language(month: str) -> int:
    """The number of a month in the language of the page; 0 for what is none."""
    return next((number for number, name in dates.MONTHS.items() if month == name.lower()), 0)


def _checked(date: str, text: str) -> str:
    try:
        parse_date(date)
    except NotADate:
        raise NotADate(_("“%(text)s” is not in the calendar. %(how)s") % {"text": text, "how": HOW}) from None
    return date
