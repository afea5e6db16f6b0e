"""What the form of a note answers to a tray, which sends it without a page."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from people.guests import Viewer
from responses.limits import HAND
from responses.models import Note, Station
from responses.receipts import receipt_of
from responses.room import change_settings, close_activity

from .conftest import answer_address

pytestmark = pytest.mark.django_db
Sent = Callable[..., object]


@pytest.fixture
def tray(client: Client, station: Station) -> Sent:
    """Send a note as the tray does; `how` says whether a page follows that shows messages."""
    client.get(answer_address(station))

    def send(key: object = None, *, how: str = "stay", **typed: str) -> object:
        fields = {"mark": "square", "words": "Who pays?", "key": str(key or uuid4())} | typed
        return client.post(answer_address(station), fields, headers={"X-Tray": how})

    return send


def test_a_note_that_arrived_comes_with_its_label_its_receipt_and_its_place(
    tray: Sent, station: Station
) -> None:
    answer = tray()
    note = Note.objects.get()
    assert answer.status_code == 200
    facts = answer.json()
    assert (facts["label"], facts["identifier"], facts["waits"]) == ("POW-01", note.identifier, False)
    assert facts["url"] == f"{station.board.get_absolute_url()}live/?station=POW#{note.identifier}"
    assert facts["code_url"] == f"/receipt/{receipt_of(note.key, note.receipt_hash)}/"


def test_the_same_note_sent_again_is_the_same_answer(tray: Sent) -> None:
    key = uuid4()
    assert tray(key).json() == tray(key).json()
    assert Note.objects.count() == 1


def test_a_mark_that_was_there_already_counts_once_and_says_so(tray: Sent) -> None:
    tray(words="")
    assert tray(words="").json()["said"] == "You left this mark here before, as POW-01. It counts once."


def test_other_words_under_a_used_key_come_back_with_a_key_of_their_own(tray: Sent) -> None:
    key = uuid4()
    tray(key)
    refused = tray(key, words="Something else.")
    assert refused.status_code == 422
    assert "as a new note" in refused.json()["error"]
    assert refused.json()["key"] != str(key)


def test_a_closed_board_refuses_in_a_sentence_and_keeps_the_key(
    tray: Sent, station: Station, ada: Viewer
) -> None:
    close_activity(station.board, by=ada)
    key = uuid4()
    refused = tray(key)
    assert refused.status_code == 422
    assert refused.json() == {"error": "This board is closed, so the note was not added.", "key": str(key)}


def test_a_note_that_arrived_before_the_board_closed_is_known_after_it(
    tray: Sent, station: Station, ada: Viewer
) -> None:
    """Its answer was lost on the way, then the board closed: the note is there and is not refused."""
    key = uuid4()
    tray(key)
    close_activity(station.board, by=ada)
    again = tray(key)
    assert again.status_code == 200
    assert again.json()["url"] == f"{station.board.get_absolute_url()}#{Note.objects.get().identifier}"


@pytest.mark.usefixtures("no_window_ends")
def test_too_many_at_once_are_told_when_to_come_back(tray: Sent) -> None:
    answers = [tray(words=f"Number {number}") for number in range(HAND.most + 1)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Everything you typed is here" in answers[-1].json()["error"]


def test_a_note_that_waits_for_an_organiser_says_so(tray: Sent, station: Station, ada: Viewer) -> None:
    change_settings(station.board, by=ada, is_premoderated=True)
    assert tray().json()["waits"] is True


@pytest.mark.parametrize(("how", "number"), [("stay", 0), ("land", 1)])
def test_a_message_is_kept_only_for_a_page_that_follows(
    client: Client, tray: Sent, how: str, number: int
) -> None:
    url = tray(how=how).json()["url"]
    assert client.get(url).text.count("It is on the wall. Your note is POW-01.") == number


def test_a_closed_board_still_gives_the_token_that_a_late_note_needs(
    client: Client, station: Station, ada: Viewer
) -> None:
    close_activity(station.board, by=ada)
    assert "csrfmiddlewaretoken" in client.get(answer_address(station)).text
