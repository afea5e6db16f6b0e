"""The site asks no other machine for anything, whatever address it is sent."""

import ast
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle

import pytest
from django.test import Client

from people.guests import Viewer
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sources import ROOT, modules

pytestmark = pytest.mark.django_db
# Who may speak with other machines: the outbox with its mail server, and our servers among themselves.
SPEAKS = {"people/outbox.py": {"smtplib"}}
CLIENTS = {
    "urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "urllib3",
    "xmlrpc.client", "telnetlib", "pycurl", "poplib", "imaplib",
}  # fmt: skip


def imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found & CLIENTS


def test_no_module_can_ask_another_machine() -> None:
    found = {str(path.relative_to(ROOT)): imported(path.read_text()) for path in modules()}
    assert {path: names for path, names in found.items() if names} == SPEAKS


def test_the_look_sees_a_client() -> None:
    assert imported("from urllib import request\nimport httpx") == {"urllib.request", "httpx"}
    assert imported("from urllib.parse import quote") == set()


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine that sings out what it is asked for."""
    heard: list[str] = []

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815  the names that http.server asks for

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hears)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, heard
    server.shutdown()
    server.server_close()


ASKED_FOR = (
    "address", "website", "url", "film", "photo", "picture", "file", "body", "text", "words", "html-a",
    "kind-a", "href", "link", "next", "manifest", "source", "callback", "image", "logo",
    "avatar", "feed", "webhook",
)  # fmt: skip


def test_no_address_that_is_sent_is_ever_asked_for(
    draft: Scene, client: Client, ada: Viewer, canary: tuple[int, list[str]], do_work: Callable[[], int]
) -> None:
    port, heard = canary
    client.raise_request_exception = False
    client.force_login(ada.person)
    hosts = cycle((f"http://127.0.0.1:{port}/x.jpg", f"http://localhost:{port}/y"))
    sent = dict(zip(ASKED_FOR, hosts, strict=False)) | {"act": "add", "code": "http"}
    for place in (place for name in pages() for place in addresses(name, draft)):
        client.post(place, sent)
    do_work()
    assert heard == []
