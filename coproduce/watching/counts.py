"""The numbers of this process, and those of all processes on this machine, added up.

Each process leaves its numbers in a file every few seconds while it has any to add; whichever is asked
adds up the files. Those of a process that has ended are kept, so that no counter goes back.
"""

import fcntl
import json
import logging
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from coproduce.postgres.place import own_folder
from coproduce.postgres.trouble import PostgresTrouble

log = logging.getLogger(__name__)

BETWEEN = 5.0  # seconds
# Of how long a request took, in seconds; what took longer is in the last.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ENDED, LOCK = "ended.json", "lock"

# What begins so is true only while its process lives.
NOW = "now "

Numbers = Callable[[], Mapping[str, float]]

_numbers: Counter[str] = Counter()
_sources: list[Numbers] = []
_lock = threading.Lock()
_written = 0.0


def count_request(group: str, status: int, seconds: float) -> None:
    """One more answer of a group of routes."""
    bound = next((str(bound) for bound in BOUNDS if seconds <= bound), "+Inf")
    with _lock:
        _numbers[f"requests {group} {status // 100}xx"] += 1
        _numbers[f"seconds {bound}"] += 1
        _numbers["seconds sum"] += seconds
    if settings.METRICS_TOKEN and time.monotonic() - _written > BETWEEN:
        _try_to_leave()


def also(numbers: Numbers) -> None:
    """Numbers that somebody else in this process keeps are told with its own."""
    _sources.append(numbers)


def folder() -> Path:
    """Where the processes of this site on this machine leave their numbers."""
    site = sha256(f"{settings.BASE_DIR} {os.environ.get('PORT', '')}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"coproduce-numbers-{os.geteuid()}-{site}"


def _try_to_leave() -> None:
    """No page breaks because its answer could not be counted: a full disk, a folder of somebody else's."""
    try:
        leave()
    except (OSError, PostgresTrouble) as error:
        log.warning("The numbers of this process could not be written: %s", error)


def leave() -> None:
    """Writes the numbers of this process where the others find them."""
    global _written
    _written = time.monotonic()
    with _lock:
        found = Counter(_numbers)
    for numbers in _sources:
        found.update(numbers())
    text = json.dumps(found)
    path = folder() / f"{os.getpid()}.json"
    own_folder(path.parent, os.geteuid(), 0o700)
    new = path.with_suffix(f".{threading.get_ident()}")
    new.write_text(text)
    new.replace(path)


def of_all() -> Counter[str]:
    """The numbers of every process there is and was, this one's as they are now."""
    leave()
    with (folder() / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        total = _ended()
        for path in _living():
            total.update(_read(path))
        return total


def _living() -> list[Path]:
    return [path for path in folder().glob("[0-9]*.json") if _lives(int(path.stem))]


def _ended() -> Counter[str]:
    """What processes counted that have ended since, put together."""
    total = _read(folder() / ENDED)
    gone = [path for path in folder().glob("[0-9]*.json") if not _lives(int(path.stem))]
    for path in gone:
        total.update({name: one for name, one in _read(path).items() if not name.startswith(NOW)})
    if gone:
        (folder() / ENDED).write_text(json.dumps(total))
        for path in gone:
            path.unlink()
    return total


def _read(path: Path) -> Counter[str]:
    """What a file says; nothing where it is not there, or was cut off by a kill while it was written."""
    try:
        return Counter(json.loads(path.read_text()))
    except (FileNotFoundError, ValueError):
        return Counter()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
