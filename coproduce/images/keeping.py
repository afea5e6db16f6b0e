"""Where pictures are kept: one folder for each, so that taking one away is one act.

In MEDIA_ROOT, or MEDIA_BUCKET, a folder has a random name of 128 bits and holds the files that may be
shown and the original, which has a random name of its own. Files come before their row and go after
it: when a process is killed in between, a folder may be left without a row, which `remove_orphans`
takes away, but no row is left without its folder.
"""

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from coproduce.images.cutting import MARGIN, cut
from coproduce.images.making import NotAPicture, check, make_files
from coproduce.images.sizes import FILES, WHOLE, Box, PictureFiles, Pixels
from coproduce.images.tiles import zoom_info as zoom_info  # beside zoom_file, which answers what it promises
from coproduce.stores import store as kept_in
from coproduce.stores.bucket import BucketFile
from coproduce.stores.folder import INCOMING as INCOMING

MEGABYTE = 1000 * 1000
MOST_BYTES = 12 * MEGABYTE
EMPTY = gettext_lazy("This file is empty. Choose the picture again.")
TOO_LARGE = format_lazy(
    gettext_lazy("This file has more than {most} megabytes. Send a smaller copy of the picture."),
    most=MOST_BYTES // MEGABYTE,
)
FOLDER = re.compile(r"[0-9a-f]{32}")
# Where its tiles are in the folder of a photograph, and which names they can have.
ZOOM = "zoom"
REGION, SIZE = re.compile(r"full|[0-9]{1,5}(,[0-9]{1,5}){3}"), re.compile(r"max|[0-9]{1,5},[0-9]{1,5}")
# A picture that is being sent has no row yet.
OLD_ENOUGH = 60 * 60  # seconds


@dataclass(frozen=True)
class Arrived:
    """A photograph as it was sent: its folder, its upright size in pixels, and SHA-256 of the file."""

    folder: str
    width: int
    height: int
    digest: str


@contextmanager
def kept(upload: IO[bytes]) -> Iterator[PictureFiles]:
    """The files of the picture in `upload`, kept if the block saves them in a row and ends well.

        with kept(upload) as files:
            Picture.objects.create(files=files.folder, width=files.width, height=files.height)

    The block is one transaction, begun after the files are made; refuse what can be refused before
    this. Raises NotAPicture with a sentence for the person who sent it.
    """
    files = store(upload)
    with saved_or_removed(files.folder):
        yield files


@contextmanager
def arrived(upload: IO[bytes]) -> Iterator[Arrived]:
    """The same for a photograph, of which only the head is read here: its files are made later.

    What turns out to be damaged then was not refused here.
    """
    data = received(upload)
    folder, size = kept_in_a_folder(data, check)
    with saved_or_removed(folder):
        yield Arrived(folder, *size, hashlib.sha256(data).hexdigest())


@contextmanager
def saved_or_removed(folder: str) -> Iterator[None]:
    # The outermost one: otherwise the row could still be rolled back when this has ended.
    with transaction.atomic(durable=True):
        try:
            yield
        except BaseException:
            remove(folder)
            raise
    # Nothing is removed when the commit itself fails: the row may be there all the same.


def discard(folder: str) -> None:
    """Takes away all files of a picture, the original too, once the transaction is committed.

    Raises ValueError at once for what is not the folder of a picture.
    """
    checked(folder)
    transaction.on_commit(partial(remove, folder), robust=True)


def store(upload: IO[bytes]) -> PictureFiles:
    """Makes and keeps the files of the picture in `upload`. Raises NotAPicture, and then keeps nothing."""
    folder, size = kept_in_a_folder(received(upload), make_files)
    return PictureFiles(folder, *size)


def received(upload: IO[bytes]) -> bytes:
    data = upload.read(MOST_BYTES + 1)
    if not data or len(data) > MOST_BYTES:
        raise NotAPicture(TOO_LARGE if data else EMPTY)
    return data


def kept_in_a_folder(data: bytes, work: Callable[[Path], Pixels]) -> tuple[str, Pixels]:
    """Keeps an original and what `work` makes beside it; the folder's name and the size `work` told."""
    with new_folder() as (name, incoming):
        size = work(original_in(incoming, data))
    return name, size


