"""Journeys of a client that speaks HTTP and nothing else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from responses.models import Note, Station
from tests.journeys.plain import HiddenFields, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TYPED = {"mark": "square", "words": "Write it down.", "public": "on"}
SENDERS = 4


@pytest.fixture
def visitor(live_server: LiveServer) -> Visitor:
    return Visitor(live_server.url)


@pytest.fixture
def address(station: Station) -> str:
    return reverse("answer_station", args=[station.board.event.slug, station.board.slug, station.code])


def test_any_client_can_leave_a_note_and_read_it_on_the_board(visitor: Visitor, address: str) -> None:
    hidden = HiddenFields(visitor.get(address).page).found
    landed = visitor.send(address, **hidden | TYPED)
    note = Note.objects.get()
    assert landed.status == 200
    assert landed.address.endswith(f"{note.board.get_absolute_url()}live/?station=POW#{note.identifier}")
    assert "It is on the wall" in landed.page
    assert "Write it down." in Visitor(visitor.site).get(note.get_absolute_url()).page


def test_one_form_sent_over_several_connections_at_once_makes_one_note(
    visitor: Visitor, address: str
) -> None:
    hidden = HiddenFields(visitor.get(address).page).found
    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(visitor.send, address, **hidden | TYPED) for _ in range(SENDERS)]
        answers = {(one.result().status, one.result().address) for one in sent}
    assert len(answers) == 1
    assert Note.objects.count() == 1


@pytest.mark.parametrize("kept", [True, False], ids=["without the token", "without cookies"])
def test_a_form_that_cannot_be_trusted_is_refused_and_the_words_come_back(
    visitor: Visitor, address: str, kept: bool
) -> None:
    hidden = HiddenFields(visitor.get(address).page).found
    if kept:
        hidden.pop("csrfmiddlewaretoken")
    else:
        visitor.cookies.clear()
    answer = visitor.send(address, **hidden | TYPED)
    assert answer.status == 403
    assert "Write it down." in answer.page
    assert not Note.objects.exists()
