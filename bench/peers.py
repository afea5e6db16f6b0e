"""Systems to measure ours beside, installed for the bench alone into a folder that is not kept."""

import socket
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from bench.load import Unexpected

DATASETTE = "datasette==0.65.5"
PATIENCE = 60  # seconds for a peer to answer


def installed(folder: Path, *packages: str) -> Path:
    """The Python of a fresh environment in `folder` that has `packages` from the package index."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    # Datasette's pages still ask setuptools for a module that newer ones no longer bring.
    wanted = [*packages, "setuptools<81"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, stdout=sys.stderr)
    return python


@contextmanager
def datasette(python: Path, database: Path) -> Iterator[str]:
    """The address of Datasette over an SQLite file, with limits that let it finish."""
    port = free_port()
    limits = ("sql_time_limit_ms 60000", "facet_time_limit_ms 60000", "facet_suggest_time_limit_ms 50")
    settings = [word for limit in limits for word in ("--setting", *limit.split())]
    command = [python, "-m", "datasette", "serve", database, "--port", str(port), *settings]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise Unexpected(f"A peer did not answer on port {port}.")