@contextmanager
def new_folder() -> Iterator[tuple[str, Path]]:
    """A folder to be filled; it gets its name if the block ends well, and is gone otherwise."""
    name = secrets.token_hex(16)
    incoming = root() / f"{INCOMING}{name}"
    incoming.mkdir(mode=0o700, parents=True)
    try:
        yield name, incoming
        put_in_place(incoming, name)
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise


def original_in(folder: Path, data: bytes) -> Path:
    original = folder / f"original-{secrets.token_hex(16)}"
    original.write_bytes(data)
    return original


def put_in_place(incoming: Path, folder: str) -> None:
    """Gives a finished folder its name; from then on it survives a power cut, as its row will."""
    kept_in().keep(incoming, folder)


def remove(folder: str) -> None:
    """Takes away the files of a picture at once, whether they are there or not."""
    checked(folder)
    kept_in().remove(folder)


def forget_original(folder: str) -> None:
    """Takes away the file as it was sent, for pictures of which only what may be shown is kept."""
    if original := original_of(folder):
        kept_in().drop(f"{folder}/{original.name}")


def read(folder: str, name: str) -> bytes:
    """The bytes of one file that may be shown. Raises FileNotFoundError for every other name."""
    if name not in FILES or not FOLDER.fullmatch(folder):
        raise FileNotFoundError(name)
    return kept_in().file(f"{folder}/{name}").read_bytes()


def zoom_file(folder: str, region: str, size: str) -> bytes:
    """One tile, or the photograph in one of its sizes, by IIIF's words for it: "0,0,512,512", "512,512".

    Raises FileNotFoundError for what there is not, or not yet.
    """
    if not (REGION.fullmatch(region) and SIZE.fullmatch(size) and FOLDER.fullmatch(folder)):
        raise FileNotFoundError(f"{region}/{size}")
    return kept_in().file(f"{folder}/{ZOOM}/{region}/{size}.jpg").read_bytes()


def close_up(folder: str, box: Box, *, alone: bool = False) -> bytes:
    """A JPEG of a box on a photograph, and unless `alone` a little around it.

    It is kept, since it is asked for again. Raises FileNotFoundError if the photograph is not made yet.
    """
    if not FOLDER.fullmatch(folder):
        raise FileNotFoundError(folder)
    name = f"{folder}/{'alone' if alone else 'close'}-{'-'.join(map(str, box))}.jpg"
    kept = kept_in()
    if not kept.file(name).exists():
        whole = BytesIO(kept.file(f"{folder}/{WHOLE}").read_bytes())
        kept.write(cut(whole, box, 0 if alone else MARGIN), name)
    return kept.file(name).read_bytes()


def original_of(folder: str) -> Path | BucketFile | None:
    """The file as it was sent, with all it says about its maker: for eyes that a policy has let in."""
    return kept_in().first(checked(folder), "original-")


def orphans(known: Collection[str]) -> list[str]:
    """The folders in MEDIA_ROOT that no row has: `known` are those of all rows of every kind."""
    before = time.time() - OLD_ENOUGH
    found = kept_in().found()
    return sorted(name for name, changed in found if name not in known and is_ours(name) and changed < before)


def remove_orphans(known: Collection[str]) -> int:
    """Takes away the folders that no row has; how many there were."""
    left = orphans(known)
    for name in left:
        kept_in().clear(name)
    return len(left)


def missing(known: Collection[str]) -> list[str]:
    """Those of `known` whose folder is not there, for example after half a backup was restored."""
    return sorted(name for name in known if not kept_in().has(checked(name)))


def is_ours(name: str) -> bool:
    return bool(FOLDER.fullmatch(name.removeprefix(INCOMING)))


def checked(folder: str) -> str:
    """Raises ValueError for a name that no folder of a picture has."""
    if not FOLDER.fullmatch(folder):
        raise ValueError(f"“{folder}” is not the folder of a picture.")
    return folder


def place(folder: str) -> Path:
    """Where a folder lies on this machine. Raises ValueError as `checked`."""
    return root() / checked(folder)


def root() -> Path:
    """The folder of this machine in which files are made."""
    return Path(settings.MEDIA_ROOT)
