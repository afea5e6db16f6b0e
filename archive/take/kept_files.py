"""Where made files are kept: a private folder, or part of a bucket, with names nobody can guess.

A file comes before its row and goes after it. When a process is killed in between, a file may be
left that no row names; `remove_strays` takes it away. No address leads into the folder.
"""

import secrets
import time
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from coproduce.stores import store
from coproduce.stores.bucket import BucketFile
from coproduce.stores.folder import INCOMING

AREA = "exports"
PIECE = 256 * 1024  # bytes
# A file that is being made has no row yet.
OLD_ENOUGH = 24 * 60 * 60  # seconds


def folder() -> Path:
    """Where they are made on this machine, and lie unless there is a bucket."""
    return Path(settings.MEDIA_ROOT) / AREA


@contextmanager
def new_file(suffix: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The name of a new file, and the file to write to; it has that name once the block ended well."""
    name = f"{secrets.token_hex(16)}{suffix}"
    with _arriving(name) as file:
        yield name, file


@contextmanager
def _arriving(name: str) -> Iterator[IO[bytes]]:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    incoming = folder() / f"{INCOMING}{name}"
    try:
        with incoming.open("wb") as file:
            yield file
        store().put(incoming, f"{AREA}/{name}")
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise


def remove(name: str) -> None:
    """Takes a file away, and what is kept beside it, whether they are there or not."""
    if name:
        for one in (checked(name), _notes(name)):
            store().drop(f"{AREA}/{one}")


def checked(name: str) -> str:
    """Raises ValueError for what is no name of a file."""
    if not name or Path(name).name != name or name.startswith(INCOMING):
        raise ValueError(f"“{name}” is not the name of a file.")
    return name


def place(name: str) -> Path | BucketFile:
    """The file, to be read from. Raises ValueError for what is no name of one."""
    return store().file(f"{AREA}/{checked(name)}")


def size_of(name: str) -> int:
    """Its bytes. Raises FileNotFoundError where it is not kept."""
    file = place(name)
    return file.size if isinstance(file, BucketFile) else file.stat().st_size


def beside(name: str) -> Path | BucketFile:
    """A file's own notes, which nobody is sent, to be read from."""
    return store().file(f"{AREA}/{_notes(name)}")


def keep_beside(name: str, pieces: Iterable[bytes]) -> None:
    with _arriving(_notes(name)) as file:
        file.writelines(pieces)


def _notes(name: str) -> str:
    return f"{checked(name)}.notes"


def pieces_of(name: str) -> Generator[bytes]:
    """Opens the file with the first piece."""
    with place(name).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def remove_strays(known: Collection[str]) -> int:
    """Takes away the files that no row names; how many there were."""
    before, named = time.time() - OLD_ENOUGH, {*known, *(f"{name}.notes" for name in known if name)}
    gone = 0
    for name, changed in list(store().found(AREA)):
        if name not in named and changed < before:
            _sweep(name)
            gone += 1
    return gone


def _sweep(name: str) -> None:
    if name.startswith(INCOMING):
        (folder() / name).unlink(missing_ok=True)
    else:
        store().drop(f"{AREA}/{name}")
