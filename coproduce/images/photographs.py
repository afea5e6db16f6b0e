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

from coproduce.images.keeping import ZOOM, checked, new_folder, original_in
from coproduce.images.making import Progress, cover_boxes, make_photograph, make_tiles
from coproduce.images.sizes import FILES, WHOLE, Box, PhotographFiles, Pixels
from coproduce.stores import store

PART = "part-"
# The tile without which there are none: they come all at once, or this one last.
LAST_TILE = "max.jpg"


def is_finished(folder: str) -> bool:
    """Whether the whole photograph is there, and so its sizes."""
    return store().file(f"{checked(folder)}/{WHOLE}").exists()


def finish(folder: str) -> Pixels:
    """Makes the whole photograph and its sizes from the original; its upright size.

    Raises NotAPicture if it cannot be one, Unfinished if it can be tried again, and
    FileNotFoundError if the folder is gone.
    """
    with part_of(folder, "original-") as (here, part):
        if not (original := next(here.glob("original-*"), None)):
            raise FileNotFoundError(folder)
        size = make_photograph(original, part)
        # Last the one by which the others are known to be there.
        store().add(part, folder, last=WHOLE)
    return size


def covered(folder: str, boxes: Iterable[Box]) -> PhotographFiles:
    """A new folder with the photograph in which `boxes` are covered for good, in the original too.

    The former folder stays as it is. Raises as `finish`.
    """
    with new_folder() as (name, incoming), store().local(checked(folder), WHOLE) as here:
        size = cover_boxes(here, incoming, boxes)
        original_in(incoming, (incoming / WHOLE).read_bytes())
    return PhotographFiles(name, *size)


def add_tiles(folder: str, tell: Progress) -> None:
    """Makes the tiles for looking closely unless they are there; tells per cent. Raises as `finish`."""
    if store().file(f"{checked(folder)}/{ZOOM}/full/{LAST_TILE}").exists():
        return
    with part_of(folder, *FILES, WHOLE) as (here, part):
        link_sizes(PhotographFiles(folder, *make_tiles(here, part, tell)), here, part / "full")
        store().add(part, folder, under=ZOOM, last=LAST_TILE)


def link_sizes(files: PhotographFiles, here: Path, full: Path) -> None:
    """The sizes under the names by which viewers ask for them, without a second copy."""
    full.mkdir(exist_ok=True)
    names = {f"{size.width},{size.height}.jpg": f"{size.name}.jpg" for size in files.sizes}
    whole = {LAST_TILE: WHOLE, f"{files.width},{files.height}.jpg": WHOLE}
    for name, source in (names | whole).items():
        if not (full / name).exists():
            os.link(here / source, full / name)


@contextmanager
def part_of(folder: str, *wanted: str) -> Iterator[tuple[Path, Path]]:
    """The files of the photograph whose names begin so, and a new folder for what is being made."""
    with store().local(checked(folder), *wanted) as here:
        for left in here.glob(f"{PART}*"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        part = here / f"{PART}{secrets.token_hex(8)}"
        part.mkdir(mode=0o700)  # FileNotFoundError where the photograph is gone
        try:
            yield here, part
        finally:
            shutil.rmtree(part, ignore_errors=True)
