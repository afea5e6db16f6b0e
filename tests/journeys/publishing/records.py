"""The records beside the project, read as somebody reads them who has to type them in."""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "records"
LINK = re.compile(r"[\w.+-]+@[\w-]+(?:\.\w+)+|\b[\w-]+(?:\.[\w-]+)*\.uk\b")
A_QUOTATION = re.compile(r"“(?P<text>[^“”]+)”\.?\s*(?:—\s*(?P<said_by>.+))?")
A_DAY = re.compile(r"(?:[A-Z][a-z]+day,? )?\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}")
A_STATION = re.compile(r".+ \(\d+\)")
COMMENTS = re.compile(r"\n\d+ comments:\s*\n")
LONGEST_HEADING = 75  # characters
type Part = dict[str, str]


def record(number: str) -> str:
    """The text of a record; skips where the folder is not beside the project."""
    found = sorted(FOLDER.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"The folder of records is not beside the project: nothing to read at {FOLDER}.")
    return found[0].read_text()


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def words(text: str) -> list[str]:
    """The words alone: a page may break its lines and mark its quotations in its own way."""
    return re.findall(r"[^\W_]+", text)


def day_in(text: str) -> str:
    """The first date of a text, as it is written there."""
    return A_DAY.search(text)[0]


@dataclass(frozen=True, slots=True)
class Film:
    title: str
    alternative: str
    address: str


def parts_of(lines: list[str]) -> list[Part]:
    """Lines as the parts of a write-up: words that go on together, and each quotation by itself."""
    parts = []
    for is_quoted, group in groupby(lines, lambda line: bool(A_QUOTATION.fullmatch(line))):
        together = list(group)
        parts += map(_quotation, together) if is_quoted else [_text(together)]
    return parts


def _quotation(line: str) -> Part:
    found = A_QUOTATION.fullmatch(line)
    return {"kind": "quotation", "text": found["text"], "said_by": found["said_by"] or ""}


def _text(lines: list[str]) -> Part:
    html = ""
    for is_listed, group in groupby(lines, lambda line: line.startswith("- ")):
        typed = "".join(map(_item if is_listed else _paragraph, group))
        html += f"<ul>{typed}</ul>" if is_listed else typed
    return {"kind": "text", "html": html}


def _item(line: str) -> str:
    return f"<li>{_linked(line.removeprefix('- '))}</li>"


def _paragraph(line: str) -> str:
    is_heading = len(line) < LONGEST_HEADING and line[-1] not in ".:?!…,”"
    tag = "h2" if is_heading else "p"
    return f"<{tag}>{_linked(line)}</{tag}>"


def _linked(line: str) -> str:
    return LINK.sub(
        lambda found: f'<a href="{address_of(found[0])}">{found[0]}</a>', escape(line, quote=False)
    )


def address_of(link: str) -> str:
    return f"mailto:{link}" if "@" in link else f"https://{link}"


def comments_of(text: str) -> list[str]:
    """The comments under an article, of which each ends with the button that answers it."""
    parts = COMMENTS.split(text, maxsplit=1)[1].split("ReplyDelete")
    return [re.sub(r"^\s*\d+\.\s*", "", part).strip() for part in parts if part.strip()]
