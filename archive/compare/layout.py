"""Where everything of a figure stands, in pixels, for the SVG and the PNG alike. Knows neither.

Two shapes of one figure: broad, a line of five bars for each row; and narrow, for a phone, with the bars
below each other. There are no axes: every bar ends in its number, and all are drawn to one scale.
"""

import textwrap
from dataclasses import dataclass, replace
from math import cos, pi, sin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.compare.figures import Column, Figure, Line

BROAD, NARROW = 960, 340
NAMES = 262  # of the broad one, for what each row is about
TOTALS = 64
ROW_GAP = 14
BAR = 16
GLYPH = 17
# The middle width of a letter, as a part of the size of type.
LETTER = 0.53
KEPT_BACK = gettext_lazy("kept back")
MOST_BLOCK = 24  # pixels, so that one answer does not fill a whole column
LEAST_BLOCK = 9  # pixels; thinner ones could not show which mark they are

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float  # of its base line
    words: str
    size: int = 15
    weight: int = 400
    end: bool = False  # whether `x` is where it ends
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, or a block of one; `mark` says how it is filled, and is empty for plain ink."""

    x: float
    y: float
    width: float
    height: float
    mark: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines, each through its points: a mark, or with no mark a rule, which may be soft."""

    lines: tuple[tuple[Point, ...], ...]
    width: float
    mark: str = ""
    soft: bool = False


Shape = Text | Box | Stroke


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    shapes: tuple[Shape, ...]


def lay_out(figure: Figure, *, narrow: bool = False, framed: bool = False) -> Drawing:
    """The drawing of `figure`; `framed` with its title above and its source below, to stand by itself."""
    width = NARROW if narrow else BROAD
    shapes: list[Shape] = []
    margin = 24 if framed else 0
    y = _title(figure, shapes, width) + margin if framed else 0
    if not narrow:
        y = _header(figure, shapes, y)
    for line in figure.lines:
        y = (_narrow_row if narrow else _broad_row)(figure, line, shapes, y)
    shapes.append(_rule(y, width))
    y = _source(figure, shapes, y, width) if framed else y + 3
    moved = tuple(_moved(shape, margin) for shape in shapes)
    return Drawing(width + 2 * margin, round(y + margin), moved)


def _moved(shape: Shape, by: float) -> Shape:
    """The same with a margin beside it; down, the title has left room."""
    if isinstance(shape, Stroke):
        return replace(shape, lines=tuple(tuple((x + by, y) for x, y in line) for line in shape.lines))
    return replace(shape, x=shape.x + by)


def _title(figure: Figure, shapes: list[Shape], width: int) -> float:
    y = 46.0
    for words in wrapped(figure.title, width, 24):
        shapes.append(Text(0, y, words, 24, 700))
        y += 30
    for words in wrapped(figure.counted, width, 15):
        shapes.append(Text(0, y, words, soft=True))
        y += 20
    return y - 10


def _source(figure: Figure, shapes: list[Shape], y: float, width: int) -> float:
    said = [figure.kept_back] if figure.is_kept_back else []
    said += [figure.source, figure.terms]
    y += 26
    for words in (words for sentence in said for words in wrapped(sentence, width, 14)):
        shapes.append(Text(0, y, words, 14, soft=True))
        y += 19
    return y


def _header(figure: Figure, shapes: list[Shape], y: float) -> float:
    step = _step(figure)
    heads = [wrapped(column.label, step - GLYPH - 14, 14)[:2] for column in figure.columns]
    base = y + 18 * max(len(head) for head in heads)
    for at, (column, head) in enumerate(zip(figure.columns, heads, strict=True)):
        x = NAMES + at * step
        x += _glyph(column, shapes, x, base - 18 * len(head) + 3)
        for number, words in enumerate(head, 1):
            shapes.append(Text(x, base - 18 * (len(head) - number) - 2, words, 14, 700))
    shapes.append(Text(BROAD, base - 2, _("All"), 14, 700, end=True))
    shapes.append(_rule(base + 8, BROAD))
    return base + 8


def _step(figure: Figure) -> float:
    return (BROAD - NAMES - TOTALS) / len(figure.columns)


def _broad_row(figure: Figure, line: Line, shapes: list[Shape], y: float) -> float:
    if line is not figure.lines[0]:
        shapes.append(_rule(y, BROAD, soft=True))
    below = _name(line, shapes, y, NAMES - 20)
    step = _step(figure)
    for at, (column, value) in enumerate(zip(figure.columns, line.values, strict=True)):
        _bar(figure, column, value, shapes, NAMES + at * step, y + ROW_GAP, step - 50)
    total = str(KEPT_BACK) if line.total is None else str(line.total)
    shapes.append(Text(BROAD, y + ROW_GAP + 14, total, 15, 700, end=True))
    return below


