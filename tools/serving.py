"""Runs one of our applications on a free port of this machine, for as long as a block lasts."""

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coproduce.serving import granian

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
READY = "Started worker"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def settings_of_production(**more: str) -> dict[str, str]:
    """The environment of a site as it runs in public, but for HTTPS, which this machine has no name for."""
    return os.environ | {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "SECURE_SSL_REDIRECT": "0",
        **more,
    }


def collect_static(environment: dict[str, str]) -> None:
    """What production serves has names with a digest in them, which pages cannot do without."""
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)


@contextmanager
def serving(application: str, *, threads: int = 4, **environment: str) -> Iterator[str]:
    """`http://127.0.0.1:PORT` of a granian with one worker, which ends with the block."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--workers-kill-timeout", "2", application,
    ]  # fmt: skip
    with _running(command, environment):
        _wait_until_it_listens(port)
        yield f"http://{HOST}:{port}"


@contextmanager
def serving_streams(application: str, **environment: str) -> Iterator[tuple[str, int]]:
    """The same for an ASGI application, served as in production; yields the number of its process too."""
    port = free_port()
    with _running(granian.command(application, host=HOST, port=port), environment) as process:
        _wait_until_it_listens(port)
        yield f"http://{HOST}:{port}", process.pid


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_ready(process)
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(process: subprocess.Popen) -> None:
    said = []
    for line in process.stdout:
        said.append(line)
        if READY in line:
            threading.Thread(target=_pass_on, args=(process,), daemon=True).start()
            return
    raise RuntimeError("The site did not start. It said:\n" + "".join(said))


def _wait_until_it_listens(port: int) -> None:
    """granian says that a worker has started a moment before it listens."""
    pause = threading.Event()
    for _ in range(200):
        try:
            socket.create_connection((HOST, port)).close()
        except ConnectionRefusedError:
            pause.wait(0.05)
        else:
            return
    raise RuntimeError("The site started and never listened.")


def _pass_on(process: subprocess.Popen) -> None:
    """Show what goes wrong; a pipe that nobody reads would also stop the server in the end."""
    with process.stdout as lines:
        for line in lines:
            if not line.startswith("[INFO]"):
                sys.stderr.write(line)
