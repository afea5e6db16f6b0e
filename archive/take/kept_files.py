"""Where made files are kept: a private folder, with names nobody can guess.

A file comes before its row and goes after it. When a process is killed in between, a file may be
left that no row names; `remove_strays` takes it away. No address leads into the folder.
"""

import os
import secrets
import time
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

INCOMING = "incoming-"
PIECE = 256 * 1024  # bytes
# A file that is being made has no row yet.
OLD_ENOUGH = 24 * 60 * 60  # seconds


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"


@contextmanager
def new_file(suffix: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The name of a new file, and the file to write to; it has that name once the block ended well."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}{suffix}"
    incoming = folder() / f"{INCOMING}{name}"
    try:
        with incoming.open("wb") as file:
            yield name, file
            file.flush()
            os.fsync(file.fileno())
        incoming.rename(folder() / name)
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise


def remove(name: str) -> None:
    """Takes a file away, and what is kept beside it, whether they are there or not."""
    if name:
        for path in (place(name), beside(name)):
            path.unlink(missing_ok=True)


def place(name: str) -> Path:
    """Where a file lies. Raises ValueError for what is no name of one."""
    if not name or Path(name).name != name or name.startswith(INCOMING):
        raise ValueError(f"“{name}” is not the name of a file.")
    return folder() / name


def beside(name: str) -> Path:
    """Where a file's own notes lie, which nobody is sent."""
    return folder() / f"{place(name).name}.notes"


def pieces_of(name: str) -> Generator[bytes]:
    """Opens the file with the first piece."""
    with place(name).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def remove_strays(known: Collection[str]) -> int:
    """Takes away the files that no row names; how many there were."""
    before, named = time.time() - OLD_ENOUGH, {*known, *(f"{name}.notes" for name in known if name)}
    found = folder().iterdir() if folder().exists() else ()
    gone = 0
    for path in list(found):
        with suppress(FileNotFoundError):
            if path.name not in named and path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone
