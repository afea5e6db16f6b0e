"""Files in a folder of this machine. What is told to be kept there survives a power cut."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

INCOMING = "incoming-"  # begins the name of what is arriving or leaving


@dataclass(frozen=True, slots=True)
class Folder:
    """A picture is a folder in `root`; a single file has a path below it."""

    root: Path

    def keep(self, incoming: Path, folder: str) -> None:
        """Gives a finished folder its name."""
        for path in (*incoming.iterdir(), incoming):
            flush(path)
        incoming.rename(self.root / folder)
        flush(self.root)

    def has(self, folder: str) -> bool:
        return (self.root / folder).is_dir()

    def file(self, name: str) -> Path:
        """The file at a path such as `<folder>/<file>`, whether it is there or not."""
        return self.root / name

    def first(self, folder: str, beginning: str) -> Path | None:
        """The file of a folder whose name begins so."""
        return next((self.root / folder).glob(f"{beginning}*"), None)

    @contextmanager
    def local(self, folder: str, *_wanted: str) -> Iterator[Path]:
        """A folder of this machine with the files of `folder` whose names begin so, to work from."""
        yield self.root / folder

    def add(self, part: Path, folder: str, *, under: str = "", last: str = "") -> None:
        """Takes the files of `part` into a folder, or as one folder `under` it; `last` is moved last."""
        here = self.root / folder
        if under:
            for path in part.rglob("*"):
                flush(path)
            part.rename(here / under)
        else:
            for path in sorted(part.iterdir(), key=lambda path: path.name == last):
                flush(path)
                path.replace(here / path.name)
        flush(here)

    def write(self, content: bytes, name: str) -> None:
        """A small file that can be made again, beside others; there is never half of it."""
        path = self.root / name
        new = path.with_name(f"{INCOMING}{secrets.token_hex(8)}")
        new.write_bytes(content)
        new.replace(path)

    def put(self, incoming: Path, name: str) -> None:
        """Gives a finished single file, which is in the folder it is to be in, its name."""
        flush(incoming)
        incoming.replace(self.root / name)

    def drop(self, name: str) -> None:
        """Takes a single file away, whether it is there or not."""
        path = self.root / name
        with suppress(FileNotFoundError):
            path.unlink()
            flush(path.parent)

    def remove(self, folder: str) -> None:
        """Takes a folder away with all its files, whether it is there or not."""
        leaving = self.root / f"{INCOMING}{folder}"
        with suppress(FileNotFoundError):
            # At once, for whoever is still writing into it.
            (self.root / folder).rename(leaving)
            shutil.rmtree(leaving)

    def clear(self, name: str) -> None:
        """Takes away what lies in the way: a folder that nothing names, or half of one."""
        shutil.rmtree(self.root / name)

    def found(self, beneath: str = "") -> Iterator[tuple[str, float]]:
        """What there is, each with the time of its last change in seconds since 1970."""
        place = self.root / beneath
        for path in list(place.iterdir()) if place.exists() else ():
            with suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime


def flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
