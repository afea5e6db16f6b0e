"""Photographs sent to the site: many at once, each answered apart, and within limits."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coproduce import guards
from events.models import Event
from people.guests import Viewer
from people.limits import Limit
from responses import limits
from responses.models import Board, Photo
from responses.photos import adding
from tests.photos import a_jpeg, make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def file(name: str = "IMG_0001.JPG", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_jpeg() if content is None else content, "image/jpeg")


def address(event: Event) -> str:
    return reverse("photos_add", args=[event.slug])


def send_one(desk: Client, event: Event, upload: SimpleUploadedFile, key: object = "") -> HttpResponse:
    return desk.post(address(event), {"photos": upload, "key": str(key)}, headers={"X-Upload": "1"})


def test_many_are_sent_at_once_and_each_is_answered_apart(desk: Client, event: Event) -> None:
    twice = a_jpeg()
    files = [
        file("one.jpg", twice),
        file("two.gif", b"GIF89a" + bytes(60)),
        file("three.jpg"),
        file("four.jpg", twice),
    ]
    page = desk.post(address(event), {"photos": files})
    assert Photo.objects.count() == 2
    assert "3 of 4 are here" in page.text
    for name, sentence in (
        ("one.jpg", "Added"),
        ("two.gif", "is a GIF"),
        ("four.jpg", "It was here already"),
    ):
        assert sentence in page.text.split(f"{name}<", 1)[1].split("</li>", 1)[0]


def test_one_that_is_refused_loses_none_of_the_others(desk: Client, event: Event) -> None:
    page = desk.post(address(event), {"photos": [file("no.jpg", b"<svg/>"), file("yes.jpg")]})
    assert page.status_code == 422
    assert Photo.objects.count() == 1


def test_a_script_sends_one_and_is_answered_in_words(desk: Client, event: Event) -> None:
    key = uuid4()
    upload = a_jpeg()
    first = send_one(desk, event, file(content=upload), key)
    again = send_one(desk, event, file(content=upload), key)
    photo = Photo.objects.get()
    assert first.json() == {
        "state": "added", "sentence": "Added. It is being made ready.", "url": photo.get_absolute_url()
    }  # fmt: skip
    assert again.json()["state"] == "there"
    assert photo.key == key
    refused = send_one(desk, event, file("x.jpg", b""), uuid4())
    assert refused.status_code == 422
    assert refused.json()["state"] == "refused"


def test_the_board_chosen_on_the_form_is_the_board_of_each(desk: Client, event: Event, board: Board) -> None:
    station = board.stations.get()
    desk.post(address(event), {"photos": [file(), file()], "shows": station.identifier})
    assert set(Photo.objects.values_list("board", "station")) == {(board.pk, station.pk)}
    assert desk.post(address(event), {"photos": [file()], "shows": "elsewhere"}).status_code == 422


def test_nothing_chosen_says_so(desk: Client, event: Event) -> None:
    page = desk.post(address(event), {})
    assert page.status_code == 422
    assert "Choose a photograph" in page.text


def test_too_many_in_an_hour_are_refused_with_a_sentence(
    desk: Client, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PHOTOS", Limit("photographs of a person in an hour", 1, 3600))
    assert send_one(desk, event, file()).status_code == 200
    answer = send_one(desk, event, file())
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "works again" in answer.json()["sentence"]
    page = desk.post(address(event), {"photos": [file()]})
    assert page.status_code == 429
    assert "works again" in page.text
    assert Photo.objects.count() == 1


def test_a_full_event_answers_429_with_a_sentence(
    desk: Client, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "MOST", 0)
    answer = send_one(desk, event, file())
    assert answer.status_code == 429
    assert "no more fit" in answer.json()["sentence"]


def test_more_than_one_picture_in_a_request_is_for_this_page_and_who_runs_an_event_only(
    desk: Client, event: Event, board: Board, researcher: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "MOST_BYTES", 1000)
    monkeypatch.setattr(guards, "MOST_AT_ONCE", 200_000)
    assert desk.post(address(event), {"photos": [file()]}).status_code == 200
    large = {"photos": [file(content=b"\xff\xd8\xff" + bytes(250_000))]}
    assert desk.post(address(event), large).status_code == 413
    assert desk.post(reverse("board", args=[event.slug, board.slug]), {"x": "y" * 2000}).status_code == 413
    stranger = Client()
    assert stranger.post(address(event), {"photos": [file()]}).status_code == 413
    stranger.force_login(researcher.person)
    assert stranger.post(address(event), {"photos": [file()]}).status_code == 413


def test_how_far_it_is_made_ready_is_said_with_numbers(desk: Client, event: Event, ada: Viewer) -> None:
    photo = make_photo(event, ada, made=False)
    assert "Being made ready" in desk.get(address(event)).text
    assert "Being made ready" in desk.get(photo.get_absolute_url()).text
    Photo.objects.filter(pk=photo.pk).update(making="made", zoom=40)
    page = desk.get(address(event)).text
    assert "40 % made" in page
    assert "data-moving" in page
