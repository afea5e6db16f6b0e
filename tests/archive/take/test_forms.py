"""Forms of rows: each holds the same notes, and none lets a cell act."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
import rispy

from archive.columns import NAMES
from archive.exports import STARTS, as_typed
from archive.take import tabular
from archive.take.forms import FORMS, form_called
from responses.models import Note
from tests.archive.take.conftest import NEVER, PUBLIC, RESEARCH, Wall, taking

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def written(name: str, question: str = "") -> bytes:
    return b"".join(form_called(name).write(taking(question)))


def sheet(content: bytes) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [tuple(cell.value for cell in row) for row in book["Notes"].iter_rows()]


def test_all_forms_of_rows_hold_the_same_notes(wall: Wall, tmp_path: Path) -> None:
    import duckdb

    ids = [row["note"] for row in taking().rows()]
    assert len(ids) == wall.number
    assert [json.loads(line)["note"] for line in written("jsonl").splitlines()] == ids
    assert [one["note"] for one in json.loads(written("json"))] == ids
    assert [row[0] for row in sheet(written("xlsx"))] == ["note", *ids]
    for name in ("csv", "spreadsheet"):
        text = written(name).decode("utf-8-sig")
        assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["note", *ids]
    kept = tmp_path / "notes.parquet"
    kept.write_bytes(written("parquet"))
    assert duckdb.sql(f"SELECT note FROM read_parquet('{kept}')").fetchall() == [(one,) for one in ids]


def parquet_table(question: str = "") -> object:
    import pyarrow
    import pyarrow.parquet

    return pyarrow.parquet.read_table(pyarrow.BufferReader(written("parquet", question)))


def test_parquet_has_the_types_and_the_values_of_the_rows(wall: Wall) -> None:
    table = parquet_table()
    assert table.schema.names == list(NAMES)
    assert str(table.schema.field("added_at").type) == "timestamp[ms, tz=UTC]"
    assert str(table.schema.field("principles").type).startswith("list<")
    for row, read in zip(taking().rows(), table.to_pylist(), strict=True):
        for name, value in row.items():
            is_time = name in tabular.TIMES and value
            assert (read[name].isoformat() if is_time else read[name]) == value, name


def test_parquet_of_nothing_opens(wall: Wall) -> None:
    assert parquet_table("q=nowhereatall").num_rows == 0


def test_row_groups_come_at_their_number(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow
    import pyarrow.parquet

    monkeypatch.setattr(tabular, "GROUP", 10)
    Note.objects.filter(pk=wall.public.pk).update(text="x")
    read = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(written("parquet")))
    assert (read.metadata.num_rows, read.num_row_groups) == (wall.number, 1)


def test_without_pyarrow_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "find_spec", lambda _name: None)
    assert "does not write Parquet" in form_called("parquet").missing()


FORMULAS = (
    "=1+1",
    "+44 161",
    "-2",
    "@SUM(A1)",
    "\t=x",
    "%x",
    "|x",
    "  =1",
    "＝1",
    '=HYPERLINK("//e")',
    "{=1}",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number(wall: Wall, formula: str) -> None:
    Note.objects.filter(pk=wall.public.pk).update(text=formula)
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    cells = [cell for row in book["Notes"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in cells)
    said = next(row for row in sheet(written("xlsx")) if row[0] == wall.public.identifier)
    assert said[NAMES.index("plain")] == formula


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_spreadsheet_file_begins_like_a_formula(wall: Wall, formula: str) -> None:
    Note.objects.filter(pk=wall.public.pk).update(text=formula)
    text = written("spreadsheet").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell and cell[0] in STARTS] == []


def test_a_cell_that_is_too_long_is_cut_and_says_so(wall: Wall) -> None:
    Note.objects.filter(pk=wall.public.pk).update(text="😀" * 20_000)
    said = next(row for row in sheet(written("xlsx")) if row[0] == wall.public.identifier)
    assert said[NAMES.index("plain")].endswith(tabular.CUT)


def test_a_workbook_says_what_its_columns_mean_and_has_empty_cells_for_nothing(wall: Wall) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert [row[0].value for row in book["Columns"].iter_rows()] == list(NAMES)
    for row, cells in zip(taking().rows(), sheet(written("xlsx"))[1:], strict=True):
        for value, cell in zip(row.values(), cells, strict=True):
            same = value if isinstance(value, bool | int) else as_typed(value) or None
            assert cell == same


def test_references_are_of_what_everybody_can_open(wall: Wall) -> None:
    entries = rispy.loads(written("ris").decode())
    shown = Note.objects.filter(consent__public=True).on_the_wall().exclude(board__slug="drafted")
    assert len(entries) == shown.filter(board__event__status="in_progress").count() < wall.number
    assert len(json.loads(written("csl"))) == len(entries)
    assert written("bibtex").decode().count("\n@") + 1 == len(entries)


@pytest.mark.parametrize("form", ["csv", "spreadsheet", "jsonl", "json", "ris", "bibtex", "csl", "datacite"])
def test_no_form_holds_what_nobody_may_take(wall: Wall, form: str) -> None:
    text = written(form).decode()
    assert form == "datacite" or PUBLIC in text
    for word in (RESEARCH, *NEVER):
        assert word not in text, word


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_no_compressed_form_holds_what_nobody_may_take(wall: Wall, form: str) -> None:
    cells = str(sheet(written("xlsx")) if form == "xlsx" else parquet_table().to_pylist())
    assert PUBLIC in cells
    assert not any(word in cells for word in (RESEARCH, *NEVER))


def test_names_of_forms_and_endings_are_each_their_own() -> None:
    assert len({form.name for form in FORMS}) == len({form.suffix for form in FORMS}) == len(FORMS)