def _narrow_row(figure: Figure, line: Line, shapes: list[Shape], y: float) -> float:
    shapes.append(_rule(y, NARROW, soft=line is not figure.lines[0]))
    y = _name(line, shapes, y, NARROW) - 2
    for column, value in zip(figure.columns, line.values, strict=True):
        x = _glyph(column, shapes, 0, y)
        label = wrapped(column.label, 128 - x, 15)[0]
        shapes.append(Text(x, y + 14, label))
        _bar(figure, column, value, shapes, 140, y, NARROW - 190)
        y += 24
    return y + 8


def _rule(y: float, width: int, *, soft: bool = False) -> Stroke:
    return Stroke((((0, y), (width, y)),), 1 if soft else 2.5, soft=soft)


def _name(line: Line, shapes: list[Shape], y: float, width: float) -> float:
    y += ROW_GAP
    for words in wrapped(line.head.label, width, 16)[:3]:
        shapes.append(Text(0, y + 14, words, 16, 700))
        y += 20
    for words in wrapped(line.head.beneath, width, 14)[:2]:
        shapes.append(Text(0, y + 12, words, 14, soft=True))
        y += 18
    return y + ROW_GAP - 2


def _bar(
    figure: Figure, column: Column, value: int | None, shapes: list[Shape], x: float, y: float, room: float
) -> None:
    if value is None:
        shapes.append(Text(x, y + 14, str(KEPT_BACK), 14, soft=True))
        return
    one = min(room / figure.most, MOST_BLOCK)
    length = value * one
    for start, width in _blocks(value, one):
        shapes.append(Box(x + start, y, width, BAR, column.mark))
    shapes.append(Text(x + length + (7 if value else 0), y + 14, str(value), 15, 700 if value else 400))


def _blocks(value: int, one: float) -> list[tuple[float, float]]:
    """One block for one answer while they can be counted by eye, else one bar."""
    if not value:
        return []
    if one < LEAST_BLOCK:
        return [(0, max(value * one, 1.5))]
    return [(at * one, one - 2.5) for at in range(value)]


def _glyph(column: Column, shapes: list[Shape], x: float, y: float) -> float:
    """Draws the mark of a column, if it has one, and says how much room it took."""
    if not column.mark:
        return 0
    unit = GLYPH / 24
    lines = tuple(tuple((x + px * unit, y + py * unit) for px, py in line) for line in GLYPHS[column.mark])
    shapes.append(Stroke(lines, 2.2, column.mark))
    return GLYPH + 7


def wrapped(words: str, width: float, size: int) -> list[str]:
    """`words` in lines that fit `width` at type of `size`, by the middle width of a letter."""
    return textwrap.wrap(words, max(6, int(width / (size * LETTER)))) or []


def _curve(start: Point, *bends: tuple[Point, Point, Point]) -> tuple[Point, ...]:
    """Cubic curves as points: SVG and Pillow then draw the same."""
    points = [start]
    for one, two, end in bends:
        from_ = points[-1]
        for step in range(1, 9):
            t = step / 8
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
            points.append(
                tuple(
                    sum(w * p[axis] for w, p in zip(weights, (from_, one, two, end), strict=True))
                    for axis in (0, 1)
                )
            )
    return tuple(points)


def _ring() -> list[tuple[Point, ...]]:
    """The broken ring of a mark that was not recorded."""
    starts = [2 * pi * at / 8 for at in range(8)]
    return [tuple((12 + 8.4 * cos(s + a), 12 + 8.4 * sin(s + a)) for a in (0, 0.2, 0.4)) for s in starts]


# The four marks as they are drawn on the site, on a ground of 24 by 24.
GLYPHS: dict[str, list[tuple[Point, ...]]] = {
    "tick": [((3, 13.2), (5.6, 15.6), (7.7, 19), (11.5, 12.6), (16, 7.4), (21.2, 3.6))],
    "heart": [
        _curve(
            (12.3, 20.8),
            ((8, 17), (3.3, 13.3), (3, 8.9)),
            ((2.8, 5.9), (5, 3.7), (7.6, 3.8)),
            ((9.6, 3.8), (11.2, 5.2), (12.1, 7.3)),
            ((12.9, 5), (14.7, 3.6), (16.9, 3.7)),
            ((19.7, 3.9), (21.5, 6.3), (21, 9.3)),
            ((20.3, 13.6), (15.7, 17.3), (12.3, 20.8)),
        )
    ],
    "bubble": [
        _curve(
            (12, 3.5),
            ((6.5, 3.5), (2.8, 6.4), (2.9, 10.2)),
            ((3, 12.8), (4.6, 14.8), (7.2, 15.9)),
            ((7.1, 17.8), (6.3, 19.4), (4.9, 20.8)),
            ((7.8, 20.5), (10.1, 19.3), (11.8, 17)),
            ((17.4, 17.2), (21.2, 14.2), (21.2, 10.2)),
            ((21.2, 6.2), (17.3, 3.4), (12, 3.5)),
        )
    ],
    "square": [((3.7, 4.5), (20.2, 4.3), (20.3, 19.8), (4.3, 19.9), (3.7, 4.5))],
    "not_recorded": _ring(),
}
