"""A Valkey (or Redis, which speaks the same), for as long as tests need it; it keeps nothing on disk."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tools.serving import HOST, free_port

A_MOMENT, LONGEST_START = 0.05, 10  # seconds


def program() -> str | None:
    """Where it is on this machine; None where neither is installed."""
    return shutil.which("valkey-server") or shutil.which("redis-server")


@contextmanager
def serving_valkey(folder: Path) -> Iterator[str]:
    """Its address, as CACHE_URL takes it."""
    port = free_port()
    options = ["--port", str(port), "--bind", HOST, "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with subprocess.Popen([program(), *options], stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield f"redis://{HOST}:{port}/0"
        finally:
            server.kill()


def wait_for(port: int) -> None:
    for _ in range(round(LONGEST_START / A_MOMENT)):
        try:
            socket.create_connection((HOST, port)).close()
        except ConnectionRefusedError:
            Event().wait(A_MOMENT)
        else:
            return
    raise AssertionError("Valkey did not start.")
