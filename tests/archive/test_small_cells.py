"""Small cells of tables where under-18s may have taken part: none can be worked out from what is shown."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.small_cells import Part, Published, suppress

Table = list[list[Part]]
UNBOUND = 12  # as far as a number is tried where no total bounds it


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Small enough to try every table that could be behind what is shown."""
    rows, columns = draw(st.sampled_from([(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2)]))
    part = st.builds(lambda young, more: Part(young + more, young), st.integers(0, 6), st.integers(0, 2))
    return draw(st.lists(st.lists(part, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def possible(table: Table, shown: Published) -> Iterator[list[list[int]]]:
    """Every table that shows the same, for one who knows all that comes from other boards."""
    choices = [list(_rows(*each)) for each in zip(table, shown.rows, shown.totals, strict=True)]
    for rows in product(*choices):
        sums = [sum(column) for column in zip(*rows, strict=True)]
        agrees = all(told in (None, found) for told, found in zip(shown.sums, sums, strict=True))
        if agrees and shown.whole in (None, sum(sums)):
            yield [list(row) for row in rows]


def _rows(parts: list[Part], shown: list[int | None], total: int | None) -> Iterator[tuple[int, ...]]:
    most = UNBOUND if total is None else total
    ranges = [
        range(part.number - part.young, most + 1) if value is None else [value]
        for part, value in zip(parts, shown, strict=True)
    ]
    return (row for row in product(*ranges) if total in (None, sum(row)))


def every_number(table: list[list[int]]) -> list[int]:
    """Cells, totals, sums and the whole, in one order."""
    sums = [sum(column) for column in zip(*table, strict=True)]
    return [*(cell for row in table for cell in row), *map(sum, table), *sums, sum(sums)]


def shown_numbers(shown: Published) -> list[int | None]:
    return [*(cell for row in shown.rows for cell in row), *shown.totals, *shown.sums, shown.whole]


@given(table=tables(), summed=st.booleans())
@example(table=[[Part(1, 1), Part(5, 5)]], summed=True)
@example(table=[[Part(3, 3), Part(0, 0)], [Part(0, 0), Part(0, 0)]], summed=True)
@example(table=[[Part(2, 2), Part(9, 9)], [Part(9, 9), Part(0, 0)]], summed=True)
def test_no_number_kept_back_can_be_worked_out(table: Table, summed: bool) -> None:
    shown = suppress(table, summed=summed)
    published = len(table) * (len(table[0]) + 1) if not summed else None
    for at, number in enumerate(shown_numbers(shown)[:published]):
        if number is None:
            tried: set[int] = set()
            for each in possible(table, shown):
                tried.add(every_number(each)[at])
                if len(tried) > 1:
                    break
            assert len(tried) > 1, (at, shown)


@given(table=tables(), summed=st.booleans())
def test_every_small_cell_is_kept_back_and_the_rest_is_true(table: Table, summed: bool) -> None:
    shown = suppress(table, summed=summed)
    small = any(1 <= part.young <= 4 for row in table for part in row)
    assert shown.is_kept_back is small
    for row, values in zip(table, shown.rows, strict=True):
        for part, value in zip(row, values, strict=True):
            assert value is None if 1 <= part.young <= 4 else value in (None, part.number)
    true = every_number([[part.number for part in row] for row in table])
    told = shown_numbers(shown)
    assert all(number in (None, truth) for number, truth in zip(told, true, strict=True))


@given(table=tables())
def test_without_a_board_for_under_18s_nothing_is_kept_back(table: Table) -> None:
    grown = [[Part(part.number) for part in row] for row in table]
    shown = suppress(grown)
    assert shown.rows == [[part.number for part in row] for row in grown]
    assert None not in shown_numbers(shown)


@given(table=tables())
def test_totals_of_rows_are_shown_where_there_are_two_columns(table: Table) -> None:
    if len(table[0]) > 1:
        assert None not in suppress(table).totals


@pytest.mark.parametrize(("number", "is_kept_back"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_small(number: int, is_kept_back: bool) -> None:
    shown = suppress([[Part(number, number), Part(9, 9)], [Part(9, 9), Part(9, 9)]])
    assert (shown.rows[0][0] is None) is is_kept_back


def test_where_no_sums_are_shown_less_is_kept_back() -> None:
    table = [[Part(2, 2), Part(9, 9), Part(8, 8)], [Part(9, 9), Part(9, 9), Part(9, 9)]]
    with_sums, without = (
        sum(row.count(None) for row in suppress(table, summed=summed).rows) for summed in (True, False)
    )
    assert (with_sums, without) == (4, 2)


def test_an_empty_table_is_shown() -> None:
    assert suppress([]) == Published([], [], [], 0)
    assert suppress([], summed=False).whole is None


def test_a_long_table_takes_no_long_time() -> None:
    """Two thousand rows; a search through all pairs of them would not end within this test's patience."""
    table = [[Part(row % 7, row % 7) for _ in range(5)] for row in range(2000)]
    assert suppress(table).is_kept_back
