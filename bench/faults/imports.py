"""F12 and F18: an import killed half-way, and a disk for pictures that is full now and then."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import perf_counter

from bench.faults.disk import fill
from bench.faults.ground import Ground, Line, caught, fact, ground, nought
from tools.serving import ROOT

ROWS = "SELECT count(*) FROM responses_note"
PHOTOS = "SELECT files FROM responses_photo"
UNMADE = "SELECT id FROM responses_photo WHERE making NOT IN ('made', 'failed')"
NUMBER, LONGEST = 6, 120  # photographs; seconds to make what is left of them
DISK, BALLAST = 120, "ballast"  # megabytes
TIMES_FULL, FULL_FOR = 6, 4.0  # seconds each time
MOMENTS = (0.3, 0.5, 0.7)  # of the time an import takes


def imports() -> Iterator[Line]:
    with ground() as place:
        yield from killed_imports(place)
    with ground() as place:
        yield from failing_writes(place)


def killed_imports(place: Ground) -> Iterator[Line]:
    """A package of the demo is taken in, killed on the way three times, and then whole."""
    package = place.folder / "package.zip"
    pack(package)
    whole = timed(place, package)
    all_rows = place.cluster.column(ROWS)[0]
    place.manage("flush", "--no-input").wait()
    for share in MOMENTS:
        running = place.manage("import_archive", str(package))
        Event().wait(share * whole)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        left = place.cluster.column(ROWS)[0]
        yield nought(f"F12 import killed after {share:.0%}: rows of a half", int(left not in (0, all_rows)))
        yield fact(f"F12 import killed after {share:.0%}: rows left behind", left, "notes")
        place.manage("flush", "--no-input").wait()
    again = timed(place, package)
    yield fact("F12 the same import afterwards: notes", place.cluster.column(ROWS)[0], "notes")
    yield fact("F12 the same import afterwards: took", again, "s")


def pack(package: Path) -> None:
    """Writes a package of the demo, from a database of its own."""
    words = [sys.executable, "-m", "bench.faults.packing", str(package)]
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def timed(place: Ground, package: Path) -> float:
    place.manage("flush", "--no-input").wait()
    start = perf_counter()
    code = place.manage("import_archive", str(package)).wait()
    if code:
        raise RuntimeError((place.folder / "commands.log").read_text())
    return perf_counter() - start


def failing_writes(place: Ground) -> Iterator[Line]:
    """The disk for pictures is full now and then: no file without its row, and no row without its file.

    (A library that fails single writes does not reach the short-lived process that makes pictures: it
    is started with an empty environment.)
    """
    if os.geteuid() != 0:
        yield fact("F18 writes that fail", None, said="not run: making a small disk needs root")
        return
    media = place.folder / "media"
    with small_disk(media):
        made = [sys.executable, "-m", "tests.faults.photographs", str(NUMBER)]
        subprocess.run(made, cwd=ROOT, env=os.environ | place.environment, check=True)
        worker = place.manage("worker")
        for _ in range(TIMES_FULL):
            fill(media / BALLAST)
            Event().wait(FULL_FOR)
            (media / BALLAST).unlink()
            Event().wait(FULL_FOR / 2)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        said = (place.folder / "commands.log").read_text()
        yield caught("F18 writes that failed", said.count("No space left"), "lines of the log")
        make_the_rest(place)
        orphans, missing = reconciled(place)
    yield nought("F18 writes that fail: rows without their files", missing, "photographs")
    yield nought("F18 writes that fail: folders without a row", orphans, "folders")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def make_the_rest(place: Ground) -> None:
    """A worker whose disk is well again, and the command that clears away what was left half done."""
    worker = place.manage("worker")
    for _ in range(LONGEST):
        if not place.cluster.column(UNMADE):
            break
        Event().wait(1)
    worker.terminate()
    worker.wait()
    # What is younger than an hour it leaves alone: it may be arriving just now.
    for folder in (place.folder / "media").iterdir():
        os.utime(folder, (0, 0))
    place.manage("pictures", "--remove").wait()


def reconciled(place: Ground) -> tuple[int, int]:
    rows = set(place.cluster.column(PHOTOS))
    folders = {path.name for path in (place.folder / "media").iterdir()}
    return len(folders - rows), len(rows - folders)
