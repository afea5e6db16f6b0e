"""One drawn sticky note: words, a mark of thick lines, and what has been smudged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

CANARY, PINK, BLUE, GREEN = "#fdf08a", "#f6a6b8", "#a9d3ee", "#b9dd9b"
INK, PEN = "#22242c", "#2a3570"
PADDING = 0.08  # of the edge
MARK = 0.2
LARGEST, SMALLEST = 0.15, 0.06
LINE = 1.22
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """What stands on a note. Words in braces are {smudged} and cannot be read.

    The mark is one of tick, heart, bubble and square, or any other word for none; `sheet` is
    the number of the heading it hangs under, from 0.
    """

    text: str = ""
    mark: str = ""
    colour: str = CANARY
    sheet: int = 0


def draw_note(note: DrawnNote, edge: int, luck: Random) -> Image.Image:
    """The note by itself, upright, `edge` pixels wide and high."""
    tile = Image.new("RGB", (edge, edge), note.colour)
    pen = ImageDraw.Draw(tile)
    if note.mark in MARKS:
        size, gap = edge * MARK, edge * PADDING
        MARKS[note.mark](pen, gap, edge - gap - size, size)
    for words, x, y, font in _laid_out(note, edge):
        pen.text((x, y), words.strip("{}"), fill=PEN, font=font)
        if words.startswith("{"):
            _smudge(tile, pen.textbbox((x, y), words.strip("{}"), font=font), luck)
    return tile


def write_centred(pen: Pen, words: str, band: tuple[int, int, int, int], colour: str) -> None:
    """Write one line in the middle of a box, as large as it fits."""
    left, top, width, height = band
    size = height * 0.6
    while words and _font(size).getlength(words) > width * 0.92:
        size *= 0.9
    pen.text((left + width / 2, top + height / 2), words, fill=colour, anchor="mm", font=_font(size))


# The words


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def _laid_out(note: DrawnNote, edge: int) -> Iterator[tuple[str, float, float, ImageFont.FreeTypeFont]]:
    """Each word with its place and its font: as large as all of them fit above the mark."""
    inside = edge * (1 - 2 * PADDING)
    room = inside - (edge * MARK if note.mark in MARKS else 0)
    size = edge * LARGEST
    while size > edge * SMALLEST and not _fits(lines := _lines(note.text, _font(size), inside), size, room):
        size *= 0.92
    lines, font = _lines(note.text, _font(size), inside), _font(size)
    for row, line in enumerate(lines):
        x = edge * PADDING
        for word in line:
            yield word, x, edge * PADDING + row * size * LINE, font
            x += font.getlength(word.strip("{}") + " ")


def _fits(lines: list[list[str]], size: float, room: float) -> bool:
    return len(lines) * size * LINE <= room


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[list[str]]:
    lines: list[list[str]] = []
    for paragraph in text.splitlines():
        lines.append([])
        for word in _words(paragraph):
            if lines[-1] and font.getlength(" ".join([*lines[-1], word])) > width:
                lines.append([])
            lines[-1].append(word)
    return lines


def _words(text: str) -> Iterator[str]:
    """The words; several in one pair of braces each get their own."""
    inside = False
    for word in text.split():
        starts, inside = inside or word.startswith("{"), (inside or word.startswith("{")) and "}" not in word
        yield f"{{{word.strip('{}')}}}" if starts else word


def _smudge(tile: Image.Image, box: tuple[float, ...], luck: Random) -> None:
    """Rub over a word until it is a stain: nothing of its letters is left."""
    left, top, right, bottom = (round(value) for value in box)
    area = (left - 3, top - 3, right + 3, bottom + 3)
    stain = tile.crop(area)
    small = stain.resize((max(2, (right - left) // 14), 2), Image.Resampling.BOX)
    rubbed = small.resize(stain.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(4))
    ImageDraw.Draw(rubbed).line(
        [(0, luck.uniform(0.3, 0.7) * rubbed.height), (rubbed.width, luck.uniform(0.3, 0.7) * rubbed.height)],
        fill=PEN,
        width=max(2, rubbed.height // 6),
    )
    tile.paste(rubbed.filter(ImageFilter.GaussianBlur(6)), area[:2])


# The marks, each in a square of `size` pixels


def _width(size: float) -> int:
    return max(2, round(size / 9))


def _tick(pen: Pen, x: float, y: float, size: float) -> None:
    points = [(x, y + size * 0.55), (x + size * 0.35, y + size * 0.9), (x + size, y + size * 0.1)]
    pen.line(points, fill=INK, width=_width(size), joint="curve")


def _heart(pen: Pen, x: float, y: float, size: float) -> None:
    red = "#b3213f"
    pen.ellipse((x, y, x + size * 0.54, y + size * 0.54), fill=red)
    pen.ellipse((x + size * 0.46, y, x + size, y + size * 0.54), fill=red)
    pen.polygon(
        [(x + size * 0.04, y + size * 0.4), (x + size * 0.96, y + size * 0.4), (x + size / 2, y + size)],
        fill=red,
    )


def _bubble(pen: Pen, x: float, y: float, size: float) -> None:
    pen.ellipse((x, y, x + size, y + size * 0.75), outline=INK, width=_width(size))
    pen.line([(x + size * 0.3, y + size * 0.7), (x + size * 0.15, y + size)], fill=INK, width=_width(size))


def _square(pen: Pen, x: float, y: float, size: float) -> None:
    pen.rectangle((x, y, x + size * 0.9, y + size * 0.9), outline=INK, width=_width(size))


MARKS: dict[str, Callable[[Pen, float, float, float], None]] = {
    "tick": _tick,
    "heart": _heart,
    "bubble": _bubble,
    "square": _square,
}
