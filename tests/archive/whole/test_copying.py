"""The public site as files: every link works from a plain file server, and all of it is public."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from lxml import html

from archive.whole.copying import Copy, copy_site
from archive.whole.pages import ONLY_THERE, internal
from events.models import Event
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note, Station

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing: pytest would show each line."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Python's own file server over a folder, at an address of this machine."""
    running: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        running.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def copied(station: Station, post_note: Post, tmp_path: Path) -> tuple[Copy, Path]:
    """A site with a note, and the copy of it."""
    post_note(station, "We were asked on Monday.")
    folder = tmp_path / "copy"
    return copy_site(folder), folder


def links_of(page: bytes, at: str) -> set[str]:
    tree = html.document_fromstring(page)
    found = {element.get(name) for element in tree.iter() for name in ("href", "src") if element.get(name)}
    kept = {link.get("href") for link in tree.iter("link") if link.get("rel") in ("canonical", "cite-as")}
    return {urljoin(at, one) for one in found - kept if not one.startswith(("#", "data:", "mailto:"))}


def test_every_link_of_the_copy_works_from_a_plain_file_server(
    copied: tuple[Copy, Path], serve: Callable[[Path], str]
) -> None:
    copy, folder = copied
    site = serve(folder)
    waiting, seen, broken = [f"{site}/"], {f"{site}/"}, []
    while waiting:
        address = waiting.pop()
        try:
            with urlopen(address) as answer:
                page, kind = answer.read(), answer.headers.get_content_type()
        except HTTPError as error:
            broken.append((address, error.code))
            continue
        for link in links_of(page, address) if kind == "text/html" else ():
            link = link.partition("#")[0]
            if urlsplit(link).netloc == urlsplit(site).netloc and link not in seen:
                seen.add(link)
                waiting.append(link)
    assert broken == []
    assert copy.broken == {}
    assert len(seen) > 30


def test_pages_stand_at_the_addresses_of_the_site(copied: tuple[Copy, Path]) -> None:
    _, folder = copied
    note, event = Note.objects.get(), Event.objects.get()
    assert "We were asked on Monday." in (folder / note.get_absolute_url()[1:] / "index.html").read_text()
    assert (folder / event.get_absolute_url()[1:] / "index.html").exists()
    assert (folder / f"events/{event.slug}/notes.csv").read_bytes().startswith(b"note,")


def test_nothing_acts_in_a_copy(copied: tuple[Copy, Path]) -> None:
    _, folder = copied
    for file in folder.rglob("*.html"):
        tree = html.document_fromstring(file.read_bytes())
        assert not list(tree.iter("form")), file
        assert all(script.get("type") == "application/ld+json" for script in tree.iter("script")), file
        assert "csrfmiddlewaretoken" not in file.read_text(), file


def test_what_is_not_public_is_in_no_file(
    station: Station, post_note: Post, make_event: Callable[..., Event], dee: Viewer, tmp_path: Path
) -> None:
    make_event(slug="draft", name="secretdraft", status=Event.Status.DRAFT)
    gone = post_note(station, "secretwithdrawn", by=dee)
    withdraw_note(gone, by=dee)
    post_note(station, "secretboard", public=False, research=False)
    post_note(station, "secretresearch", public=False, research=True)
    post_note(station, "A public note.")
    copy_site(tmp_path / "copy")
    files = [file for file in (tmp_path / "copy").rglob("*") if file.is_file()]
    assert any(b"A public note." in file.read_bytes() for file in files)
    for canary in (b"secretwithdrawn", b"secretdraft", b"secretboard", b"secretresearch"):
        assert [file for file in files if canary in file.read_bytes()] == []


def test_the_copy_says_of_what_it_is_and_sums_up_every_file(copied: tuple[Copy, Path]) -> None:
    copy, folder = copied
    told = json.loads((folder / "copy.json").read_text())
    assert told["pages"] == len(copy.pages)
    assert told["data_version"].endswith("Z")
    files = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {"copy.json"}
    assert set(told["sha256"]) == files
    assert all(
        sha256((folder / name).read_bytes()).hexdigest() == sum_ for name, sum_ in told["sha256"].items()
    )


def test_a_newer_copy_takes_the_place_of_an_older_one(copied: tuple[Copy, Path], dee: Viewer) -> None:
    _, folder = copied
    Note.objects.update(moderation="hidden")
    call_command("export_site", str(folder), verbosity=0)
    assert not [file for file in folder.rglob("*.html") if "asked on Monday" in file.read_text()]
    assert list(folder.parent.iterdir()) == [folder]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("photographs")
    with pytest.raises(CommandError, match="holds something else"):
        call_command("export_site", str(tmp_path), verbosity=0)
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.txt"]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("/events/", "/events/"),
        ("#here", ""),
        ("../../r/x", "/r/x"),
        ("?page=2", "/events/one/?page=2"),
        ("/search/?q=power", ONLY_THERE),
        ("?page=2&x=1", ONLY_THERE),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("mailto:a@example.org", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_addresses_of_this_site_are_followed(target: str, found: str) -> None:
    assert internal(target, "/events/one/") == found
