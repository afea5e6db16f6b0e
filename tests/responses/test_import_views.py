"""Importing on the web: nothing changes before the confirmed preview, nothing typed is lost."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from events.models import Event
from people.guests import Viewer
from tests.responses.test_imports import BAD, LOOSE, TEXT

URL = "/events/wall-day/import/"


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.fixture
def hosting(client: Client, ada: Viewer, event: Event) -> Client:
    client.force_login(ada.person)
    return client


def file_of(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("wall.txt", data, "text/plain")


def typed_in(response: HttpResponse) -> str:
    """What the textarea of the answered page holds."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return unescape(found[1]).replace("\r\n", "\n")


def confirmed(response: HttpResponse, **more: str) -> dict[str, str]:
    """What the form of a preview sends when its import button is pressed."""
    digest = re.search(r'name="digest" value="(\w+)"', response.content.decode())[1]
    return {"text": typed_in(response), "digest": digest, "confirm": "yes"} | more


def test_a_pasted_transcript_is_shown_before_anything_changes(hosting: Client, event: Event) -> None:
    page = hosting.post(URL, {"text": TEXT})
    assert page.status_code == 200
    assert "9 notes would be added" in page.text
    for heading in ("Power", "Strengths | Time", "What is missing?"):
        assert f'<th scope="row">{heading}' in page.text
    assert "2 read, 2 no words" in page.text
    assert typed_in(page) == TEXT
    assert not event.activities.exists()


def test_an_uploaded_file_is_imported_from_its_preview(hosting: Client, event: Event) -> None:
    page = hosting.post(URL, {"file": file_of(TEXT.encode()), "text": ""})
    done = hosting.post(URL, confirmed(page))
    board = event.activities.get()
    assert (done.status_code, done.url) == (302, board.get_absolute_url())
    assert board.notes.count() == 9
    assert board.transcripts.get().by == event.organisers.get().person


def test_a_second_import_says_that_nothing_is_new(hosting: Client, event: Event) -> None:
    for _ in range(2):
        page = hosting.post(URL, {"text": TEXT})
        hosting.post(URL, confirmed(page))
    assert "is on the board" in page.text
    assert event.activities.get().notes.count() == 9
    assert event.activities.get().transcripts.count() == 1


def test_loose_lines_can_be_placed_at_the_preview(hosting: Client, event: Event) -> None:
    page = hosting.post(URL, {"text": LOOSE})
    assert "1 line to place" in page.text
    hosting.post(URL, confirmed(page, place_17="1"))
    assert event.activities.get().notes.filter(text__startswith="A line that somebody").exists()


def test_loose_lines_left_alone_stay_unplaced(hosting: Client, event: Event) -> None:
    page = hosting.post(URL, {"text": LOOSE})
    hosting.post(URL, confirmed(page, place_17="", place_x="1", place_4="nowhere"))
    assert event.activities.get().notes.count() == 9


def test_a_text_changed_after_its_preview_is_shown_again_first(hosting: Client, event: Event) -> None:
    page = hosting.post(URL, {"text": LOOSE})
    again = hosting.post(URL, confirmed(page, place_17="1") | {"text": LOOSE + "- One more\n"})
    assert again.status_code == 422
    assert "10 notes would be added" in again.text
    assert "The text was changed after the preview" in again.text
    assert '<option value="1" selected>' in again.text
    assert not event.activities.exists()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_sentence_and_changes_nothing(hosting: Client, event: Event, name: str) -> None:
    answer = hosting.post(URL, {"file": file_of(BAD[name]), "text": "- kept as typed"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert typed_in(answer) == "- kept as typed"
    assert not event.activities.exists()


def test_a_pasted_text_without_a_heading_stays_in_the_form(hosting: Client) -> None:
    answer = hosting.post(URL, {"text": "  no heading here\n- and <b>one</b> note\n"})
    assert answer.status_code == 422
    assert typed_in(answer) == "  no heading here\n- and <b>one</b> note\n"


def test_an_empty_form_says_what_to_do(hosting: Client) -> None:
    answer = hosting.post(URL, {})
    assert answer.status_code == 422
    assert "Choose a file, or paste the text of the transcript." in answer.text


def test_what_a_transcript_holds_is_never_markup_on_the_page(hosting: Client) -> None:
    page = hosting.post(URL, {"text": 'Power | <script>alert(1)</script> (1)\n- <img src=x onerror="x">\n'})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_a_stranger_signs_in_first(client: Client, event: Event) -> None:
    for answer in (client.get(URL), client.post(URL, {"text": TEXT})):
        assert answer.status_code == 302
        assert "/account/login/" in answer.url


def test_nobody_else_finds_the_way_in(client: Client, event: Event, researcher: Viewer) -> None:
    client.force_login(researcher.person)
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"text": TEXT, "confirm": "yes"}).status_code == 404
    assert not event.activities.exists()


def test_the_page_works_as_plain_html(hosting: Client) -> None:
    page = hosting.get(URL)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert 'enctype="multipart/form-data"' in page.text
    assert "style=" not in page.text
