"""Running PostgreSQL's programs, and finding those that are alive."""

import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from coproduce.postgres.place import Place
from coproduce.postgres.trouble import PostgresTrouble

PATIENCE = 3  # seconds


def run(place: Place, program: str, *arguments: str, typed: str = "", holding: int = -1) -> None:
    """Runs a program to its end as the account of `place`, with `typed` as its input.

    `holding` is a file descriptor that the program keeps open as long as it lives.
    Raises PostgresTrouble with what the program said when it fails.
    """
    # Into a file: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as stdin:
        stdin.write(typed.encode())
        stdin.seek(0)
        ended = subprocess.run(
            [place.programs / program, *arguments],
            check=False,
            stdin=stdin,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=plain_environment(),
            pass_fds=[holding] if holding >= 0 else [],
            **as_account(place),
        )
        said.seek(0)
        if ended.returncode != 0:
            raise PostgresTrouble(said.read().decode(errors="replace").strip())


def as_account(place: Place) -> dict[str, object]:
    if place.account is None:
        return {}
    return {"user": place.account.uid, "group": place.account.gid, "extra_groups": []}


def plain_environment() -> dict[str, str]:
    """Without the PG… variables meant for other servers, and with messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def alive(data: Path) -> list[psutil.Process]:
    """The living processes of the server whose data folder is `data`.

    A number in a file proves nothing: after a crash or a reboot it may belong to anybody.
    A process called postgres that works in the folder is ours.
    """
    return [
        process
        for process in psutil.process_iter(["name"])
        if (process.info["name"] or "").startswith("postgres") and works_in(process, data)
    ]


def works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cwd() == str(folder)
    except psutil.Error:  # gone, a zombie, or not ours to look at
        return False


def see_end(pid: int, patience: float) -> None:
    """Returns when the process has ended, or after `patience` seconds."""
    with suppress(psutil.Error):
        psutil.Process(pid).wait(patience)


def end(processes: list[psutil.Process]) -> None:
    """Ends processes, politely at first; returns when they are gone."""
    for signal in (psutil.Process.terminate, psutil.Process.kill):
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                signal(process)
        _, processes = psutil.wait_procs(processes, timeout=PATIENCE)
