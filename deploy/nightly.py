"""Keeps backups where no timer of the machine does: `python deploy/nightly.py FOLDER` goes on for ever.

Once an hour the list of what was taken away, each night after two a backup, after Sunday's the drill.
What fails says so in the log, and is tried again an hour later.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

HOUR = 3600
NIGHT = 2  # o'clock, UTC
SUNDAY = 6
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


def due(now: datetime, done: set[str]) -> list[str]:
    """The commands that are due at `now`, in order; `done` are those done before, by day and name."""
    wanted = ["tombstones"]
    if now.hour >= NIGHT:
        wanted.append("backup")
        if now.weekday() == SUNDAY:
            wanted.append("restore_drill")
    return [word for word in wanted if word == "tombstones" or f"{now:%Y-%m-%d} {word}" not in done]


def main(folder: str) -> None:
    done: set[str] = set()
    while True:
        now = datetime.now(UTC)
        for word in due(now, done):
            ended = subprocess.run([sys.executable, str(MANAGE), word, folder], check=False)  # noqa: S603
            if ended.returncode == 0:
                done.add(f"{now:%Y-%m-%d} {word}")
        Event().wait(HOUR)


if __name__ == "__main__":
    main(sys.argv[1])
