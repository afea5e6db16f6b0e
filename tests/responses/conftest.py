"""What a browser does with a board: read it, answer it, send the same form again."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from responses.models import Note, Station

Send = Callable[..., HttpResponse]


def answer_address(station: Station) -> str:
    return reverse("answer_station", args=[station.board.event.slug, station.board.slug, station.code])


@pytest.fixture
def send() -> Send:
    """Open the form as `client` would, and send it."""

    def send(client: Client, station: Station, key: UUID | str | None = None, **typed: str) -> HttpResponse:
        address = answer_address(station)
        client.get(address)
        return client.post(address, {"mark": "tick", "key": str(key or uuid4())} | typed)

    return send


@pytest.fixture
def signed_in(client: Client) -> Callable[[Viewer], Client]:
    def sign_in(viewer: Viewer) -> Client:
        client.force_login(viewer.person)
        return client

    return sign_in


@pytest.fixture
def last_note() -> Callable[[], Note]:
    return lambda: Note.objects.latest("pk")
