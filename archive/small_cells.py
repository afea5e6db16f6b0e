"""Small counts in tables of two things, where under-18s may have taken part.

A cell with one to four answers from boards that may include under-18s is kept back. Alone that hides
nothing, since a total less its other cells gives it away; so others are kept back with it. All of them
look the same, or the ones kept back for others' sake would show which are small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SMALL = range(1, 5)
# How far up and down a partner is looked for, in rows, so that long tables stay quick.
REACH = 40
# What is dear to lose: rather cells than a sum, and rather sums than the base of a row's percentages.
PRICE_OF_A_SUM, PRICE_OF_A_TOTAL = 10, 100


@dataclass(frozen=True, slots=True)
class Part:
    """How many answers a cell counts, and how many of them come from boards that may include under-18s."""

    number: int
    young: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The table as it may be shown, None where a number is kept back.

    `totals` are those of the rows, `sums` those of the columns; `whole` counts everything.
    """

    rows: list[list[int | None]]
    totals: list[int | None]
    sums: list[int | None]
    whole: int | None

    @property
    def is_kept_back(self) -> bool:
        return any(None in row for row in self.rows)


def suppress(rows: Sequence[Sequence[Part]], *, summed: bool = True) -> Published:
    """The table with no small cell in it, nor one that could be worked out from what is shown.

    `rows` are equally long. Row totals are shown wherever there are two columns. Where the columns are
    not `summed`, none of their totals is published, and `sums` and `whole` are None throughout.
    """
    if not rows:
        return Published([], [], [], 0 if summed else None)
    hiding = _Hiding(rows, summed=summed)
    hiding.hide_small()
    return hiding.published()


@dataclass(slots=True)
class _Hiding:
    """The table with a row of column sums below it and a column of row totals beside it.

    Whatever is hidden lies on a rectangle of hidden cells, around which one answer can be moved without
    changing anything that is shown: so each of them could be another number.
    """

    rows: Sequence[Sequence[Part]]
    summed: bool
    hidden: set[tuple[int, int]] = field(default_factory=set)
    movable: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not self.summed:
            self.hidden |= {(self.below, column) for column in range(self.beside + 1)}

    @property
    def below(self) -> int:
        return len(self.rows)

    @property
    def beside(self) -> int:
        return len(self.rows[0])

    def hide_small(self) -> None:
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if cell.young in SMALL and (row, column) not in self.movable:
                    corners = min(self._rectangles(row, column), key=self._price)
                    self.hidden.update(corners)
                    self.movable.update(corners)

    def _rectangles(self, row: int, column: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """Those around which an answer of this cell can be moved, across totals if need be."""
        near = range(max(0, row - REACH), min(self.below, row + REACH + 1))
        for other in (*near, self.below):
            for across in range(self.beside + 1):
                if other != row and across != column and self._can_give(other, across):
                    yield (row, column), (row, across), (other, column), (other, across)

    def _can_give(self, row: int, column: int) -> bool:
        """Whether one answer fewer there is possible; with totals in the rectangle none is taken there."""
        return not self._is_inside(row, column) or self.rows[row][column].young > 0

    def _is_inside(self, row: int, column: int) -> bool:
        return row < self.below and column < self.beside

    def _price(self, corners: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        lost = [corner for corner in corners if corner not in self.hidden]
        totals = sum(column == self.beside for _, column in lost)
        sums = sum(row == self.below for row, _ in lost)
        cells = (self.rows[row][column].number for row, column in lost if self._is_inside(row, column))
        return len(lost) + PRICE_OF_A_SUM * sums + PRICE_OF_A_TOTAL * totals, sum(cells)

    def published(self) -> Published:
        numbers = [[cell.number for cell in row] for row in self.rows]
        rows = [[self._shown(r, c, number) for c, number in enumerate(row)] for r, row in enumerate(numbers)]
        totals = [self._shown(r, self.beside, sum(row)) for r, row in enumerate(numbers)]
        sums = [
            self._shown(self.below, c, sum(column)) for c, column in enumerate(zip(*numbers, strict=True))
        ]
        return Published(rows, totals, sums, self._shown(self.below, self.beside, sum(map(sum, numbers))))

    def _shown(self, row: int, column: int, number: int) -> int | None:
        return None if (row, column) in self.hidden else number
