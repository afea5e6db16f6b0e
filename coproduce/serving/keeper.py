"""Keeps workers running beside the site: `python -m coproduce.serving.keeper NUMBER`.

A small program of its own, without Django. It goes on for as long as whoever started it holds the
other end of its standard input, also after a `kill -9` there; then it ends its workers.
"""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"
LOOK = 1.0  # seconds
LONGEST_END = 10
# A worker that cannot start is started ever more rarely.
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


class Kept:
    """One worker, and when another is started in its place."""

    def __init__(self) -> None:
        self.pause = 0.0
        self.start()

    def start(self) -> None:
        words = [sys.executable, str(MANAGE), "worker", "--with-parent"]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL)  # noqa: S603  our own program
        self.started, self.again = time.monotonic(), None

    def look_after(self) -> None:
        """Starts it again if it has ended: at once if it meant to or had worked, else after a pause."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again is None:
            was_well = self.process.returncode == 0 or now - self.started > LONGEST_PAUSE
            self.pause = 0 if was_well else min(max(SHORTEST_PAUSE, 2 * self.pause), LONGEST_PAUSE)
            self.again = now + self.pause
        if now >= self.again:
            self.start()

    def end(self) -> None:
        try:
            self.process.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def main(number: int) -> None:
    # Ctrl-C reaches every process of the terminal; when to end is said by standard input.
    for deaf in (signal.SIGINT, signal.SIGHUP):
        signal.signal(deaf, signal.SIG_IGN)
    told = told_to_end()
    workers = [Kept() for _ in range(number)]
    while not select.select([sys.stdin, told], [], [], LOOK)[0]:
        for worker in workers:
            worker.look_after()
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.end()


def told_to_end() -> int:
    """A pipe that has something to read once this process is told to end.

    The signal breaks off nothing: a worker that is just being started would be left behind.
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    return told


def beside(number: int) -> subprocess.Popen:
    """Starts a keeper of so many workers; it ends when its standard input is closed here."""
    words = [sys.executable, "-m", "coproduce.serving.keeper", str(number)]
    # A session of its own, so that no signal for the site's group reaches a worker first.
    return subprocess.Popen(  # noqa: S603  our own program
        words, stdin=subprocess.PIPE, cwd=MANAGE.parent, start_new_session=True
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
