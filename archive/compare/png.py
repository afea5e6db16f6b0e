"""A laid-out figure as PNG, twice its size, for papers and slides: the same drawing as the SVG."""

import io

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from archive.compare.layout import Box, Drawing, Stroke, Text
from archive.compare.svg import INK, PAGE, PENS, RULE, SOFT

SCALE = 2
PITCH = 6 * SCALE  # of the patterns


def to_png(drawing: Drawing, *, title: str, source: str) -> bytes:
    """The picture as a file that also says in its own fields what it shows and where it is from."""
    picture = Image.new("RGB", (drawing.width * SCALE, drawing.height * SCALE), PAGE)
    pen, fonts = ImageDraw.Draw(picture), _Fonts()
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            _text(pen, shape, fonts)
        elif isinstance(shape, Box):
            _box(picture, pen, shape)
        else:
            _stroke(pen, shape)
    said = PngImagePlugin.PngInfo()
    said.add_itxt("Title", title)
    said.add_itxt("Source", source)
    written = io.BytesIO()
    picture.save(written, "PNG", pnginfo=said, optimize=True)
    return written.getvalue()


class _Fonts:
    """The site's own type, opened for one picture: what sets its weight is not safe to share."""

    def __init__(self) -> None:
        self._path = finders.find("fonts/atkinson-next.woff2")
        self._open: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}

    def of(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        if (size, weight) not in self._open:
            font = ImageFont.truetype(self._path, size * SCALE)
            font.set_variation_by_axes([weight])
            self._open[size, weight] = font
        return self._open[size, weight]


def _text(pen: ImageDraw.ImageDraw, text: Text, fonts: _Fonts) -> None:
    pen.text(
        (text.x * SCALE, text.y * SCALE),
        text.words,
        fill=SOFT if text.soft else INK,
        font=fonts.of(text.size, text.weight),
        anchor="rs" if text.end else "ls",
    )


def _box(picture: Image.Image, pen: ImageDraw.ImageDraw, box: Box) -> None:
    colour = PENS.get(box.mark, INK)
    corners = [round(edge * SCALE) for edge in (box.x, box.y, box.x + box.width, box.y + box.height)]
    corners[2] = max(corners[2], corners[0] + 2)
    if box.mark in ("tick", ""):
        pen.rectangle(corners, fill=colour)
        return
    size = corners[2] - corners[0], corners[3] - corners[1]
    picture.paste(colour, tuple(corners[:2]), _pattern(box.mark, size))
    pen.rectangle(corners, outline=colour, width=3)


def _pattern(mark: str, size: tuple[int, int]) -> Image.Image:
    """Where the pen was: hatched for important, dotted for amend, crossed for challenge, else nowhere."""
    stencil = Image.new("1", (max(size[0], 1), max(size[1], 1)))
    pen = ImageDraw.Draw(stencil)
    width, height = size
    for start in range(-height, width + height, PITCH):
        if mark in ("heart", "square"):
            pen.line((start, height, start + height, 0), fill=1, width=3)
        if mark == "square":
            pen.line((start, 0, start + height, height), fill=1, width=3)
    if mark == "bubble":
        for x in range(3, width, PITCH):
            for y in range(5, height, PITCH):
                pen.rectangle((x, y, x + 6, y + 3), fill=1)
    return stencil


def _stroke(pen: ImageDraw.ImageDraw, stroke: Stroke) -> None:
    colour = RULE if stroke.soft else PENS.get(stroke.mark, INK)
    for line in stroke.lines:
        points = [(x * SCALE, y * SCALE) for x, y in line]
        pen.line(points, fill=colour, width=round(stroke.width * SCALE), joint="curve")
