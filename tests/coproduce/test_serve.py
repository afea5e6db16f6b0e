"""Serving for development: edits start it again, and what Ctrl-C leaves behind is nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from coproduce.management.commands import serve

# Each says when it is ready, so that no signal comes too early.
SERVES = "import signal; print('ready', flush=True); signal.pause()"
DIES_SLOWLY = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), sys.exit()))
print("ready", flush=True)
signal.pause()
"""
REFUSES_TO_END = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True:
    signal.pause()
"""


def site(program: str) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    with process.stdout as said:
        assert said.readline() == b"ready\n"
    return process


@pytest.fixture
def _keep_signals() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_keep_signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serving_ends_only_when_its_dying_server_has_ended(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Else PostgreSQL stays: a child that still dies counts as one of its users."""
    started = []

    def start_and_be_told_to_stop(_port: str) -> subprocess.Popen:
        started.append(site(DIES_SLOWLY))
        os.kill(os.getpid(), number)
        return started[0]

    monkeypatch.setattr(serve, "start", start_and_be_told_to_stop)
    monkeypatch.setenv("WORKERS", "0")
    serve.serve("8000")
    assert started[0].returncode == 0


def test_a_server_that_refuses_to_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LONGEST_END", 0.05)
    stubborn = site(REFUSES_TO_END)
    serve.end(stubborn)
    assert stubborn.returncode == -signal.SIGKILL


def test_an_edit_starts_the_site_again(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = site(SERVES), site(SERVES)
    monkeypatch.setattr(serve, "start", lambda _port: new)
    assert serve.after({("modified", "views.py")}, old, "8000") is new
    assert old.returncode is not None
    assert serve.after(set(), new, "8000") is new
    serve.end(new)


def test_code_that_breaks_the_site_is_said_once_and_the_next_edit_is_awaited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
    os.waitid(os.P_PID, broken.pid, os.WEXITED | os.WNOWAIT)
    for _ in range(2):
        assert serve.after(set(), broken, "8000") is broken
    assert capsys.readouterr().err.count("It starts again with the next edit") == 1
    mended = site(SERVES)
    monkeypatch.setattr(serve, "start", lambda _port: mended)
    assert serve.after({("modified", "views.py")}, broken, "8000") is mended
    serve.end(mended)


def test_only_our_own_folders_are_watched() -> None:
    watched = {os.path.basename(folder) for folder in serve.folders()}  # noqa: PTH119
    assert {"coproduce", "responses", "people"} <= watched
    assert ".venv" not in watched
    assert "taggit" not in watched
