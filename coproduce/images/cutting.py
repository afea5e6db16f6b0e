"""Cuts a box out of a whole photograph, which our own worker wrote."""

from io import BytesIO
from threading import Lock
from typing import IO

from PIL import Image

from coproduce.images.sizes import Box

MARGIN = 0.06  # of the box's sides
LONGEST = 1920  # pixels
SAVING = {"format": "JPEG", "quality": 88}
# The whole photograph is in memory for a moment: one at a time in a process.
ONE_AT_A_TIME = Lock()


def cut(whole: IO[bytes], box: Box, margin: float = MARGIN) -> bytes:
    """The box and a margin around it, as far as the photograph reaches, as a JPEG with nothing said about it.

    Raises FileNotFoundError if the box is not on it.
    """
    with ONE_AT_A_TIME, Image.open(whole, formats=["JPEG"]) as image:
        edges = with_margin(box, image.size, margin)
        width, height = edges[2] - edges[0], edges[3] - edges[1]
        if width < 1 or height < 1:
            raise FileNotFoundError(f"{box} is not on the photograph")
        scale = min(1, LONGEST / max(width, height))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        piece = image.crop(edges).resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    piece.info.clear()
    file = BytesIO()
    piece.save(file, **SAVING)
    return file.getvalue()


def with_margin(box: Box, size: tuple[int, int], margin: float = MARGIN) -> Box:
    """Left, top, right and bottom."""
    left, top, width, height = box
    across, down = round(width * margin), round(height * margin)
    return (
        max(0, left - across),
        max(0, top - down),
        min(size[0], left + width + across),
        min(size[1], top + height + down),
    )
