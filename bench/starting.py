"""How long a developer waits: from `./dev` to the first page, in a copy of this project."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from bench.figures import ROUNDS, Aim, Figure
from bench.load import Unexpected
from tools.serving import HOST, ROOT, free_port

SOON = 5  # seconds
PATIENCE, LONGEST_END = 300, 60  # seconds; a first start makes the database and the demo
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".local", "__pycache__", "node_modules")
# What would lead the copy to another database or another way of running than a newcomer's.
OURS = ("DATABASE_URL", "DATABASE_REPLICA_URL", "LISTEN_DATABASE_URL", "MEDIA_ROOT", "SITE_URL", "DEBUG")


def starting(_database: str) -> Iterator[Figure]:
    """The second `./dev` and those after it, each until the front page is there; the first makes the demo."""
    with a_copy() as folder:
        first, *later = [seconds_to_first_page(folder) for _ in range(ROUNDS + 1)]
    aim = {"target": SOON, "aim": Aim.VALUE_AT_MOST}
    yield Figure("second ./dev to a page", "s", later, [first] * ROUNDS, "the first ./dev", **aim)


@contextmanager
def a_copy() -> Iterator[Path]:
    """The working tree with the environment of this one, and nothing of its data."""
    with tempfile.TemporaryDirectory(prefix="coproduce-") as made:
        folder = Path(made, "site")
        shutil.copytree(ROOT, folder, symlinks=True, ignore=LEFT_OUT)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        yield folder


def seconds_to_first_page(folder: Path) -> float:
    """Seconds from the command to a whole front page; then it is ended as by Ctrl-C."""
    port = str(free_port())
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    began = monotonic()
    process = subprocess.Popen([folder / "dev"], cwd=folder, env=environment | {"PORT": port}, **quiet)
    try:
        _wait_for_page(f"http://{HOST}:{port}/", process, began + PATIENCE)
        return monotonic() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(LONGEST_END)


def _wait_for_page(address: str, process: subprocess.Popen, until: float) -> None:
    while process.poll() is None and monotonic() < until:
        with suppress(URLError, ConnectionError), urlopen(address) as answer:
            answer.read()
            return
        sleep(0.02)
    raise Unexpected("`./dev` showed no page; run it in a copy of the project to see why.")
