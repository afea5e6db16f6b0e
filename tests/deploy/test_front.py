"""Caddy as it stands before the site: what reaches the site, and what does not."""

import http.client
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.rules.sources import ROOT
from tools.serving import HOST, free_port

pytestmark = pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this machine")

CLAIMS = {
    "X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9",
    "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example",
}  # fmt: skip


class Upstream(BaseHTTPRequestHandler):
    """Stands for the site: says which headers came, or streams until it is told to end."""

    protocol_version = "HTTP/1.1"
    go_on = threading.Event()

    def do_GET(self) -> None:
        if self.path.startswith("/live/"):
            self.stream()
            return
        self.answer(json.dumps({name.lower(): value for name, value in self.headers.items()}).encode())

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        while length > 0:
            length -= len(self.rfile.read(min(length, 1_000_000)))
        self.answer(b"taken")

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\nfirst\r\n")
        self.wfile.flush()
        self.go_on.wait(30)
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Caddy with the site's own Caddyfile, before an upstream of ours."""
    home, port = tmp_path_factory.mktemp("caddy"), free_port()
    upstream = ThreadingHTTPServer((HOST, 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    where = {"SITE_HOST": f"http://:{port}", "UPSTREAM": f"{HOST}:{upstream.server_port}", "HOME": str(home)}
    words = ["caddy", "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    with (home / "log").open("w") as log:
        caddy = subprocess.Popen(words, env=os.environ | where, stdout=log, stderr=log)
    wait_for(port, home / "log")
    yield port
    Upstream.go_on.set()
    caddy.terminate()
    caddy.wait(10)
    upstream.shutdown()
    upstream.server_close()


def wait_for(port: int, log: Path) -> None:
    for _ in range(300):
        try:
            asked(port, "GET", "/")
        except OSError:
            threading.Event().wait(0.1)
        else:
            return
    raise AssertionError(log.read_text())


def asked(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_no_visitor_chooses_the_address_the_site_believes(front: int) -> None:
    _, body = asked(front, "GET", "/", **CLAIMS)
    came = json.loads(body)
    assert came["x-forwarded-for"] == HOST
    assert came["x-forwarded-proto"] == "http"
    assert not {"forwarded", "x-real-ip"} & came.keys()
    assert came.get("x-forwarded-host") != "evil.example"


def test_what_is_too_long_is_refused_before_the_site_has_it(front: int) -> None:
    assert asked(front, "POST", "/search/", b"0" * 12_000_000) == (200, b"taken")
    line = http.client.HTTPConnection(HOST, front, timeout=30)
    line.putrequest("POST", "/search/")
    line.putheader("Content-Length", "14000000")
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()
    assert asked(front, "POST", "/events/x/photos/add/", b"0" * 14_000_000) == (200, b"taken")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_machines_is_not_for_the_world(front: int, path: str) -> None:
    assert asked(front, "GET", path)[0] == 404


def test_a_stream_is_sent_on_as_it_comes(front: int) -> None:
    line = http.client.HTTPConnection(HOST, front, timeout=30)
    line.request("GET", "/live/abc/", headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    # The upstream has not ended, and what it said has come.
    assert answer.read(5) == b"first"
    assert not Upstream.go_on.is_set()
    line.close()
