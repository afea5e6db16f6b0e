"""A flat wall as seen from a little aside: one view for its picture and for points on it."""

from dataclasses import dataclass
from random import Random

from PIL import Image

type Point = tuple[float, float]
type Matrix = tuple[float, float, float, float, float, float, float, float, float]  # row by row


@dataclass(frozen=True)
class View:
    """A projective map from the flat picture to the one that is seen."""

    matrix: Matrix

    def of_point(self, point: Point) -> Point:
        """Where a point of the flat picture is seen."""
        a, b, c, d, e, f, g, h, i = self.matrix
        x, y = point
        depth = g * x + h * y + i
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def of_picture(self, flat: Image.Image, outside: str) -> Image.Image:
        """The whole picture as it is seen; where there is nothing to see, the colour `outside`."""
        back = inverse(self.matrix)
        seen = Image.Resampling.BICUBIC
        asked = tuple(value / back[8] for value in back[:8])
        return flat.transform(flat.size, Image.Transform.PERSPECTIVE, asked, seen, fillcolor=outside)


def slanted(size: tuple[int, int], luck: Random) -> View:
    """From a step to one side, with the camera a little aslant; nothing near an edge is lost."""
    width, height = size
    lean, slope = luck.uniform(-0.015, 0.015), luck.uniform(-0.01, 0.01)
    far, deep = luck.uniform(-0.02, 0.02) / width, luck.uniform(-0.02, 0.02) / height
    scale = 0.96
    # About the centre of the picture: moved there, slanted, and moved back.
    x, y = width / 2, height / 2
    return View(
        multiplied(
            multiplied((1, 0, x, 0, 1, y, 0, 0, 1), (scale, lean, 0, slope, scale, 0, far, deep, 1)),
            (1, 0, -x, 0, 1, -y, 0, 0, 1),
        )
    )


def multiplied(one: Matrix, other: Matrix) -> Matrix:
    return tuple(
        sum(one[3 * row + k] * other[3 * k + column] for k in range(3))
        for row in range(3)
        for column in range(3)
    )


def inverse(matrix: Matrix) -> Matrix:
    """The way back, up to a factor."""
    a, b, c, d, e, f, g, h, i = matrix
    return (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
