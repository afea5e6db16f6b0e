"""Pages that several machines share are never older than what each of them knows."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from django.test import override_settings

from coproduce.serving.kept import elsewhere
from coproduce.serving.kept.copies import Copy
from coproduce.serving.kept.elsewhere import Elsewhere, Entry, read, written
from coproduce.serving.kept.shelf import Kept, Shelf
from coproduce.serving.kept.snapshots import REMEMBERED, Snapshot
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note, Station
from tests.coproduce.kept.site import kept_site, until
from tests.coproduce.kept.test_copies import HEADERS
from tests.coproduce.kept.test_shelf import TOLD, kept, key
from tests.loops import in_a_loop
from tools.serving import free_port

pytest.importorskip("redis", reason="the extra shared-pages is not installed")

SERVER = shutil.which("redis-server") or shutil.which("valkey-server")


LATER = Snapshot.read("300:300:")


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(200_000)
    shelf.listen(TOLD, TOLD, database="1", began=Snapshot.read("90:100:90,95"))
    return shelf


@pytest.mark.parametrize("snapshot", ["100:100:", "90:100:90,95", "95:120:95,110", "110:110:"])
def test_a_page_that_was_begun_after_listening_is_taken_over(shelf: Shelf, snapshot: str) -> None:
    assert shelf.take_over(key(), kept("events_event"), Snapshot.read(snapshot))


@pytest.mark.parametrize("snapshot", ["99:99:", "90:100:90,95,99", "80:120:80"])
def test_a_page_that_misses_what_was_over_before_is_not(shelf: Shelf, snapshot: str) -> None:
    assert not shelf.take_over(key(), kept("events_event"), Snapshot.read(snapshot))


def test_a_page_from_before_a_change_is_not_taken_over(shelf: Shelf) -> None:
    shelf.change({"events_event": 105})
    # A transaction that had begun before and was committed after the other.
    shelf.change({"events_event": 103})
    for snapshot in ("103:105:103", "103:106:103", "105:105:", "90:105:90"):
        assert not shelf.take_over(key(), kept("events_event"), Snapshot.read(snapshot)), snapshot
    assert shelf.take_over(key(), kept("people_person"), Snapshot.read("103:105:103"))
    assert shelf.take_over(key(), kept("events_event"), Snapshot.read("90:106:90"))
    shelf.change({"events_event": 107})
    assert shelf.find(key()) is None


def test_of_many_changes_the_oldest_count_together(shelf: Shelf) -> None:
    for number in range(110, 110 + 2 * REMEMBERED):
        shelf.change({"events_event": number})
    assert not shelf.take_over(key(), kept("events_event"), Snapshot.read("111:200:111"))
    assert not shelf.take_over(key(), kept("events_event"), Snapshot.read("115:200:115"))
    assert shelf.take_over(key(), kept("events_event"), Snapshot.read("150:200:150"))


def test_after_everything_changed_only_later_pages_are_taken_over(shelf: Shelf) -> None:
    shelf.change({"people_person": 200})
    shelf.change({"*": 150})
    assert not shelf.take_over(key(), kept("events_event"), Snapshot.read("200:201:200"))
    assert shelf.take_over(key(), kept("events_event"), Snapshot.read("201:201:"))
    shelf.stop_listening()
    assert not shelf.take_over(key(), kept(), LATER), "nothing is heard"


def test_what_was_shared_is_read_again_and_only_as_it_was_written() -> None:
    entry = Entry(Kept(Copy(HEADERS, b"page"), frozenset({"a", "b"}), monotonic() + 30), LATER)
    found = read(written(entry, "page:1"), "page:1")
    assert found.snapshot == LATER
    assert found.kept.things == entry.kept.things
    assert found.kept.copy.plain == entry.kept.copy.plain
    assert found.kept.until == pytest.approx(entry.kept.until, abs=1)
    assert read(written(entry, "page:1"), "page:2") is None, "of another address"
    assert read(written(entry, "page:1")[:-1] + b"!", "page:1") is None, "changed by somebody"
    forged = written(entry, "page:1")
    with override_settings(SECRET_KEY="another secret"):
        assert read(forged, "page:1") is None


def test_another_release_or_name_of_the_site_shares_nothing() -> None:
    with override_settings(SITE_NAME="Another"):
        other = elsewhere.release()
    assert other != elsewhere.release()


def test_a_server_that_is_away_costs_one_try_and_no_page() -> None:
    async def main() -> None:
        shared = Elsewhere(f"redis://127.0.0.1:{free_port()}")
        assert await shared.find(key(), "1") is None
        assert shared._away_until > monotonic()
        assert await shared.find(key(), "1") is None
        await shared.keep(key(), "1", Entry(kept(), LATER))
        await shared.close()

    in_a_loop(main())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    if not SERVER:
        pytest.skip("neither redis-server nor valkey-server is installed")
    port = free_port()
    command = [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: listens(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_page_made_once_is_had_by_two_processes_and_a_withdrawal_by_both(
    server: str, station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    note = post_note(station, "Put the budget on the wall.")
    path = note.board.get_absolute_url()
    with kept_site(shared=server) as one, kept_site(shared=server) as other:
        one.get(path)
        until(lambda: one.counts.get("lent"))
        assert b"budget on the wall" in other.get(path).body
        assert other.counts["taken over"] == 1
        assert "made" not in other.counts
        assert other.is_kept(path)
        withdraw_note(note, by=ben)
        for site in (one, other):
            site.hear()
        for site in (one, other, one):
            assert b"budget on the wall" not in site.get(path).body
    with kept_site(shared=server) as late:
        # Whoever begins to listen now knows of no change, and takes over only what was begun later.
        assert b"budget on the wall" not in late.get(path).body
