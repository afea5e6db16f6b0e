"""Makes what a photograph needs in its folder, in the background: can be begun again at any point.

What is being made lies in a folder of its own within the photograph's until it is finished. So a
photograph that is taken away takes along what was being made of it.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coproduce.images.keeping import (
    ZOOM,
    flush,
    new_folder,
    original_in,
    original_of,
    place,
)  # fmt: skip
from coproduce.images.making import Progress, cover_boxes, make_photograph, make_tiles
from coproduce.images.sizes import WHOLE, Box, PhotographFiles, Pixels

PART = "part-"


def is_finished(folder: str) -> bool:
    """Whether the whole photograph is there, and so its sizes."""
    return (place(folder) / WHOLE).exists()


def finish(folder: str) -> Pixels:
    """Makes the whole photograph and its sizes from the original; its upright size.

    Raises NotAPicture if it cannot be one, Unfinished if it can be tried again, and
    FileNotFoundError if the folder is gone.
    """
    with part_of(folder) as (here, part):
        if not (original := original_of(folder)):
            raise FileNotFoundError(folder)
        size = make_photograph(original, part)
        # Last the one by which the others are known to be there.
        for path in sorted(part.iterdir(), key=lambda path: path.name == WHOLE):
            flush(path)
            path.replace(here / path.name)
        flush(here)
    return size


def covered(folder: str, boxes: Iterable[Box]) -> PhotographFiles:
    """A new folder with the photograph in which `boxes` are covered for good, in the original too.

    The former folder stays as it is. Raises as `finish`.
    """
    with new_folder() as (name, incoming):
        size = cover_boxes(place(folder), incoming, boxes)
        original_in(incoming, (incoming / WHOLE).read_bytes())
    return PhotographFiles(name, *size)


def add_tiles(folder: str, tell: Progress) -> None:
    """Makes the tiles for looking closely unless they are there; tells per cent. Raises as `finish`."""
    if (place(folder) / ZOOM).exists():
        return
    with part_of(folder) as (here, part):
        link_sizes(PhotographFiles(folder, *make_tiles(here, part, tell)), here, part / "full")
        for path in part.rglob("*"):
            flush(path)
        part.rename(here / ZOOM)
        flush(here)


def link_sizes(files: PhotographFiles, here: Path, full: Path) -> None:
    """The sizes under the names by which viewers ask for them, without a second copy."""
    full.mkdir(exist_ok=True)
    names = {f"{size.width},{size.height}.jpg": f"{size.name}.jpg" for size in files.sizes}
    whole = {"max.jpg": WHOLE, f"{files.width},{files.height}.jpg": WHOLE}
    for name, source in (names | whole).items():
        if not (full / name).exists():
            os.link(here / source, full / name)


@contextmanager
def part_of(folder: str) -> Iterator[tuple[Path, Path]]:
    """The photograph's folder, and a new one in it for what is being made."""
    here = place(folder)
    for left in here.glob(f"{PART}*"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    part = here / f"{PART}{secrets.token_hex(8)}"
    part.mkdir(mode=0o700)  # FileNotFoundError where the photograph is gone
    try:
        yield here, part
    finally:
        shutil.rmtree(part, ignore_errors=True)
