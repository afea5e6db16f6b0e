"""What leaves sight is in no answer of any kind from the next request on, also in files made before."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from archive.search.query import Query
from archive.search.suggest import make_words
from archive.take.jobs import ask_for_file, make
from events.models import Event
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from principles.models import Principle
from responses.board import change_consent, withdraw_note
from responses.models import Board, Mark, Moderation, Note, Pairing
from responses.moderation import hide_note
from tests.archive.take.conftest import Wall

pytestmark = pytest.mark.django_db

WORD = "zelkovagrove"
FORMS = (
    "csv", "spreadsheet", "jsonl", "json", "xlsx", "parquet", "ris", "bibtex", "csl", "qdpx", "qdc", "tei",
    "datacite",
)  # fmt: skip
JOBS = ("package", "bag", "csv", "xlsx", "tei", "qdpx", "parquet", "ris")


def by_withdrawal(note: Note, ben: Viewer, ada: Viewer) -> None:
    withdraw_note(note, by=ben)


def by_hiding(note: Note, ben: Viewer, ada: Viewer) -> None:
    hide_note(note, "It names somebody.", by=ada)


def by_consent(note: Note, ben: Viewer, ada: Viewer) -> None:
    change_consent(note, consent_given(public=False, research=False), by=ben)


def by_merging(note: Note, ben: Viewer, ada: Viewer) -> None:
    other = Note.objects.filter(board=note.board).exclude(pk=note.pk).first()
    note.merged_into = other
    note.save(update_fields=["merged_into"])


def by_covering(note: Note, ben: Viewer, ada: Viewer) -> None:
    Board.objects.filter(pk=note.board_id).update(hides_until_reveal=True)


def by_draft(note: Note, ben: Viewer, ada: Viewer) -> None:
    Event.objects.filter(pk=note.board.event_id).update(status=Event.Status.DRAFT)


def by_waiting(note: Note, ben: Viewer, ada: Viewer) -> None:
    Note.objects.filter(pk=note.pk).update(moderation=Moderation.WAITING)


@pytest.fixture
def note(wall: Wall, post_note: Callable[..., Note], ada: Viewer, settings: object, tmp_path: Path) -> Note:
    settings.MEDIA_ROOT = tmp_path
    station = wall.board.stations.get()
    Pairing.objects.create(station=station, principle=Principle.objects.order_by("pk").first())
    return post_note(station, f"Say {WORD}.", mark=Mark.SQUARE)


def addresses(note: Note) -> list[str]:
    pk, event, board = note.identifier, note.board.event.slug, note.board.slug
    principle = Principle.objects.order_by("pk").first()
    compared = f"/compare/principles/{principle.set.slug}/{principle.slug}/"
    oai, api, cite = "/oai?metadataPrefix=oai_dc&verb=", "/api/v1/", f"/cite/note/{pk}/"
    return [
        *(f"/search/?q={words}" for words in (WORD, f"{WORD[:5]}*", f"*{WORD[2:7]}*", "zelkovagrave")),
        f"/search/?event={event}", "/search/?q=say&sort=best", "/search/feed/?q=say", "/search/feed/",
        f"{api}search?q={WORD}", f"{api}notes", f"{api}notes/{pk}", f"{api}notes/{pk}/readings",
        f"{api}notes?q={WORD}", f"{api}tallies", f"{api}events", f"{api}removed",
        f"{oai}GetRecord&identifier=oai:testserver:note:{pk}", f"{oai}ListRecords&set=response",
        f"{oai}ListIdentifiers&set=response", "/sitemap-notes-0.xml", "/archive/feed/", f"/events/{event}/",
        *(f"/events/{event}/{name}" for name in ("notes.csv", "notes.jsonl", "tei.xml", f"{board}/")),
        f"/r/{pk}", f"/r/{pk}/", f"/r/{pk}/v/1", f"/r/{pk}/v/1/", cite, f"{cite}1/", f"{cite}linkset.json",
        f"{cite}latest.ris", f"{cite}1.bib", f"{cite}latest.json", "/compare/", "/compare/sets/",
        "/compare/time/", principle.get_absolute_url(), compared,
        *(f"{compared}figure.{kind}" for kind in ("csv", "json", "svg")),
        *(f"/export/{form}/" for form in FORMS), f"/export/csv/?q={WORD}", "/contested/", "/outcomes/", "/",
    ]  # fmt: skip


def told(client: Client, path: str) -> str:
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "leave", [by_withdrawal, by_hiding, by_consent, by_merging, by_covering, by_draft, by_waiting]
)
def test_what_left_sight_is_nowhere(
    note: Note, client: Client, ben: Viewer, ada: Viewer, monkeypatch: pytest.MonkeyPatch, leave: Callable
) -> None:
    monkeypatch.setattr("archive.api.api_views.count", lambda *_: None)
    make_words()
    jobs = [made_file(form) for form in JOBS]
    paths = [*addresses(note), *jobs]
    assert sum(WORD in told(client, path) for path in paths) > 30
    leave(note, ben, ada)
    # A question is repeated in its answer; what was said is not.
    texts = {path: told(client, path) for path in paths}
    said = [path for path, text in texts.items() if "Say <mark>" in text or f"Say {WORD}" in text]
    assert not said
    assert not [path for path, text in texts.items() if WORD in text and "q=" not in path]
    led_away = {job for job in jobs if client.get(job).status_code == 302}
    assert led_away == set(jobs)


def made_file(form: str) -> str:
    asked = ask_for_file(form, Query(), by=ANYBODY)
    make(asked.job)
    return f"/export/at/{asked.token}/file/"
