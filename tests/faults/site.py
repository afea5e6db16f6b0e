"""The real site as a process group of its own, started as in production, and killed without mercy."""

import os
import signal
import subprocess
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

import psutil

from coproduce.serving import granian
from tools.serving import HOST, ROOT, free_port

LONGEST_START = 30  # seconds
A_MOMENT = 0.1  # seconds


class Site:
    """A site on a port of this machine, which it keeps when it is started again."""

    def __init__(self, environment: Mapping[str, str], log: Path, *, workers: int = 1) -> None:
        self.environment, self.log, self.workers = environment, log, workers
        self.port = free_port()
        self.address = f"{HOST}:{self.port}"

    @property
    def command(self) -> list[str]:
        """As `manage.py run` puts it together."""
        words = granian.command(
            "coproduce.asgi:application", host=HOST, port=self.port, processes=self.workers
        )
        return [*words, "--respawn-failed-workers"]

    def start(self) -> None:
        """Start it in a process group of its own; returns when it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        for _ in range(round(LONGEST_START / A_MOMENT)):
            assert self.process.poll() is None, self.log.read_text()
            if self.answers():
                return
            Event().wait(A_MOMENT)
        raise AssertionError(f"The site did not start.\n{self.log.read_text()}")

    def answers(self) -> bool:
        connection = HTTPConnection(self.address, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9 for every process of the site."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_and_start(self) -> None:
        self.kill()
        self.start()

    def kill_a_worker(self) -> None:
        """kill -9 for one of the processes that serve."""
        self.serving()[0].kill()

    def serving(self) -> list[psutil.Process]:
        """The processes that do the work, which are those that have imported the site."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return sorted(children, key=lambda child: child.memory_info().rss, reverse=True)[: self.workers]
