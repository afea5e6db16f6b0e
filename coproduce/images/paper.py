"""Finding notes of coloured paper on the photograph of a wall: suggestions for a person to judge.

A note is a patch of one even colour with an edge all round, however the light falls across the
wall; words on it are small holes. Patches that are too small, too large, too long, too ragged or
too grey are none. Plain work of Pillow and Python, in a time that the size looked at bounds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from PIL import Image, ImageChops, ImageFilter

type Box = tuple[int, int, int, int]  # left, top, width and height in pixels
type Run = tuple[int, int, int]  # from, to, and the number of its patch

LOOKED_AT = 720  # pixels on the longer side
EDGE = 12  # by which a colour, of 255, differs from one side of an edge to the other
SMALLEST, LARGEST = 0.025, 0.4  # of the longer side of the picture
LONGEST = 2.2  # times as long as wide
LEAST_FILLED, WHOLE = 0.42, 0.7  # of its box: by a note with words and askew; by notes edge to edge
COLOURFUL = 0.1  # of the way from grey to pure colour
NEIGHBOURS = 0.3, 2.6  # times the area of the notes around
MOST_TOGETHER = 6  # notes that hang edge to edge
MOST = 200
RIM = 2  # pixels that a patch lacks on each side
ON, OFF = b"\xff", b"\0"


@dataclass(slots=True)
class Patch:
    """Pixels of one even colour that hang together."""

    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def box(self) -> Box:
        return self.left, self.top, self.right - self.left, self.bottom - self.top

    @property
    def fill(self) -> float:
        """The share of its box that it fills."""
        return self.area / (self.box[2] * self.box[3])

    def take(self, other: "Patch") -> None:
        self.left, self.top = min(self.left, other.left), min(self.top, other.top)
        self.right, self.bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        self.area += other.area


def find_paper(picture: Image.Image) -> list[Box]:
    """Boxes around what may be notes, in reading order and in pixels of `picture`; perhaps none."""
    scale = min(1, LOOKED_AT / max(picture.size))
    size = tuple(max(1, round(side * scale)) for side in picture.size)
    small = picture.convert("RGB").resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    patches = [patch for patch in patches_of(even_parts(small)) if may_be_note(patch, small)]
    boxes = (_scaled(box, 1 / scale, picture.size) for box in apart(patches))
    return in_reading_order(without_doubles(boxes))[:MOST]


def even_parts(picture: Image.Image) -> Image.Image:
    """White where the colour does not change from one side of a pixel to the other, else black."""
    changes = [_change(picture, 1, 0), _change(picture, 0, 1)]
    return ImageChops.lighter(*changes).point([255] * EDGE + [0] * (256 - EDGE))


def _change(picture: Image.Image, right: int, down: int) -> Image.Image:
    before, after = (ImageChops.offset(picture, sign * right, sign * down) for sign in (1, -1))
    red, green, blue = ImageChops.difference(before, after).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def patches_of(mask: Image.Image) -> list[Patch]:
    """The white patches of a black and white picture; pixels hang together by their sides."""
    width, height = mask.size
    data, patches, parents, above = mask.tobytes(), [], [], []
    for y in range(height):
        runs = []
        for start, end in _runs(data[y * width : (y + 1) * width]):
            runs.append((start, end, len(patches)))
            parents.append(len(patches))
            patches.append(Patch(start, y, end, y + 1, end - start))
        for one, other in _touching(above, runs):
            parents[_root(parents, one)] = _root(parents, other)
        above = runs
    whole: dict[int, Patch] = {}
    for number, patch in enumerate(patches):
        root = _root(parents, number)
        if root in whole:
            whole[root].take(patch)
        else:
            whole[root] = patch
    return list(whole.values())


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = row.find(ON)
    while start >= 0:
        end = row.find(OFF, start)
        end = len(row) if end < 0 else end
        yield start, end
        start = row.find(ON, end)


def _touching(above: Sequence[Run], below: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """The patches of runs that touch from one row to the next; both go from left to right."""
    one = other = 0
    while one < len(above) and other < len(below):
        if max(above[one][0], below[other][0]) < min(above[one][1], below[other][1]):
            yield above[one][2], below[other][2]
        if above[one][1] < below[other][1]:
            one += 1
        else:
            other += 1


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def may_be_note(patch: Patch, picture: Image.Image) -> bool:
    """Whether a patch has the size, the shape and the colour of a note, or of some edge to edge."""
    _, _, width, height = patch.box
    longer = max(picture.size)
    if min(width, height) < SMALLEST * longer or max(width, height) > LARGEST * longer:
        return False
    is_long = max(width, height) > LONGEST * min(width, height)
    if patch.fill < LEAST_FILLED or (is_long and patch.fill < WHOLE):
        return False
    mean = picture.resize((1, 1), Image.Resampling.BOX, (patch.left, patch.top, patch.right, patch.bottom))
    colour = mean.getpixel((0, 0))
    return max(colour) - min(colour) >= COLOURFUL * max(colour)


def apart(patches: Sequence[Patch]) -> Iterator[Box]:
    """The boxes of those patches that are of a size with most; some edge to edge come apart."""
    if not patches:
        return
    least, most = (share * median(patch.box[2] * patch.box[3] for patch in patches) for share in NEIGHBOURS)
    side = median(min(patch.box[2:]) for patch in patches)
    for patch in patches:
        left, top, width, height = patch.box
        across, down = max(1, round(width / side)), max(1, round(height / side))
        if least <= width * height <= most and max(across, down) == 1:
            yield _grown(patch.box)
        elif patch.fill >= WHOLE and across * down <= MOST_TOGETHER and width * height >= least:
            for part in range(across * down):
                x, y = part % across, part // across
                yield left + x * width // across, top + y * height // down, width // across, height // down
        elif least <= width * height <= most:
            yield _grown(patch.box)


def _grown(box: Box) -> Box:
    return box[0] - RIM, box[1] - RIM, box[2] + 2 * RIM, box[3] + 2 * RIM


def _scaled(box: Box, scale: float, size: tuple[int, int]) -> Box:
    """The part of a box that lies within `size`, after it was made larger."""
    left, top = max(0, round(box[0] * scale)), max(0, round(box[1] * scale))
    right, bottom = (min(size[at], round((box[at] + box[at + 2]) * scale)) for at in (0, 1))
    return left, top, right - left, bottom - top


def without_doubles(boxes: Iterable[Box]) -> list[Box]:
    """The boxes without those that lie for the most part in a larger one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box[2] * box[3]):
        if not any(2 * _common(box, other) > box[2] * box[3] for other in kept):
            kept.append(box)
    return kept


def share_in_common(one: Box, other: Box) -> float:
    """The area both boxes have in common, of the area that either has: 1 for the same, 0 apart."""
    both = _common(one, other)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def _common(one: Box, other: Box) -> int:
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height)


def in_reading_order[Boxed](
    things: Iterable[Boxed], box_of: Callable[[Boxed], Box] | None = None
) -> list[Boxed]:
    """Things with boxes as one reads them: row by row, and in each from left to right.

    Things are in one row when the middle of one is on a level with the others.
    """
    box = box_of or (lambda thing: thing)
    rows: list[list[Boxed]] = []
    for thing in sorted(things, key=lambda thing: box(thing)[1] + box(thing)[3] / 2):
        _, top, _, height = box(thing)
        if rows and _level(rows[-1], box) > top + height * 0.1:
            rows[-1].append(thing)
        else:
            rows.append([thing])
    return [thing for row in rows for thing in sorted(row, key=lambda thing: box(thing)[0])]


def _level[Boxed](row: Sequence[Boxed], box: Callable[[Boxed], Box]) -> float:
    """Where the middle of a row is, from the top."""
    return median(box(thing)[1] + box(thing)[3] / 2 for thing in row)
