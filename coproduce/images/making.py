"""Runs the worker on a file nobody trusts."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.sizes import PHOTOGRAPH_WIDTHS, TYPES, WHOLE, WIDTHS, Box, Pixels, sizes_of

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "coproduce.images.worker"
SECONDS = 10
# Each may take 1.5 GB for a moment: a process of the site reads no more pictures than this at once.
AT_ONCE = BoundedSemaphore(2)
# Where some builds of Python find their own libraries. Nothing else of the site's environment goes along.
LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

BUSY = gettext_lazy("Many pictures are arriving at this moment. Send yours again in a minute.")
TOO_SLOW = gettext_lazy("This picture takes too long to read. Send a smaller copy of it, as a JPEG.")
FAILED = gettext_lazy("This picture could not be read. Save it as a JPEG, and send that.")

logger = logging.getLogger(__name__)

type Progress = Callable[[int], object]  # is told per cent


class NotAPicture(Exception):
    """A file that was not kept: its text is a sentence the person who sent it can read and act on."""


class Unfinished(Exception):
    """Work behind the site that ended too early, by no fault of the picture: it can be tried again."""


def make_files(original: Path) -> Pixels:
    """Writes the files of the picture in `original` beside it; its upright width and height in pixels.

    Raises NotAPicture. Takes at most SECONDS, and as long again if others are before it.
    """
    size = ask("sizes", original)
    return size if are_there(original.parent, size, WIDTHS) else fail("its files are not there")


def check(original: Path) -> Pixels:
    """The upright size of a photograph, from its head alone. Raises NotAPicture; takes time as above."""
    return ask("check", original)


def make_photograph(original: Path, into: Path) -> Pixels:
    """Writes a photograph into a folder, whole and in its sizes; its upright size in pixels.

    Raises NotAPicture, and Unfinished if it may work another time.
    """
    return photograph_in(into, have_done("make", original, into))


def cover_boxes(folder: Path, into: Path, boxes: Iterable[Box]) -> Pixels:
    """The same from the whole photograph in `folder`, with boxes covered for good."""
    return photograph_in(into, have_done("cover", folder / WHOLE, into, json.dumps([list(b) for b in boxes])))


def make_tiles(folder: Path, into: Path, tell: Progress) -> Pixels:
    """Writes the tiles of the whole photograph in `folder`, and tells how far it has come; its size."""
    return have_done("tiles", folder / WHOLE, into, tell=tell)


def ask(mode: str, original: Path) -> Pixels:
    """What the worker says while somebody waits for it."""
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise NotAPicture(BUSY)
    try:
        ended = subprocess.run(  # noqa: S603  our own program
            command(mode, original), **surroundings(), timeout=SECONDS, check=False,
            capture_output=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAPicture(TOO_SLOW) from None
    finally:
        AT_ONCE.release()
    return size_from(ended.stdout) or fail(ended.stderr, ended.returncode)


def have_done(mode: str, *words: object, tell: Progress = lambda _: None) -> Pixels:
    """Has the worker do what nobody waits for; it ends itself when it takes too long."""
    with tempfile.TemporaryFile("w+", errors="replace") as said, working(mode, *words, said=said) as worker:
        answer = ""
        for answer in worker.stdout:
            if done := parsed(answer).get("done"):
                tell(done)
        if size := size_from(answer):
            return size
        said.seek(0)
        raise Unfinished(f"The worker ended with {worker.wait()}: {said.read()[-2000:]}")


@contextmanager
def working(*words: object, said: IO[str]) -> Iterator[subprocess.Popen[str]]:
    """The worker, which ends with the block."""
    worker = subprocess.Popen(  # noqa: S603  our own program
        command(*words),
        **surroundings(),
        stdout=subprocess.PIPE,
        stderr=said,
        encoding="utf-8",
        errors="replace",
    )  # fmt: skip
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def command(*words: object) -> list[str]:
    return [sys.executable, "-s", "-m", PROGRAM, *map(str, words)]


def surroundings() -> dict[str, object]:
    env = {name: os.environ[name] for name in LIBRARIES if name in os.environ}
    return {"cwd": ROOT, "env": env, "stdin": subprocess.DEVNULL}


def size_from(line: str) -> Pixels | None:
    """The size the worker told of; None if that is no answer. Raises NotAPicture if it refused."""
    answer = parsed(line)
    if "refused" in answer:
        raise NotAPicture(_(str(answer["refused"])))
    width, height = answer.get("width"), answer.get("height")
    return (width, height) if isinstance(width, int) and isinstance(height, int) else None


def parsed(line: str) -> dict[str, object]:
    try:
        answer = json.loads(line)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def fail(why: str, code: int = 0) -> NoReturn:
    logger.error("A picture could not be read: %s %s", code, why[-2000:])
    raise NotAPicture(FAILED)


def photograph_in(folder: Path, size: Pixels) -> Pixels:
    if not are_there(folder, size, PHOTOGRAPH_WIDTHS):
        raise Unfinished("The files the worker told of are not there.")
    return size


def are_there(folder: Path, size: Pixels, widths: dict[str, int]) -> bool:
    """Whether all files that belong to a picture of that size are in its folder."""
    try:
        promised = [f"{one.name}.{ending}" for one in sizes_of(*size, widths) for ending in TYPES]
    except ArithmeticError:
        return False
    return all((folder / name).is_file() for name in promised)
