"""Files as they are written: exact where they say so, harmless in a spreadsheet."""

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.columns import NAMES
from archive.exports import BOM, as_typed, inert, to_csv, to_excel, to_jsonl
from archive.rows import Row

# PostgreSQL holds neither NUL nor half a surrogate pair; everything else may come.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
tricky = st.sampled_from(
    ["", "=1+1", "+44 161", "-", "@a", "\t=x", "\r", "\n=x", "  =x", "%x", "|x", '"', ",", "'"]
)
cells = st.one_of(texts, tricky)
rows = st.lists(st.lists(cells, min_size=len(NAMES), max_size=len(NAMES)), max_size=5)


def as_rows(values: list[list[str]]) -> list[Row]:
    return [dict(zip(NAMES, row, strict=True)) for row in values]


def read(parts: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(parts.decode("utf-8"), newline="")))


@settings(deadline=None, max_examples=60)
@given(rows)
def test_the_exact_file_gives_back_every_character(values: list[list[str]]) -> None:
    written = b"".join(to_csv(as_rows(values)))
    assert read(written) == [list(NAMES), *values]
    assert not written.startswith(BOM.encode())


@settings(deadline=None, max_examples=60)
@given(rows)
def test_no_cell_of_the_spreadsheet_file_begins_a_formula(values: list[list[str]]) -> None:
    written = b"".join(to_excel(as_rows(values)))
    assert written.startswith(BOM.encode())
    for given_row, row in zip(values, read(written.removeprefix(BOM.encode()))[1:], strict=True):
        for given_cell, cell in zip(given_row, row, strict=True):
            assert cell[:1] not in {*"=+-@\t\r\n%|"} or cell == ""
            assert cell.removeprefix("'") == given_cell.removeprefix("'")


@settings(deadline=None, max_examples=60)
@given(rows)
def test_json_lines_give_back_every_character(values: list[list[str]]) -> None:
    written = b"".join(to_jsonl(as_rows(values))).decode()
    assert [json.loads(line) for line in written.split("\n")[:-1]] == as_rows(values)


def test_an_empty_cell_stays_empty() -> None:
    assert inert("") == inert(None) == inert([]) == ""


def test_a_formula_behind_blanks_is_made_harmless_too() -> None:
    assert inert("  =HYPERLINK(1)") == "'  =HYPERLINK(1)"
    assert inert("＝1") == "'＝1"
    assert inert("2 = 2") == "2 = 2"


def test_lists_and_truths_read_the_same_everywhere() -> None:
    assert [as_typed(value) for value in (["a", "b"], [1, 2], True, False, None, 3)] == [
        "a b", "1 2", "true", "false", "", "3",
    ]  # fmt: skip


def test_lines_end_as_rfc_4180_says() -> None:
    assert b"".join(to_csv(as_rows([["x"] * len(NAMES)]))).count(b"\r\n") == 2
