"""The files of MEDIA_ROOT in a backup, each with its SHA-256; what an earlier backup holds is linked.

A file there never changes once it is there, so that one of the same name and size is the same.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archive.backup.trouble import BackupTrouble
from coproduce.images.keeping import INCOMING

Files = dict[str, dict[str, int | str]]


def copy_new(media: Path, to: Path, before: Path | None, known: Files) -> Files:
    """Copies all of `media` into `to`, linking what the folder `before` holds; size and digest of each.

    `known` is what `before` holds. A file that goes in the meantime was withdrawn, and is left out.
    """
    found: Files = {}
    to.mkdir(parents=True)
    for path in paths_in(media):
        name = path.relative_to(media).as_posix()
        with suppress(FileNotFoundError):
            found[name] = _linked(path, name, to, before, known) or _copied(path, to / name)
    return found


def paths_in(media: Path) -> Iterator[Path]:
    """The files of a folder in order; what is only just arriving has no row yet."""
    for folder, folders, names in os.walk(media):
        folders[:] = sorted(one for one in folders if not one.startswith(INCOMING))
        yield from (Path(folder, name) for name in sorted(names))


def _linked(path: Path, name: str, to: Path, before: Path | None, known: Files) -> dict | None:
    """What is known of a file, linked from the earlier backup; None where it has to be copied."""
    if before is None or name not in known or known[name]["size"] != path.stat().st_size:
        return None
    target = to / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(before / name, target)
    except OSError:  # gone there, or a disk without links
        return None
    return known[name]


def _copied(path: Path, target: Path) -> dict[str, int | str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copystat(path, target)
    return {"size": target.stat().st_size, "sha256": digest_of(target)}


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(files: Files, folder: Path) -> list[str]:
    """A sentence for each file that is missing in `folder`, or is not what it was."""
    troubles = []
    for name, known in files.items():
        path = folder / name
        if not path.is_file():
            troubles.append(f"{name} is missing.")
        elif path.stat().st_size != known["size"] or digest_of(path) != known["sha256"]:
            troubles.append(f"{name} is not what it was.")
    return troubles


def bring_back(files: Files, folder: Path, media: Path, *, linked: bool = False) -> int:
    """Puts the files into `media`, beside what is there; how many. Refuses one that is there and differs.

    With `linked` they share their content with the backup: for a place where nothing writes into a file.
    """
    put = 0
    for name, known in files.items():
        target = media / name
        if target.exists():
            if digest_of(target) != known["sha256"]:
                raise BackupTrouble(f"{target} is there and is another file. Restore into an empty folder.")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(folder / name, target, linked=linked)
        put += 1
    return put


def _put(source: Path, target: Path, *, linked: bool) -> None:
    if linked:
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)
