"""What only researchers may take: for whom, for how long, and with a line for each file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from archive.models import ExportJob, ExportLine
from archive.search.query import Query
from archive.take.jobs import ask_for_file, make
from people.guests import Viewer
from people.models import Role
from people.terms import accept_terms, end_terms
from tests.archive.take.conftest import RESEARCH, Wall

pytestmark = pytest.mark.django_db

PLACES = ("/export/csv/?restricted=1", "/export/tei/?restricted=1", "/events/wall-day/notes.csv",
          "/events/wall-day/notes-for-spreadsheets.csv", "/events/wall-day/notes.jsonl")  # fmt: skip


@pytest.fixture
def trusted(researcher: Viewer) -> Viewer:
    accept_terms(by=researcher, purpose="To compare walls.", body="None")
    return researcher


def told(client: Client, path: str) -> str:
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("path", PLACES)
def test_words_for_research_alone_leave_a_line_and_stay_in_no_cache(
    wall: Wall, trusted: Viewer, client: Client, path: str
) -> None:
    client.force_login(trusted.person)
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert RESEARCH in content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert ExportLine.objects.filter(person=trusted.person).count() == 1


@pytest.mark.parametrize("path", PLACES)
def test_without_terms_or_role_there_are_none(
    wall: Wall, trusted: Viewer, ada: Viewer, client: Client, path: str
) -> None:
    end_terms(by=trusted)
    for person in (trusted.person, ada.person):
        client.force_login(person)
        assert RESEARCH not in told(client, path)
    assert not ExportLine.objects.exists()
    client.logout()
    assert RESEARCH not in told(client, path)


def test_a_made_file_is_shut_with_the_right_to_it(
    wall: Wall,
    trusted: Viewer,
    steward: Viewer,
    make_helper: Callable,
    client: Client,
    settings: object,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    job = ask_for_file("csv", Query(), by=trusted, restricted=True).job
    make(job)
    path = f"/export/files/{job.identifier}/file/"
    client.force_login(trusted.person)
    assert RESEARCH in told(client, path)
    assert RESEARCH not in told(Client(), path)
    client.force_login(steward.person)
    assert RESEARCH not in told(client, path)
    Role.objects.filter(person=trusted.person).delete()
    client.force_login(trusted.person)
    assert RESEARCH not in told(client, path)
    assert RESEARCH not in told(client, "/account/exports/")


@pytest.mark.parametrize(
    "path",
    ["/export/csv/", "/account/searches/", "/search/save/", "/research/terms/", "/studies/new/", "/studies/"],
)
def test_nothing_is_posted_without_a_token(wall: Wall, trusted: Viewer, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(trusted.person)
    assert client.post(path, {"act": "end", "name": "x", "query": "q=a"}).status_code in (403, 404, 405)
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example/",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "https:evil.example",
    ],
)
def test_accepting_terms_leads_nowhere_else(researcher: Viewer, client: Client, there: str) -> None:
    client.force_login(researcher.person)
    given = {"purpose": "To compare.", "body": "None", "accepts": "on", "next": there}
    answer = client.post("/research/terms/", given)
    assert (answer.status_code, answer.url) == (302, "/research/terms/")


@pytest.mark.parametrize("path", ["/events/wall-day/notes.csv", "/events/wall-day/tei.xml"])
def test_whoever_runs_the_event_leaves_a_line_too(wall: Wall, ada: Viewer, client: Client, path: str) -> None:
    accept_terms(by=ada, purpose="To write a report.", body="None")
    client.force_login(ada.person)
    assert RESEARCH in told(client, path)
    assert ExportLine.objects.filter(person=ada.person).count() == 1


LONG = "&".join(f"place={letter * 190}" for letter in "abcdefghijklmnop")


def test_a_long_question_is_answered_or_refused_in_a_sentence(
    wall: Wall, trusted: Viewer, client: Client, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert client.post(f"/export/csv/?{LONG}").status_code in (302, 400)
    client.force_login(trusted.person)
    assert client.get(f"/export/csv/?restricted=1&{LONG}").status_code in (200, 400)
    assert client.post(f"/export/csv/?restricted=1&{LONG}").status_code in (302, 400)
