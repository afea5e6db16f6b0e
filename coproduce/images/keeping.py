"""Where pictures are kept: one folder for each, so that taking one away is one act.

In MEDIA_ROOT a folder has a random name of 128 bits and holds the files that may be shown and the
original, which has a random name of its own. Files come before their row and go after it: when a
process is killed in between, a folder may be left without a row, which `remove_orphans` takes
away, but no row is left without its folder.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from coproduce.images.making import NotAPicture, make_files
from coproduce.images.sizes import FILES, PictureFiles

MEGABYTE = 1000 * 1000
MOST_BYTES = 12 * MEGABYTE
EMPTY = "This file is empty. Choose the picture again."
TOO_LARGE = f"This file has more than {MOST_BYTES // MEGABYTE} megabytes. Send a smaller copy of the picture."
FOLDER = re.compile(r"[0-9a-f]{32}")
INCOMING = "incoming-"
# A picture that is being sent has no row yet.
OLD_ENOUGH = 60 * 60  # seconds


@contextmanager
def kept(upload: IO[bytes]) -> Iterator[PictureFiles]:
    """The files of the picture in `upload`, kept if the block saves them in a row and ends well.

        with kept(upload) as files:
            Picture.objects.create(files=files.folder, width=files.width, height=files.height)

    The block is one transaction, begun after the files are made; refuse what can be refused before
    this. Raises NotAPicture with a sentence for the person who sent it.
    """
    files = store(upload)
    # The outermost one: otherwise the row could still be rolled back when this has ended.
    with transaction.atomic(durable=True):
        try:
            yield files
        except BaseException:
            remove(files.folder)
            raise
    # Nothing is removed when the commit itself fails: the row may be there all the same.


def discard(folder: str) -> None:
    """Takes away all files of a picture, the original too, once the transaction is committed.

    Raises ValueError at once for what is not the folder of a picture.
    """
    place(folder)
    transaction.on_commit(partial(remove, folder), robust=True)


def store(upload: IO[bytes]) -> PictureFiles:
    """Makes and keeps the files of the picture in `upload`. Raises NotAPicture, and then keeps nothing."""
    data = upload.read(MOST_BYTES + 1)
    if not data or len(data) > MOST_BYTES:
        raise NotAPicture(TOO_LARGE if data else EMPTY)
    name = secrets.token_hex(16)
    incoming = root() / f"{INCOMING}{name}"
    incoming.mkdir(mode=0o700, parents=True)
    try:
        width, height = make_files(original_in(incoming, data))
        put_in_place(incoming, root() / name)
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    return PictureFiles(name, width, height)


def original_in(folder: Path, data: bytes) -> Path:
    original = folder / f"original-{secrets.token_hex(16)}"
    original.write_bytes(data)
    return original


def put_in_place(incoming: Path, folder: Path) -> None:
    """Gives a finished folder its name; from then on it survives a power cut, as its row will."""
    for path in (*incoming.iterdir(), incoming):
        flush(path)
    incoming.rename(folder)
    flush(folder.parent)


def flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(folder: str) -> None:
    """Takes away the files of a picture at once, whether they are there or not."""
    with suppress(FileNotFoundError):
        shutil.rmtree(place(folder))


def forget_original(folder: str) -> None:
    """Takes away the file as it was sent, for pictures of which only what may be shown is kept."""
    if original := original_of(folder):
        original.unlink()
        flush(place(folder))


def read(folder: str, name: str) -> bytes:
    """The bytes of one file that may be shown. Raises FileNotFoundError for every other name."""
    if name not in FILES or not FOLDER.fullmatch(folder):
        raise FileNotFoundError(name)
    return (place(folder) / name).read_bytes()


def original_of(folder: str) -> Path | None:
    """The file as it was sent, with all it says about its maker: for eyes that a policy has let in."""
    return next(place(folder).glob("original-*"), None)


def orphans(known: Collection[str]) -> list[str]:
    """The folders in MEDIA_ROOT that no row has: `known` are those of all rows of every kind."""
    before = time.time() - OLD_ENOUGH
    found = root().iterdir() if root().exists() else ()
    return sorted(
        path.name
        for path in found
        if path.name not in known and is_ours(path.name) and path.stat().st_mtime < before
    )


def remove_orphans(known: Collection[str]) -> int:
    """Takes away the folders that no row has; how many there were."""
    left = orphans(known)
    for name in left:
        shutil.rmtree(root() / name)
    return len(left)


def missing(known: Collection[str]) -> list[str]:
    """Those of `known` whose folder is not there, for example after half a backup was restored."""
    return sorted(name for name in known if not place(name).is_dir())


def is_ours(name: str) -> bool:
    return bool(FOLDER.fullmatch(name.removeprefix(INCOMING)))


def place(folder: str) -> Path:
    """Where a folder lies. Raises ValueError for a name that no folder of a picture has."""
    if not FOLDER.fullmatch(folder):
        raise ValueError(f"“{folder}” is not the folder of a picture.")
    return root() / folder


def root() -> Path:
    return Path(settings.MEDIA_ROOT)
