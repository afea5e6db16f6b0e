"""What is sent with a note: nothing can be slipped in, and none is answered for another."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from principles.wording import add_wording
from responses.models import Note, Station
from responses.receipts import receipt_for
from tests.responses.conftest import Send, answer_address

pytestmark = pytest.mark.django_db


def test_one_key_on_two_boards_is_said_and_can_be_sent_again(
    client: Client,
    make_board: Callable,
    send: Send,
) -> None:
    first = make_board().stations.get()
    second = make_board(slug="other", event=first.board.event).stations.get()
    key = uuid4()
    send(client, first, key, words="Here.")
    answer = send(client, second, key, words="There.")
    assert answer.status_code == 422
    assert "to another board before" in answer.text
    again = answer.context["form"]["key"].value()
    assert send(client, second, again, words="There.").status_code == 302
    assert Note.objects.count() == 2


def test_a_board_takes_notes_at_its_own_stations_only(client: Client, make_board: Callable) -> None:
    first = make_board("Power")
    make_board("Time", slug="other", event=first.event)
    address = answer_address(first.stations.get()).replace("POW", "TIM")
    assert client.post(address, {"mark": "tick"}).status_code == 404
    assert not Note.objects.exists()


def test_no_field_of_a_note_can_be_slipped_into_a_form(client: Client, station: Station, send: Send) -> None:
    slipped = {"origin": "paper", "text_state": "illegible", "number": "99", "board": "1", "participant": "1"}
    slipped |= {
        "receipt_hash": "x",
        "ending": "withdrawn",
        "identifier": "x",
        "consent": "1",
        "withdrawn_at": "2020-01-01",
    }
    send(client, station, words="Mine.", **slipped)
    note = Note.objects.get()
    assert (note.origin, note.text_state, note.number, note.ending) == ("own_device", "read", 1, "")
    assert (note.consent.public, note.consent.research, note.withdrawn_at) == (False, False, None)
    assert note.receipt_hash != "x" != note.identifier


def test_a_note_answers_the_wording_its_writer_read(
    client: Client, station: Station, make_set: Callable
) -> None:
    power = make_set().principles.get(slug="power")
    station.pairings.create(principle=power)
    page = client.get(answer_address(station))
    shown = page.context["shown"]
    add_wording(power, "Power is shared by all.", by=None)
    client.post(
        answer_address(station), {"mark": "tick", "key": str(uuid4()), "shown": shown, "words": "Old."}
    )
    client.post(
        answer_address(station), {"mark": "tick", "key": str(uuid4()), "shown": f"{shown}x", "words": "New."}
    )
    answered = {note.text: note.wordings.get().version for note in Note.objects.all()}
    assert answered == {"Old.": 1, "New.": 2}
    assert f'name="shown" value="{shown}"' in page.text


def test_corrections_of_a_note_have_a_limit(client: Client, station: Station, send: Send) -> None:
    send(client, station, words="Mine.")
    note = Note.objects.get()
    address = f"/receipt/{receipt_for(note.key)}/"
    statuses = [client.post(address, {"words": f"Mine {number}."}).status_code for number in range(61)]
    assert statuses == [302] * 60 + [422]
    assert note.readings.count() == 61
