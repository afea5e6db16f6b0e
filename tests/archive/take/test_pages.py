"""The page from which everything is taken away, and the files it leads to."""

import base64
import hashlib
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.search.limits import TooLong
from archive.take.forms import FORMS
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note
from tests.archive.take.conftest import PUBLIC, RESEARCH, Wall

pytestmark = pytest.mark.django_db


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_names_every_form_with_what_it_is_good_for(wall: Wall, client: Client) -> None:
    text = client.get("/export/").text
    assert "Everything: 9 notes" in text
    for form in FORMS:
        assert f'id="{form.name}"' in text
        assert str(form.label) in text
        assert f"/export/{form.name}/" in text
    for program in ("Excel", "R, Python", "NVivo", "Zotero", "DuckDB", "Mirador"):
        assert program in text


def test_the_page_says_what_was_chosen_and_how_many_rows_it_is(wall: Wall, client: Client) -> None:
    text = client.get(f"/export/?q={PUBLIC}&origin=paper").text
    assert "1 note of what you asked for" in text
    assert f"<dd>{PUBLIC}</dd>" in text
    assert "/export/csv/?origin=paper&amp;q=openquartz" in text


def test_what_no_search_understands_is_said_and_not_guessed(wall: Wall, client: Client) -> None:
    for question in ("mark=nonsense", "unknown=1", f"q={'a' * 300}"):
        assert client.get(f"/export/?{question}").status_code == 400
        assert client.get(f"/export/csv/?{question}").status_code == 400
    assert client.get("/export/nonsense/").status_code == 404


def test_a_file_says_what_it_is_so_that_one_cut_off_is_noticed(wall: Wall, client: Client) -> None:
    for form in FORMS:
        if form.at_once:
            answer = client.get(f"/export/{form.name}/")
            content = body(answer)
            assert answer.status_code == 200, form.name
            assert int(answer["Content-Length"]) == len(content)
            digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
            assert answer["Repr-Digest"] == f"sha-256=:{digest}:"
            assert answer["X-Rows"] == "9"
            assert answer["X-Data-Version"].endswith("Z")
            assert form.suffix in answer["Content-Disposition"]


def test_a_kept_copy_is_asked_for_again_and_stands_until_something_changes(
    wall: Wall, client: Client, ben: Viewer
) -> None:
    answer = client.get("/export/csv/")
    assert "no-cache" in answer["Cache-Control"]
    again = client.get("/export/csv/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    withdraw_note(wall.public, by=ben)
    assert client.get("/export/csv/", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_what_is_large_is_not_made_while_somebody_waits(
    wall: Wall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get("/export/package/?mark=tick")
    assert (answer.status_code, answer.url) == (302, "/export/?mark=tick#package")
    assert 'method="post" action="/export/package/?mark=tick"' in client.get(answer.url).text


def test_the_restricted_page_and_files_need_the_role_and_the_terms(
    wall: Wall, client: Client, ada: Viewer, researcher: Viewer, steward: Viewer
) -> None:
    for viewer in (None, ada, researcher, steward):
        client.logout()
        if viewer:
            client.force_login(viewer.person)
        assert client.get("/export/?restricted=1").status_code == 403
        for form in FORMS:
            answer = client.get(f"/export/{form.name}/?restricted=1")
            assert answer.status_code == 403, form.name
            assert RESEARCH not in answer.text
            assert client.post(f"/export/{form.name}/?restricted=1").status_code in (403, 429)


def test_whoever_may_gets_the_words_and_no_cache_keeps_them(
    wall: Wall, client: Client, trusted: Viewer
) -> None:
    client.force_login(trusted.person)
    assert "take the files with their words" in client.get("/export/").text
    answer = client.get("/export/csv/?restricted=1")
    assert RESEARCH in body(answer).decode()
    assert "no-store" in answer["Cache-Control"]
    assert "-restricted.csv" in answer["Content-Disposition"]
    assert RESEARCH not in body(client.get("/export/csv/")).decode()


def test_a_search_that_takes_too_long_is_stopped_and_says_so(
    wall: Wall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        raise TooLong

    monkeypatch.setattr("archive.take.views.Taking.number", property(slow))
    answer = client.get("/export/?q=a")
    assert answer.status_code == 503
    assert "Ask for something narrower" in answer.text


def test_a_file_takes_no_more_queries_for_more_notes(wall: Wall, client: Client, post_note: Callable) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            body(client.get("/export/jsonl/"))
        return len(asked)

    queries()
    before = queries()
    for n in range(5):
        post_note(wall.board.stations.get(), f"More {n}.")
    assert Note.objects.count() > 10
    assert queries() == before


def test_pages_and_files_are_reached_from_the_archive(wall: Wall, client: Client) -> None:
    assert 'href="/export/"' in client.get("/archive/").text


def test_what_is_too_large_for_memory_goes_by_disk_and_is_the_same(
    wall: Wall, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = body(client.get("/export/jsonl/"))
    monkeypatch.setattr("archive.take.answering.IN_MEMORY", 100)
    assert body(client.get("/export/jsonl/")) == small
