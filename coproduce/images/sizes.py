"""Which files a picture has: up to three sizes, each in three formats; a photograph one size more."""

from collections.abc import Mapping
from dataclasses import dataclass

# In the order a browser is offered them: the first that it can show.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
WIDTHS = {"small": 480, "medium": 960, "large": 1920}
# Handwriting on a photographed wall is small.
PHOTOGRAPH_WIDTHS = WIDTHS | {"huge": 3840}
# A size is at most this many times as high as its width allows: a very tall picture gets narrower.
TALLEST = 2
# Every file that can be asked for, with its content type.
FILES = {f"{size}.{ending}": kind for size in PHOTOGRAPH_WIDTHS for ending, kind in TYPES.items()}
# A photograph in its full size, which is not among them.
WHOLE = "whole.jpg"

type Box = tuple[int, int, int, int]  # left, top, width and height in pixels
type Pixels = tuple[int, int]  # width and height


@dataclass(frozen=True)
class Size:
    """One size of a picture, in pixels; its files are `<name>.avif`, `<name>.webp` and `<name>.jpg`."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class PictureFiles:
    """The files of one picture: the name of their folder, and the picture's own upright size in pixels.

    These three are all a row has to hold.
    """

    folder: str
    width: int
    height: int

    types = TYPES
    widths = WIDTHS

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes there are, smallest first; never larger than the picture itself."""
        return sizes_of(self.width, self.height, self.widths)

    @property
    def largest(self) -> Size:
        return self.sizes[-1]


class PhotographFiles(PictureFiles):
    """The same for a photograph, which has a size more."""

    widths = PHOTOGRAPH_WIDTHS


def sizes_of(width: int, height: int, widths: Mapping[str, int] = WIDTHS) -> tuple[Size, ...]:
    """The sizes for an upright picture of so many pixels, up to the first that shows all of them."""
    sizes = []
    for name, most in widths.items():
        scale = min(1, most / width, TALLEST * most / height)
        sizes.append(Size(name, max(1, round(width * scale)), max(1, round(height * scale))))
        if scale == 1:
            break
    return tuple(sizes)
