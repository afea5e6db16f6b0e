"""Photographs sent from one's own device straight into a text."""

from io import BytesIO

import pytest
from django.test import Client

from coproduce import guards
from events.models import Event
from journal.models import Draft
from journal.posts import begin_post
from people.guests import Viewer
from responses.models import Board, Photo
from tests.photos import a_jpeg, make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def sent(data: bytes, name: str) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def test_several_are_added_and_put_in_with_one_press(desk: Client, event: Event, ada: Viewer) -> None:
    here = make_photo(event, ada, made=False)
    new = [sent(a_jpeg(), f"{number}.jpg") for number in range(2)]
    desk.post(f"{event.get_absolute_url()}write/photo/", {"photos": new, "photo": here.identifier})
    put_in = [block["photo"] for block in Draft.objects.get().blocks if block["kind"] == "photo"]
    assert put_in == [photo.identifier for photo in event.photos.in_order()]
    assert (len(put_in), put_in[0]) == (3, here.identifier)
    assert not Photo.objects.on_show().exists()


def test_what_is_no_picture_keeps_no_other_from_being_put_in(desk: Client, event: Event) -> None:
    files = [sent(b"no picture", "letter.jpg"), sent(a_jpeg(), "table.jpg")]
    answer = desk.post(f"{event.get_absolute_url()}write/photo/", {"photos": files}, follow=True)
    assert "letter.jpg was not added." in answer.text
    photo = event.photos.get()
    assert Draft.objects.get().blocks[-1]["photo"] == photo.identifier


def test_a_post_takes_none_for_its_events(desk: Client, event: Event, ada: Viewer) -> None:
    post = begin_post("Chairs", by=ada)
    answer = desk.post(f"{post.get_absolute_url()}write/photo/", {"photos": [sent(a_jpeg(), "a.jpg")]})
    assert "Tick the photographs to put in." in answer.text
    assert not Photo.objects.exists()


def test_who_only_facilitates_sends_none(client: Client, event: Event, facilitator: Viewer) -> None:
    client.force_login(facilitator.person)
    answer = client.post(f"{event.get_absolute_url()}write/photo/", {"photos": [sent(a_jpeg(), "a.jpg")]})
    assert answer.status_code == 404
    assert not Photo.objects.exists()


def test_more_than_one_picture_in_a_request_is_for_who_runs_an_event_only(
    desk: Client, event: Event, researcher: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "MOST_BYTES", 1000)
    monkeypatch.setattr(guards, "MOST_AT_ONCE", 200_000)
    address = f"{event.get_absolute_url()}write/photo/"
    assert desk.post(address, {"photos": [sent(a_jpeg(), "a.jpg")]}).status_code == 302
    assert desk.post(f"{event.get_absolute_url()}write/film/", {"title": "x" * 2000}).status_code == 413
    stranger = Client()
    stranger.force_login(researcher.person)
    assert stranger.post(address, {"photos": [sent(a_jpeg(), "a.jpg")]}).status_code == 413
