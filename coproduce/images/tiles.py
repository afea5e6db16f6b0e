"""The pieces of a picture for looking closely: static tiles as IIIF's Image API 3 names them, level 0."""

from collections.abc import Iterator
from dataclasses import dataclass

from coproduce.images.sizes import PHOTOGRAPH_WIDTHS, Pixels, sizes_of

TILE = 512  # pixels
CONTEXT = "http://iiif.io/api/image/3/context.json"
PROTOCOL = "http://iiif.io/api/image"


@dataclass(frozen=True)
class Tile:
    """One tile: at which fraction of the whole size, where, its own size, and the names it is kept under."""

    factor: int
    column: int
    row: int
    width: int
    height: int
    names: tuple[str, ...]


def factors_of(width: int, height: int) -> list[int]:
    """1, 2, 4 … up to the first at which one tile shows all."""
    factors = [1]
    while max(width, height) > TILE * factors[-1]:
        factors.append(2 * factors[-1])
    return factors


def tiles_of(width: int, height: int) -> Iterator[Tile]:
    """All tiles of a picture, at its whole size first."""
    for factor in factors_of(width, height):
        across, down = -(-width // (TILE * factor)), -(-height // (TILE * factor))
        for row in range(down):
            for column in range(across):
                yield tile_at(factor, column, row, (width, height))


def tile_at(factor: int, column: int, row: int, size: Pixels) -> Tile:
    step = TILE * factor
    left, top = column * step, row * step
    shown = min(step, size[0] - left), min(step, size[1] - top)
    width, height = (-(-side // factor) for side in shown)
    name = f"{width},{height}.jpg"
    names = [f"{left},{top},{shown[0]},{shown[1]}/{name}"]
    # A viewer asks for all of it by that word, and for its whole size by another.
    if shown == size:
        names += [f"full/{name}"] + (["full/max.jpg"] if factor == 1 else [])
    return Tile(factor, column, row, width, height, tuple(names))


def zoom_info(width: int, height: int) -> dict[str, object]:
    """What info.json says of a picture of so many pixels; only its `id` is left to add."""
    sizes = sizes_of(width, height, PHOTOGRAPH_WIDTHS)
    return {
        "@context": CONTEXT,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level0",
        "width": width,
        "height": height,
        "sizes": [{"width": size.width, "height": size.height} for size in sizes],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors_of(width, height)}],
    }
