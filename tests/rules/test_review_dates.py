"""What a host keeps on file about data protection is looked through in time, or a test fails."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.rules.sources import ROOT

FILES = ROOT / "docs" / "data-protection"
EXPECTED = {"dpia.md", "record-of-processing.md", "online-safety.md", "breach.md"}
FIELDS = {"title", "owner", "reviewed", "review_by"}
LONGEST = timedelta(days=366)  # between two reviews
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def front_of(text: str) -> dict[str, str]:
    """What stands between the two lines at the top, by name."""
    found = FRONT.match(text)
    lines = found[1].splitlines() if found else []
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def faults(name: str, text: str, today: date) -> Iterator[str]:
    """What is wrong with the front of a file on that day, in sentences."""
    front = front_of(text)
    if missing := FIELDS - {field for field, value in front.items() if value}:
        yield f"{name} does not say: {', '.join(sorted(missing))}."
        return
    reviewed, review_by = (date.fromisoformat(front[field]) for field in ("reviewed", "review_by"))
    if review_by < today:
        yield f"{name} was to be looked through by {review_by}. Do it, then set both days."
    if reviewed > today + timedelta(days=1) or review_by - reviewed > LONGEST:
        yield f"{name} gives itself more than a year, or was reviewed on a day to come."


def files() -> list[Path]:
    return sorted(path for path in FILES.glob("*.md") if path.name != "README.md")


def test_all_of_them_are_there() -> None:
    assert {path.name for path in files()} == EXPECTED


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_each_has_a_role_that_looks_after_it_and_is_not_overdue(path: Path) -> None:
    assert list(faults(path.name, path.read_text(), datetime.now(UTC).date())) == []


WHOLE = "---\ntitle: A\nowner: a steward\nreviewed: 2026-11-22\nreview_by: 2027-11-22\n---\n"


@pytest.mark.parametrize(
    ("today", "text", "number"),
    [
        (date(2027, 11, 22), WHOLE, 0),
        (date(2027, 11, 23), WHOLE, 1),
        (date(2026, 11, 22), WHOLE.replace("2027-11-22", "2028-11-22"), 1),
        (date(2026, 11, 22), WHOLE.replace("owner: a steward", "owner:"), 1),
        (date(2026, 11, 22), "# No front at all\n", 1),
    ],
)
def test_a_day_that_has_passed_is_noticed(today: date, text: str, number: int) -> None:
    assert len(list(faults("a.md", text, today))) == number


def test_every_file_is_overdue_some_day() -> None:
    for path in files():
        assert list(faults(path.name, path.read_text(), date(2199, 1, 1))), path.name
