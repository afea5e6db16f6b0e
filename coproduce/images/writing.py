"""Writes the files of a picture that has been read: its sizes, its tiles, and itself with boxes covered."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from coproduce.images.sizes import PHOTOGRAPH_WIDTHS, WHOLE, Box, Size, sizes_of
from coproduce.images.tiles import TILE, Tile, tiles_of

# One thread, so that the same picture gives the same bytes on every machine.
SAVING = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
# Close-ups and tiles are cut from it; everything else is made of it again after a box was covered.
SAVING_WHOLE = {"format": "JPEG", "quality": 92, "subsampling": "4:2:0"}
SAVING_TILES = {"format": "JPEG", "quality": 85}
# A block of a JPEG with coarser colours: each says something of all its pixels.
BLOCK = 16
CELLS = 4  # in each direction: 16 colours for a box


def write_sizes(picture: Image.Image, sizes: Iterable[Size], folder: Path) -> None:
    """Writes each size, the largest first, since each smaller one is made from the one before."""
    for size in sorted(sizes, key=lambda size: size.width, reverse=True):
        if picture.size != (size.width, size.height):
            picture = picture.resize((size.width, size.height), Image.Resampling.LANCZOS, reducing_gap=3)
        for ending, options in SAVING.items():
            picture.save(folder / f"{size.name}.{ending}", **options)


def write_photograph(picture: Image.Image, folder: Path) -> None:
    """Writes the whole photograph and its sizes."""
    picture.save(folder / WHOLE, **SAVING_WHOLE)
    write_sizes(picture, sizes_of(*picture.size, PHOTOGRAPH_WIDTHS), folder)


def write_tiles(picture: Image.Image, folder: Path) -> Iterator[int]:
    """Writes all tiles into `folder`; gives per cent as it goes."""
    size, level, factor = picture.size, picture, 1
    tiles = list(tiles_of(*size))
    for done, tile in enumerate(tiles, 1):
        if tile.factor != factor:
            level, factor = picture.reduce(tile.factor), tile.factor
        save_tile(level, tile, folder)
        if 100 * done // len(tiles) > 100 * (done - 1) // len(tiles):
            yield 100 * done // len(tiles)


def save_tile(level: Image.Image, tile: Tile, folder: Path) -> None:
    left, top = tile.column * TILE, tile.row * TILE
    piece = level.crop((left, top, left + tile.width, top + tile.height))
    for name in tile.names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        piece.save(path, **SAVING_TILES)


def covered(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """The picture with every box in coarse cells, 16 at most: nothing finer is left of what it showed."""
    for box in boxes:
        left, top, right, bottom = whole_blocks(box, picture.size)
        if left >= right or top >= bottom:
            continue  # beside the picture
        cells = coarse(right - left), coarse(bottom - top)
        shown = picture.crop((left, top, right, bottom))
        few = shown.resize(cells, Image.Resampling.BOX)
        picture.paste(few.resize(shown.size, Image.Resampling.NEAREST), (left, top))
    return picture


def whole_blocks(box: Box, size: tuple[int, int]) -> Box:
    """Left, top, right and bottom of the blocks the box touches: those on its edge show some of it."""
    left, top = max(0, box[0] // BLOCK * BLOCK), max(0, box[1] // BLOCK * BLOCK)
    right, bottom = (-(-(at + length) // BLOCK) * BLOCK for at, length in zip(box[:2], box[2:], strict=True))
    return left, top, min(right, size[0]), min(bottom, size[1])


def coarse(length: int) -> int:
    """How many cells a side of so many pixels gets: a small box fewer, so that no cell is fine."""
    return max(1, min(CELLS, length // (2 * BLOCK)))
