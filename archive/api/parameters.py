"""What can be asked of a list: each parameter with its meaning and its schema, and how it is read."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from archive.api.facts import Schema
from people.refusals import Refused

LARGEST = 2**63 - 1
MOST, USUAL = 200, 50  # items on a page
LONGEST = 500  # characters of a value
# What every system that reads times can hold, with a day to spare.
YEARS = range(1000, 9999)
NO_NUL = "^[^\\u0000]*$"
PLACE: Schema = {"type": "string", "maxLength": LONGEST, "pattern": NO_NUL}


@dataclass(frozen=True, slots=True)
class Parameter:
    """`is_repeated`: it may stand there several times, and any of its values will do."""

    name: str
    about: str
    schema: Schema
    is_repeated: bool = False


LIMIT = Parameter(
    "limit",
    "How many items to tell at once.",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)
CURSOR = Parameter("cursor", "Where to go on: what `next` of the answer before leads to.", PLACE)
SINCE = Parameter(
    "since",
    "Only what changed then or later: a day, or a time with its zone. Begin from the header X-Settled-Until "
    "of your last answer and you miss nothing.",
    {"type": "string", "format": "date-time"},
)
FIELDS = Parameter("fields", "Only these facts of each item, with commas between, and its id.", PLACE)


def must_be_known(given: QueryDict, names: Collection[str], repeated: Collection[str] = ()) -> None:
    """Refuses a parameter that is not there, one that stands twice, and what no database can hold."""
    for name in given:
        if name not in names:
            known = ", ".join(sorted(names)) or "none"
            raise Refused(f"There is no parameter “{_short(name)}” here. These there are: {known}.")
        values = given.getlist(name)
        if len(values) > 1 and name not in repeated:
            raise Refused(f"“{name}” may stand there once only.")
        if any("\0" in value or len(value) > LONGEST for value in values):
            raise Refused(f"What is asked with “{name}” is too long, or holds a NUL character.")


def read_limit(given: QueryDict) -> int:
    asked = given.get("limit", str(USUAL))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= MOST):
        raise Refused(f"“limit” is a whole number from 1 to {MOST}.")
    return int(asked)


def read_since(given: QueryDict) -> datetime | None:
    """The time asked for, in UTC; a day begins in UTC too."""
    asked = given.get("since")
    if asked is None:
        return None
    at = _time(asked)
    if at is None or at.year not in YEARS:
        raise Refused("“since” is a day as 2026-11-22 or a time as 2026-11-22T17:38:46Z.")
    return at


def _time(asked: str) -> datetime | None:
    try:
        # A plus sign that was not escaped arrives as a space.
        at = parse_datetime(asked.replace(" ", "+") if asked.count(" ") == 1 and "T" in asked else asked)
        day = parse_date(asked) if at is None or "T" not in asked else None
        if day:
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        return at.astimezone(UTC) if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_fields(given: QueryDict, names: Sequence[str]) -> list[str]:
    """The names of the facts asked for; empty for all."""
    asked = [name.strip() for name in given.get("fields", "").split(",") if name.strip()]
    if strange := [name for name in asked if name not in names]:
        raise Refused(f"There is no fact “{_short(strange[0])}” here. These there are: {', '.join(names)}.")
    return asked


def write_cursor(of: str, *parts: object) -> str:
    """A place in the list called `of`."""
    return urlsafe_b64encode(json.dumps([of, *parts], separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(given: QueryDict, of: str, kinds: Sequence[type]) -> list | None:
    """The parts of a place in the list `of`, of these types; None at its beginning. Refuses any other."""
    if (asked := given.get("cursor")) is None:
        return None
    try:
        padded = asked.encode("ascii") + b"=" * (-len(asked) % 4)
        name, *parts = json.loads(urlsafe_b64decode(padded))
    except (ValueError, TypeError, RecursionError):
        name, parts = "", []
    fit = name == of and [type(part) for part in parts] == list(kinds)
    if not fit or not all(type(part) is not int or 0 <= part <= LARGEST for part in parts):
        raise Refused("This cursor leads nowhere here. Take it from `next` of an answer, as it stands.")
    return parts


def filters_of(given: QueryDict, filters: Mapping[str, str]) -> dict[str, str]:
    """By column, what the list is narrowed to."""
    return {column: given[name] for name, column in filters.items() if name in given}


def _short(text: str) -> str:
    return text.replace("\0", "")[:40]
