"""Runs the worker on a file nobody trusts."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from coproduce.images.sizes import TYPES, sizes_of

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "coproduce.images.worker"
SECONDS = 10
# Each may take 1.5 GB for a moment: a process of the site reads no more pictures than this at once.
AT_ONCE = BoundedSemaphore(2)
# Where some builds of Python find their own libraries. Nothing else of the site's environment goes along.
LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

BUSY = "Many pictures are arriving at this moment. Send yours again in a minute."
TOO_SLOW = "This picture takes too long to read. Send a smaller copy of it, as a JPEG."
FAILED = "This picture could not be read. Save it as a JPEG, and send that."

logger = logging.getLogger(__name__)


class NotAPicture(Exception):
    """A file that was not kept: its text is a sentence the person who sent it can read and act on."""


def make_files(original: Path) -> tuple[int, int]:
    """Writes the files of the picture in `original` beside it; its upright width and height in pixels.

    Raises NotAPicture. Takes at most SECONDS, and as long again if others are before it.
    """
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise NotAPicture(BUSY)
    try:
        ended = run_worker(original)
    finally:
        AT_ONCE.release()
    try:
        return size_from(json.loads(ended.stdout), original.parent)
    except (ValueError, LookupError, TypeError, ArithmeticError, FileNotFoundError):
        logger.error("A picture could not be read: %s %s", ended.returncode, ended.stderr[-2000:])
        raise NotAPicture(FAILED) from None


def run_worker(original: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-s", "-m", PROGRAM, str(original)]
    env = {name: os.environ[name] for name in LIBRARIES if name in os.environ}
    try:
        return subprocess.run(  # noqa: S603  our own program
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAPicture(TOO_SLOW) from None


def size_from(answer: dict[str, object], folder: Path) -> tuple[int, int]:
    """The size the worker told of, if the files that belong to it are there."""
    if "refused" in answer:
        raise NotAPicture(str(answer["refused"]))
    width, height = int(answer["width"]), int(answer["height"])
    promised = (f"{size.name}.{ending}" for size in sizes_of(width, height) for ending in TYPES)
    if not all((folder / name).is_file() for name in promised):
        raise FileNotFoundError(folder)
    return width, height
