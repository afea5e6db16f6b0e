"""Rows written as files: CSV to the letter, CSV that a spreadsheet may open, JSON Lines."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

from archive.columns import NAMES
from archive.rows import Row

BATCH = 200  # rows to a piece of the answer
BOM = "\ufeff"
# Where a spreadsheet may see a formula, a command or a cell boundary; also their full-width twins.
STARTS = frozenset("=+-@\t\r\n%|＝＋－＠")


def to_csv(rows: Iterable[Row], names: Sequence[str] = NAMES) -> Iterator[bytes]:
    """CSV as RFC 4180 has it: UTF-8 without a mark, CRLF, every cell to the letter."""
    return _csv(rows, as_typed, names, quoting=csv.QUOTE_MINIMAL)


def to_excel(rows: Iterable[Row], names: Sequence[str] = NAMES) -> Iterator[bytes]:
    """CSV for spreadsheets: a byte order mark, all cells quoted, none that could act."""
    yield BOM.encode()
    yield from _csv(rows, inert, names, quoting=csv.QUOTE_ALL)


def to_jsonl(rows: Iterable[Row]) -> Iterator[bytes]:
    """One JSON object a line, with true booleans, numbers, lists and nulls."""
    for batch in batched(rows, BATCH, strict=False):
        yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in batch).encode()


def as_typed(value: object) -> str:
    """The cell for `value`: lists with a space between, true and false, nothing for nothing."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def inert(value: object) -> str:
    """The cell with an apostrophe in front where a spreadsheet could take it for a formula."""
    cell = as_typed(value)
    # The second look is for formulas behind blanks. An empty cell has no first character at all.
    risky = cell and (cell[0] in STARTS or cell.lstrip()[:1] in STARTS)
    return f"'{cell}" if risky else cell


def _csv(
    rows: Iterable[Row], cell: Callable[[object], str], names: Sequence[str], *, quoting: int
) -> Iterator[bytes]:
    yield _lines([names], quoting)
    for batch in batched(rows, BATCH, strict=False):
        yield _lines([[cell(value) for value in row.values()] for row in batch], quoting)


def _lines(cells: Sequence[Sequence[str]], quoting: int) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting, lineterminator="\r\n").writerows(cells)
    return written.getvalue().encode()
