"""What was public and is not any more: out of every answer at once, and announced by its id alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from archive.harvest.gone import is_gone
from archive.models import Release
from events.models import Event
from journal.models import Post
from journal.posts import date_post, publish_post
from outcomes.promises import make_promise, take_down_promise
from people.consent import consent_given
from people.guests import Viewer
from responses.board import change_consent, take_back_mark, take_down_note, withdraw_note
from responses.merges import merge_notes
from responses.models import Activity, Board, Mark, Note, Station
from responses.moderation import hide_note, show_note
from responses.room import change_phase
from tests.archive.harvest.conftest import OAI, Ask

pytestmark = pytest.mark.django_db
CANARY = "a canary sings"
ADDRESSES = (
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=response",
    "/sitemap.xml", "/sitemap-notes-0.xml", "/sitemap-events-0.xml", "/sitemap-posts-0.xml", "/archive/feed/",
    "/api/v1/notes", "/api/v1/events", "/api/v1/posts", "/api/v1/tallies", "/api/v1/removed",
)  # fmt: skip


def everything(client: Client) -> str:
    """All that machines are told."""
    said = []
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said.append(content.decode() + repr(dict(answer.headers)))
    return "\n".join(said)


def record(ask: Ask, kind: str, identifier: str) -> etree._Element:
    return ask("GetRecord", metadataPrefix="oai_dc", identifier=f"oai:localhost:{kind}:{identifier}")


def is_announced(ask: Ask, client: Client, kind: str, identifier: str) -> bool:
    """Whether libraries are told that it was deleted, and whoever asks the API that it was removed."""
    removed = client.get("/api/v1/removed").json()["items"]
    found = record(ask, kind, identifier)
    header = found.find(f".//{OAI}header")
    deleted = header is not None and header.get("status") == "deleted"
    assert deleted == (found.find(f".//{OAI}metadata") is None)
    told = identifier in {one["id"] for one in removed}
    assert told == deleted
    return told


def withdraw(note: Note, ada: Viewer, ben: Viewer) -> None:
    withdraw_note(note, by=ben)


def take_down(note: Note, ada: Viewer, ben: Viewer) -> None:
    take_down_note(note, "It names somebody.", by=ada)


def hide(note: Note, ada: Viewer, ben: Viewer) -> None:
    hide_note(note, "It names somebody.", by=ada)


def keep_back(note: Note, ada: Viewer, ben: Viewer) -> None:
    change_consent(note, consent_given(public=False, research=True), by=ben)


def put_away(note: Note, ada: Viewer, ben: Viewer) -> None:
    Event.objects.filter(pk=note.board.event_id).update(status=Event.Status.DRAFT)


@pytest.mark.parametrize("lose", [withdraw, take_down, hide, keep_back, put_away])
def test_a_note_that_went_is_out_of_every_answer_and_announced(
    ask: Ask, client: Client, station: Station, post_note: Callable, ada: Viewer, ben: Viewer, lose: Callable
) -> None:
    note = post_note(station, CANARY)
    assert CANARY in everything(client)
    assert not is_announced(ask, client, "note", note.identifier)
    lose(note, ada, ben)
    assert CANARY not in everything(client)
    assert is_announced(ask, client, "note", note.identifier)
    gone = client.get(f"/api/v1/notes/{note.identifier}")
    assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
    assert client.get(f"/api/v1/notes/{note.identifier}/readings").status_code == 410
    assert f"/r/{note.identifier}/" not in everything(client)


def test_a_mark_taken_back_and_a_double_are_announced(
    ask: Ask, client: Client, make_board: Callable, post_note: Callable, ada: Viewer, ben: Viewer
) -> None:
    station = make_board().stations.get()
    mark = post_note(station, "", mark=Mark.HEART)
    take_back_mark(mark, by=ben)
    assert is_announced(ask, client, "note", mark.identifier)
    kept, double = post_note(station, "Twice."), post_note(station, "Twice.")
    Note.objects.filter(pk__in=[kept.pk, double.pk]).update(origin="paper")
    merge_notes(*Note.objects.filter(pk__in=[kept.pk, double.pk]).order_by("pk"), by=ada)
    assert is_announced(ask, client, "note", double.identifier)
    assert not is_announced(ask, client, "note", kept.identifier)


def test_what_comes_back_is_told_again_with_a_later_time(
    ask: Ask, client: Client, station: Station, post_note: Callable, ada: Viewer
) -> None:
    note = post_note(station, CANARY)
    hide_note(note, "A slip.", by=ada)
    gone = record(ask, "note", note.identifier).findtext(f".//{OAI}datestamp")
    show_note(Note.objects.get(pk=note.pk), by=ada)
    again = record(ask, "note", note.identifier)
    assert again.findtext(f".//{OAI}datestamp") >= gone
    assert not is_announced(ask, client, "note", note.identifier)


@pytest.mark.parametrize(("public", "waits"), [(False, False), (True, True)])
def test_a_note_that_nobody_outside_ever_saw_is_not_announced(
    client: Client, make_board: Callable, post_note: Callable, public: bool, waits: bool
) -> None:
    board = make_board()
    Board.objects.filter(pk=board.pk).update(is_premoderated=waits)
    note = post_note(board.stations.get(), CANARY, public=public)
    assert note.identifier not in everything(client)
    assert client.get(f"/api/v1/notes/{note.identifier}").status_code == 404
    assert not is_gone("note", note.identifier)


def test_nothing_of_an_event_that_was_never_published_is_announced(
    client: Client, make_board: Callable, make_event: Callable, post_note: Callable, dee: Viewer
) -> None:
    event = make_event("hidden-day", status=Event.Status.DRAFT)
    event.changes.all().delete()
    note = post_note(make_board(event=event).stations.get(), CANARY, by=dee)
    withdraw_note(note, by=dee)
    told = everything(client)
    assert event.identifier not in told
    assert note.identifier not in told


def test_what_is_covered_until_it_is_revealed_is_told_then_and_missed_by_nobody(
    harvest: Callable, client: Client, make_board: Callable, post_note: Callable, ada: Viewer
) -> None:
    board = make_board()
    Activity.objects.filter(pk=board.pk).update(hides_until_reveal=True)
    note = post_note(Board.objects.get(pk=board.pk).stations.get(), CANARY)
    before = Note.objects.get(pk=note.pk).changed_at
    assert note.identifier not in everything(client)
    change_phase(Activity.objects.get(pk=board.pk), "reveal", by=ada)
    assert CANARY in everything(client)
    assert Note.objects.get(pk=note.pk).changed_at > before


def test_a_post_taken_back_or_put_off_is_announced(
    ask: Ask, client: Client, ada: Viewer, steward: Viewer
) -> None:
    for at in (None, timezone.now() + timedelta(days=9)):
        slug = "put-off" if at else "taken-back"
        now = timezone.now() - timedelta(seconds=5)
        post = publish_post(by=ada, body="<p>Words.</p>", slug=slug, title=CANARY, published_at=now)
        assert CANARY in everything(client)
        date_post(post, at, by=steward)
        assert CANARY not in everything(client)
        assert is_announced(ask, client, "post", post.identifier)
        assert client.get(f"/api/v1/posts/{post.identifier}").status_code == 410


def test_a_post_that_is_only_planned_is_not_announced(client: Client, ada: Viewer) -> None:
    at = timezone.now() + timedelta(days=1)
    post = Post.objects.create(slug="planned", title=CANARY, published_at=at)
    assert post.identifier not in everything(client)
    assert client.get(f"/api/v1/posts/{post.identifier}").status_code == 404


def test_an_event_that_is_a_draft_again_is_announced(
    ask: Ask, client: Client, make_event: Callable, ada: Viewer
) -> None:
    event = make_event(name=CANARY)
    Event.objects.filter(pk=event.pk).update(status=Event.Status.DRAFT)
    assert CANARY not in everything(client)
    assert is_announced(ask, client, "event", event.identifier)


def test_a_release_whose_file_went_is_deleted(ask: Ask, client: Client, db: None) -> None:
    release = Release.objects.create(number=3, data_version="2026-11-22T17:38:46Z", file="release-3.zip")
    there = record(ask, "dataset", "3")
    assert there.find(f".//{OAI}metadata") is not None
    before = there.findtext(f".//{OAI}datestamp")
    Release.objects.filter(pk=release.pk).update(file="")
    gone = record(ask, "dataset", "3")
    assert gone.find(f".//{OAI}header").get("status") == "deleted"
    assert gone.findtext(f".//{OAI}datestamp") >= before
    assert {"kind": "release", "id": "3"}.items() <= client.get("/api/v1/removed").json()["items"][0].items()


def test_a_promise_taken_down_is_gone_from_the_api(
    client: Client, make_event: Callable, steward: Viewer
) -> None:
    promise = make_promise(make_event(), CANARY, by=None)
    address = f"/api/v1/promises/{promise.identifier}"
    assert client.get(address).status_code == 200
    take_down_promise(promise, "It names somebody.", by=steward)
    assert client.get(address).status_code == 410
    assert CANARY not in client.get("/api/v1/promises").text + everything(client)
