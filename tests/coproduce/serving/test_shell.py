"""One port: what begins with /live/ is a stream, everything else a page of Django."""

import asyncio
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from coproduce.serving.answers import Send
from coproduce.serving.pages import Pages
from coproduce.serving.requests import Receive, Scope
from coproduce.serving.shell import Application, Live, shell
from tests.coproduce.serving.calling import call, scope
from tests.coproduce.serving.stand_in import Streams
from tests.loops import in_a_loop


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"a page"})


class Lines(Streams):
    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a stream"})


async def live_through(application: Application) -> list[dict[str, Any]]:
    said, told = [], asyncio.Queue()
    for step in ("startup", "shutdown"):
        told.put_nowait({"type": f"lifespan.{step}"})

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    await application({"type": "lifespan"}, told.get, send)
    return said


@pytest.mark.parametrize(
    ("path", "answer"),
    [("/live/abcd/", b"a stream"), ("/", b"a page"), ("/live", b"a page"), ("/b/live/", b"a page")],
)
def test_only_what_begins_with_live_is_a_stream(path: str, answer: bytes) -> None:
    assert in_a_loop(call(shell(page, Lines()), scope(path))).body == answer


@pytest.fixture
def _keep_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coproduce.serving.shell.signal.signal", lambda *_: None)


@pytest.mark.usefixtures("_keep_signals")
def test_the_streams_live_as_long_as_the_server() -> None:
    streams = Streams()
    said = in_a_loop(live_through(shell(page, streams)))
    assert streams.calls == ["start", "stop"]
    assert [message["type"] for message in said] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_streams_that_cannot_start_stop_the_server_with_a_reason(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Streams):
        async def start(self) -> None:
            raise OSError("nothing to listen to")

    broken: Live = Broken()
    said = in_a_loop(live_through(shell(page, broken)))
    assert said == [{"type": "lifespan.startup.failed", "message": "nothing to listen to"}]
    assert "could not be started" in caplog.text


def ask_django(path: str, **headers: str) -> Any:  # noqa: ANN401
    async def main() -> Any:  # noqa: ANN401
        return await call(shell(Pages(get_wsgi_application(), threads=1), Streams()), scope(path, **headers))

    return in_a_loop(main())


def test_a_page_of_django_comes_with_its_headers() -> None:
    made = ask_django("/static/css/base.css", host="testserver")
    assert made.got[0]["status"] in (200, 404)
    assert (b"x-content-type-options", b"nosniff") in made.got[0]["headers"]
    assert made.is_whole


def test_a_host_that_is_not_ours_is_refused_by_django() -> None:
    assert ask_django("/", host="elsewhere.example").got[0]["status"] == 400
