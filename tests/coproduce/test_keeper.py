"""Workers come and go with the site, come back when they die, and start anew when the code is edited."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from coproduce.management.commands import worker
from coproduce.serving import keeper
from coproduce.work.worker import NICENESS

LONG = 30  # seconds after which something has certainly gone wrong
WORKS = "import signal; signal.pause()"
REFUSES_TO_END = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    signal.pause()
"""
KEEPS = """
import sys
from pathlib import Path
from coproduce.serving import keeper
keeper.MANAGE, keeper.LOOK, keeper.LONGEST_END = Path(sys.argv[1]), 0.05, 0.2
keeper.main(int(sys.argv[2]))
"""
# What `manage.py run` does, with a server that only waits in the place of ours.
RUNS = """
import os, sys
from coproduce.management.commands import run
from coproduce.serving import keeper
run.start_workers()
os.execv(sys.executable, [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"])
"""


def until(true: Callable[[], object]) -> None:
    """Waits for what will be true soon on any machine."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.02)


class Keeper:
    def __init__(self, program: str, folder: Path, number: int) -> None:
        manage = folder / "manage.py"
        manage.write_text(program)
        words = [sys.executable, "-c", KEEPS, str(manage), str(number)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
        self.number = number
        until(lambda: len(self.workers()) == number)

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Callable[..., Keeper]]:
    started: list[Keeper] = []

    def start(program: str = WORKS, number: int = 1) -> Keeper:
        started.append(Keeper(program, tmp_path, number))
        return started[-1]

    yield start
    for kept in started:
        if kept.process.poll() is None:
            os.killpg(kept.process.pid, signal.SIGKILL)
        kept.process.stdin.close()
        kept.process.wait()


def test_a_worker_that_dies_comes_back(keep: Callable[..., Keeper]) -> None:
    kept = keep(number=2)
    first, other = kept.workers()
    first.kill()
    until(lambda: first not in kept.workers() and len(kept.workers()) == 2)
    assert other in kept.workers()


def test_workers_end_when_whoever_wanted_them_lets_go(keep: Callable[..., Keeper]) -> None:
    kept = keep(number=2)
    workers = kept.workers()
    kept.process.stdin.close()
    assert kept.process.wait(LONG) == 0
    assert not any(process.is_running() for process in workers)


def test_a_worker_that_refuses_to_end_is_ended(keep: Callable[..., Keeper]) -> None:
    kept = keep(REFUSES_TO_END)
    stubborn = kept.workers()[0]
    kept.process.terminate()
    kept.process.wait(LONG)
    assert not stubborn.is_running()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_signals_for_the_terminal_are_not_for_the_keeper(
    keep: Callable[..., Keeper], number: signal.Signals
) -> None:
    kept = keep()
    kept.process.send_signal(number)
    worker = kept.workers()[0]
    worker.kill()
    until(lambda: [other for other in kept.workers() if other != worker])


def test_a_worker_that_cannot_start_is_started_ever_more_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Dead:
        returncode = 1

        def poll(self) -> int:
            return self.returncode

    def fail_to_start(kept: keeper.Kept) -> None:
        kept.process, kept.started, kept.again = Dead(), clock[0], None
        started.append(clock[0])

    clock = [0.0]
    monkeypatch.setattr(keeper.Kept, "start", fail_to_start)
    monkeypatch.setattr(keeper.time, "monotonic", lambda: clock[0])
    kept = keeper.Kept()
    for second in range(1, 100):
        clock[0] = float(second)
        kept.look_after()
    gaps = [later - earlier for earlier, later in pairwise(started)]
    assert gaps == sorted(gaps)
    assert max(gaps) <= keeper.LONGEST_PAUSE + 1


# The whole of it, with the real worker


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], psutil.Process]]:
    """Starts what `manage.py run` starts; the database is away, for which the worker waits."""
    started: list[subprocess.Popen] = []
    away = {"DEBUG": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}

    def start(workers: int) -> psutil.Process:
        words, env = [sys.executable, "-c", RUNS], os.environ | away | {"WORKERS": str(workers)}
        started.append(
            subprocess.Popen(
                words, cwd=keeper.MANAGE.parent, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        )
        assert started[-1].stdout.readline() == b"up\n"
        return psutil.Process(started[-1].pid)

    yield start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_site_however_that_ends(
    run: Callable[[int], psutil.Process], number: signal.Signals
) -> None:
    site = run(1)
    until(lambda: len(site.children(recursive=True)) == 2)
    first = site.children(recursive=True)[-1]
    first.kill()  # the keeper is there for as long as the site is
    until(lambda: len(site.children(recursive=True)) == 2 and not first.is_running())
    family = site.children(recursive=True)
    site.send_signal(number)
    assert psutil.wait_procs(family, timeout=LONG)[1] == []


def test_a_site_can_be_run_without_workers(run: Callable[[int], psutil.Process]) -> None:
    assert run(0).children() == []


def test_a_worker_waits_for_a_database_and_ends_when_told_or_alone(
    run: Callable[[int], psutil.Process],
) -> None:
    site = run(1)
    until(lambda: len(site.children(recursive=True)) == 2)
    keeping, working = sorted(site.children(recursive=True), key=lambda process: process.ppid() != site.pid)
    until(lambda: working.nice() == NICENESS)
    keeping.kill()  # nobody can tell it to end any more
    assert psutil.wait_procs([working], timeout=LONG)[1] == []


def test_a_worker_has_no_reason_to_go_on_once_the_code_is_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = worker.Kept()
    assert kept.goes_on()
    monkeypatch.setattr(worker, "newest_code", lambda: kept.code + 1)
    assert not kept.goes_on()
