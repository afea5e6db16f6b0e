"""Rows as tables: CSV, JSON Lines, JSON, XLSX and Parquet, at constant memory."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext_lazy

from archive.columns import COLUMNS, NAMES
from archive.exports import as_typed, to_csv, to_excel, to_jsonl
from archive.take.outlet import Outlet
from archive.take.row_sql import LISTS
from archive.take.rows import Taking

if TYPE_CHECKING:
    import pyarrow

PIECE = 256 * 1024  # bytes
GROUP = 50_000  # rows of Parquet that are read together
MOST_XLSX = 1_048_575  # rows of a sheet, without that of the names
LONGEST_CELL = 32_767  # characters, which is Excel's own limit
CUT = " [cut here: a spreadsheet cell holds no more. The CSV has it whole.]"
NUMBERS, TRUTHS = ("consent_wording", "reading", "readings"), ("consent_public", "consent_research")
TIMES = ("added_at", "accepted_at")
NO_PARQUET = gettext_lazy(
    "This site does not write Parquet. Its steward can add it with the extra “parquet”."
)


def csv_exact(taking: Taking) -> Iterator[bytes]:
    yield from to_csv(())
    yield from taking.csv_lines()


def csv_for_spreadsheets(taking: Taking) -> Iterator[bytes]:
    return to_excel(taking.rows())


def json_lines(taking: Taking) -> Iterator[bytes]:
    return to_jsonl(taking.rows())


def json_array(taking: Taking) -> Iterator[bytes]:
    """One list of objects; each line holds one of them."""
    before = "["
    for row in taking.rows():
        yield f"{before}\n{json.dumps(row, ensure_ascii=False)}".encode()
        before = ","
    yield b"\n]\n" if before == "," else b"[]\n"


def xlsx(taking: Taking) -> Iterator[bytes]:
    """One sheet of rows, where every cell of words is words, and one that says what they mean."""
    with TemporaryFile() as made:
        _write_workbook(taking, made)
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece


def _write_workbook(taking: Taking, made: IO[bytes]) -> None:
    # Heavy, and nothing but this form needs it.
    import xlsxwriter

    safe = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(made, {"constant_memory": True, **safe})
    sheet, guide = book.add_worksheet("Notes"), book.add_worksheet("Columns")
    for number, column in enumerate(COLUMNS):
        sheet.write_string(0, number, column.name)
        guide.write_string(number, 0, column.name)
        guide.write_string(number, 1, column.meaning)
    for number, row in enumerate(taking.rows(), 1):
        for place, value in enumerate(row.values()):
            if isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, int):
                sheet.write_number(number, place, value)
            elif cell := as_typed(value):
                sheet.write_string(number, place, _that_fits(cell))
    sheet.freeze_panes(1, 0)
    book.close()


def _that_fits(cell: str) -> str:
    # Excel counts in UTF-16, where some signs are two.
    if len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return cell
    return cell[: LONGEST_CELL // 2 - len(CUT)] + CUT


def has_parquet() -> bool:
    return find_spec("pyarrow") is not None


def parquet(taking: Taking) -> Iterator[bytes]:
    """Columns with their types; times are times, lists are lists."""
    # An extra that need not be installed; NO_PARQUET is said where it is not.
    import pyarrow
    import pyarrow.parquet

    outlet = Outlet()
    with pyarrow.parquet.ParquetWriter(
        pyarrow.PythonFile(outlet, mode="w"), _schema(pyarrow), compression="zstd"
    ) as writer:
        for group in _groups(pyarrow, taking):
            writer.write_table(group, row_group_size=GROUP)
            yield outlet.drained()
    yield outlet.drained()


def _groups(pyarrow: "pyarrow", taking: Taking) -> Iterator["pyarrow.Table"]:
    """Tables of GROUP rows, gathered in Arrow's own form, which is small."""
    schema, waiting, number = _schema(pyarrow), [], 0
    for rows in batched(taking.rows(), GROUP // 10, strict=False):
        waiting.append(pyarrow.Table.from_pylist(list(rows), schema=_as_read(pyarrow)).cast(schema))
        number += len(rows)
        if number >= GROUP:
            yield pyarrow.concat_tables(waiting)
            waiting, number = [], 0
    if waiting:
        yield pyarrow.concat_tables(waiting)


def _schema(pyarrow: "pyarrow") -> "pyarrow.Schema":
    of_times = dict.fromkeys(TIMES, pyarrow.timestamp("ms", tz="UTC"))
    return pyarrow.schema([(name, of_times.get(name, _type(pyarrow, name))) for name in NAMES])


def _as_read(pyarrow: "pyarrow") -> "pyarrow.Schema":
    return pyarrow.schema([(name, _type(pyarrow, name)) for name in NAMES])


def _type(pyarrow: "pyarrow", name: str) -> "pyarrow.DataType":
    if name in LISTS:
        return pyarrow.list_(pyarrow.int32() if name == "wording_versions" else pyarrow.string())
    if name in TRUTHS:
        return pyarrow.bool_()
    return pyarrow.int32() if name in NUMBERS else pyarrow.string()
