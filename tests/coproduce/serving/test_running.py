"""The server of production, run for real with our flags, on an application without a database."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError, call_command

from coproduce.management.commands.run import production_command
from coproduce.serving import granian
from tests.coproduce.serving.stand_in import PIECE, PIECES
from tools.serving import HOST, free_port

STAND_IN = "tests.coproduce.serving.stand_in:application"
LONG = 30  # seconds after which something has certainly gone wrong


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator["Server"]:
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.setenv("WEB_PROCESSES", "1")
    words = [STAND_IN if word == "coproduce.asgi:application" else word for word in production_command()]
    with running(words, tmp_path / "log", int(os.environ["PORT"])) as server:
        yield server


class Server:
    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port, self.open = process, port, ExitStack()

    def ask(
        self, path: str = "/", method: str = "GET", body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """An answer that may still be on its way; it is closed with the server."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=LONG)
        self.open.callback(connection.close)
        connection.request(method, path, body)
        answer = connection.getresponse()
        self.open.callback(answer.close)
        return answer

    def answers(self) -> bool:
        try:
            return self.ask().status == 200
        except OSError:
            return False

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children() if self.process.poll() is None else []


def until(true: object) -> None:
    """Waits for what will be true soon on any machine."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.02)


@contextmanager
def running(words: list[str], log: Path, port: int) -> Iterator[Server]:
    with log.open("w") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, start_new_session=True)
        server = Server(process, port)
        try:
            until(server.answers)
            yield server
        finally:
            server.open.close()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_one_port_serves_pages_and_streams(server: Server) -> None:
    assert server.ask(method="POST", body=b"words").read().endswith(b"b'words'")
    assert server.ask("/live/wall/").readline() == b"open\n"
    head = server.ask("/", method="HEAD")
    assert (head.status, head.read()) == (200, b"")


def test_large_answers_and_uploads_pass_whole(server: Server) -> None:
    assert len(server.ask("/large").read()) == PIECES * len(PIECE)
    sent = b"x" * 3_000_000
    assert len(server.ask(method="POST", body=sent).read()) > len(sent)


def test_a_broken_page_is_answered_and_half_a_page_is_not_taken_for_whole(server: Server) -> None:
    assert server.ask("/broken").status == 500
    assert not looks_whole(server, "/broken-off")
    assert server.answers()


def looks_whole(server: Server, path: str) -> bool:
    answer = server.ask(path)
    try:
        answer.read()
    except (http.client.HTTPException, OSError):
        return False
    return answer.status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_ends_open_streams_properly_and_at_once(server: Server, number: int) -> None:
    """At once: long before granian would kill the worker, which would cut them off."""
    streams = [server.ask("/live/wall/") for _ in range(20)]
    for stream in streams:
        assert stream.readline() == b"open\n"
    server.process.send_signal(number)
    assert [stream.read() for stream in streams] == [b"end\n"] * 20
    assert server.process.wait(LONG) == 0


def test_a_killed_worker_is_replaced(server: Server) -> None:
    killed = server.workers()[0].pid
    os.kill(killed, signal.SIGKILL)
    until(server.answers)
    assert server.workers()[0].pid != killed
    assert server.ask("/live/wall/").readline() == b"open\n"


def test_the_command_reads_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "0.0.0.0", "PORT": "9000", "WEB_PROCESSES": "3"}.items():
        monkeypatch.setenv(name, value)
    words = " ".join(production_command())
    assert "--host 0.0.0.0 --port 9000 --workers 3" in words
    assert "--respawn-failed-workers" in words
    assert f"--backpressure {granian.MOST_CONNECTIONS}" in words


def test_production_is_not_run_with_debug_on(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("It was run."))
    with pytest.raises(CommandError, match=r"Run \./dev instead"):
        call_command("run")
