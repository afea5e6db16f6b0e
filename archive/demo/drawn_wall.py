"""A photographed wall of sticky notes that nobody photographed: drawn, skewed, lit and blurred here."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw

from archive.demo.drawn_note import BLUE, CANARY, GREEN, INK, PINK, DrawnNote, draw_note, write_centred
from archive.demo.perspective import Point, View, slanted

__all__ = ["BLUE", "CANARY", "GREEN", "PINK", "Box", "DrawnNote", "Wall", "draw_wall"]

type Box = tuple[int, int, int, int]  # left, top, width, height in pixels
PLASTER, SUGAR_PAPERS = "#dcd8cf", ("#b08d62", "#8f9aa3", "#a6807a", "#8d9a78")
MARGIN, HEADING = 0.02, 0.09  # of the width and of the height
FILLED = 0.8  # how much of its place on the sheet a note takes


@dataclass(frozen=True)
class Wall:
    """The picture, and where on it each note is, in the order in which the notes were given."""

    picture: Image.Image
    boxes: list[Box]

    def as_jpeg(self, quality: int = 82) -> bytes:
        file = BytesIO()
        self.picture.save(file, "JPEG", quality=quality)
        return file.getvalue()


def draw_wall(
    notes: Sequence[DrawnNote],
    *,
    headings: Sequence[str] = ("",),
    seed: int = 1,
    skew: float = 4,
    noise: int = 14,
    size: tuple[int, int] = (3000, 2250),
) -> Wall:
    """Stick `notes` under their `headings`, one sheet of sugar paper each, and photograph them.

    Each note hangs up to `skew` degrees askew, the whole is seen from a little aside; `noise` is
    the most by which a pixel strays, of 255. The same seed gives the same picture to the pixel.
    """
    luck = Random(seed)  # noqa: S311 - a drawing, no secret
    view, light = slanted(size, luck), _uneven_light(size, luck)
    wall = Image.new("RGB", size, PLASTER)
    corners: dict[int, list[Point]] = {}
    for number, heading in enumerate(headings):
        sheet = _sheet_of(number, len(headings), size)
        _hang_sheet(wall, sheet, heading, SUGAR_PAPERS[number % len(SUGAR_PAPERS)])
        own = [index for index, note in enumerate(notes) if note.sheet == number]
        for index, place in zip(own, _places(sheet, len(own)), strict=False):
            corners[index] = _stick(wall, notes[index], place, luck, skew)
    picture = _grainy(ImageChops.multiply(view.of_picture(wall, PLASTER), light), luck, noise)
    return Wall(picture, [_box(corners[index], view, size) for index in range(len(notes))])


# The sheets


def _sheet_of(number: int, sheets: int, size: tuple[int, int]) -> Box:
    width, height = size
    gap = round(width * MARGIN)
    each = (width - gap * (sheets + 1)) // sheets
    return gap + number * (each + gap), gap, each, height - 2 * gap


def _hang_sheet(wall: Image.Image, sheet: Box, heading: str, colour: str) -> None:
    left, top, width, height = sheet
    pen = ImageDraw.Draw(wall)
    pen.rectangle((left, top, left + width, top + height), fill=colour)
    band = (left, top, width, round(height * HEADING))
    write_centred(pen, heading, band, INK)


def _places(sheet: Box, number: int) -> Iterator[Box]:
    """Square places for `number` notes on the sheet, row by row, beneath its heading."""
    left, top, width, height = sheet
    below = round(height * HEADING)
    columns = _columns(width, height - below, number)
    rows = math.ceil(number / columns)
    across = width // columns
    side = min(across, (height - below) // rows)
    for index in range(number):
        row, column = divmod(index, columns)
        yield left + column * across + (across - side) // 2, top + below + row * side, side, side


def _columns(width: int, height: int, number: int) -> int:
    """How many columns of squares let the squares be largest."""
    sides = {n: min(width / n, height / math.ceil(number / n)) for n in range(1, number + 1)}
    return max(sides, key=lambda n: sides[n], default=1)


def _stick(wall: Image.Image, note: DrawnNote, place: Box, luck: Random, skew: float) -> list[Point]:
    """Stick the note somewhere askew in its place; returns its four corners on the flat wall."""
    left, top, side, _ = place
    edge, angle = round(side * FILLED), luck.uniform(-skew, skew)
    x = left + side / 2 + luck.uniform(-0.02, 0.02) * side
    y = top + side / 2 + luck.uniform(-0.02, 0.02) * side
    tile = draw_note(note, edge, luck)
    turned = tile.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    shape = Image.new("L", tile.size, 255).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    shade = shape.point(lambda value: value // 3)
    at = round(x - turned.width / 2), round(y - turned.height / 2)
    wall.paste("black", (at[0] + edge // 60, at[1] + edge // 45), shade)
    wall.paste(turned, at, shape)
    return list(_corners(at[0] + turned.width / 2, at[1] + turned.height / 2, edge, angle))


def _corners(x: float, y: float, edge: float, angle: float) -> Iterator[Point]:
    """The corners of a square about a centre, turned against the clock by degrees."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        dx, dy = across * edge / 2, down * edge / 2
        yield x + dx * cosine + dy * sine, y - dx * sine + dy * cosine


def _box(corners: list[Point], view: View, size: tuple[int, int]) -> Box:
    """The upright box about the corners as they are seen, within the picture."""
    seen = [view.of_point(corner) for corner in corners]
    left, top = (max(0, math.floor(min(point[axis] for point in seen))) for axis in (0, 1))
    right, bottom = (min(size[axis], math.ceil(max(point[axis] for point in seen))) for axis in (0, 1))
    return left, top, right - left, bottom - top


# The light and the camera


def _uneven_light(size: tuple[int, int], luck: Random) -> Image.Image:
    """Darker towards one side and the corners, as beneath one lamp; and a little too yellow."""
    fall = Image.linear_gradient("L").rotate(luck.choice((0, 90, 180, 270))).resize(size)
    round_fall = Image.radial_gradient("L").resize(size)
    light = ImageChops.multiply(
        fall.point(lambda value: 255 - value // 5), round_fall.point(lambda value: 255 - value // 7)
    )
    warm = light.point(lambda value: value * 235 // 255)
    return Image.merge("RGB", (light, light, warm))


def _grainy(picture: Image.Image, luck: Random, noise: int) -> Image.Image:
    if not noise:
        return picture
    width, height = picture.size
    grain = Image.frombytes("L", picture.size, luck.randbytes(width * height))
    strays = grain.point(lambda value: value * 2 * noise // 255)
    return ImageChops.add(picture, Image.merge("RGB", (strays,) * 3), offset=-noise)
