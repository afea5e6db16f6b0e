"""The name somebody chose to show with a note: asked of nobody, seen in the room only, gone when asked."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from people.consent import consent_given
from people.guests import ANYBODY, Viewer, remember_guest
from people.refusals import Refused
from responses.board import add_note, withdraw_note
from responses.joining import join
from responses.models import Board, Moderation, Note
from responses.names import sees_names, take_name_off
from responses.receipts import receipt_for
from responses.room import change_settings, open_activity
from responses.words import name_that_fits

pytestmark = pytest.mark.django_db
NAME = "Farida from Hulme"
ANSWER = "/events/wall-day/boards/wall/answer/POW/"
WALL = "/events/wall-day/boards/wall/"


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board(state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


@pytest.fixture
def signed(board: Board, ben: Viewer) -> Note:
    consent = consent_given(public=True, research=True)
    station = board.stations.get()
    return add_note(
        station, by=ben, key=uuid4(), mark="tick", consent=consent, words="Yes.", signed=NAME
    ).note


def browser(viewer: Viewer) -> Client:
    client = Client()
    if viewer.person:
        client.force_login(viewer.person)
    elif viewer.guest_key:
        remember_guest(response := HttpResponse(), viewer)
        client.cookies.update(response.cookies)
    return client


def test_a_name_is_asked_of_nobody_and_can_be_shown_by_those_who_open_the_question(
    client: Client, board: Board
) -> None:
    page = client.get(ANSWER).text
    assert "<summary>Show a name with it</summary>" in page
    assert '<details class="signed">' in page
    client.post(ANSWER, {"mark": "tick", "words": "Yes.", "signed": NAME})
    client.post(ANSWER, {"mark": "tick", "words": "No."})
    assert list(Note.objects.order_by("number").values_list("signed", flat=True)) == [NAME, ""]


def test_a_name_is_read_in_the_room_and_by_those_who_run_it_and_nowhere_else(
    board: Board, signed: Note, dee: Viewer, ada: Viewer, researcher: Viewer
) -> None:
    join(board.code, by=dee)
    sees = {"room": dee, "run": ada, "stranger": ANYBODY, "researcher": researcher}
    for page in (WALL, signed.get_absolute_url()):
        read = {who for who, viewer in sees.items() if NAME in browser(viewer).get(page).text}
        assert read == {"room", "run"}, page
    assert f"Signed: <bdi>{NAME}</bdi>" in browser(dee).get(WALL).text
    assert [sees_names(board, viewer) for viewer in sees.values()] == [True, True, False, False]


@pytest.mark.parametrize("kind", ["notes.csv", "notes-for-spreadsheets.csv", "notes.jsonl"])
def test_no_file_holds_a_name(board: Board, signed: Note, ada: Viewer, kind: str) -> None:
    answer = browser(ada).get(f"/events/wall-day/{kind}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, NAME.encode() in content) == (200, False)


def test_the_front_page_and_the_principle_pages_show_no_name(board: Board, signed: Note, ada: Viewer) -> None:
    for page in ("/", "/events/wall-day/"):
        assert NAME not in browser(ada).get(page).text


def test_a_withdrawn_note_leaves_no_name(signed: Note, ben: Viewer, ada: Viewer) -> None:
    withdraw_note(signed, by=ben)
    signed.refresh_from_db()
    assert signed.signed == ""
    assert NAME not in browser(ada).get(WALL).text


def test_a_name_can_be_taken_off_with_the_cookie_or_the_receipt(
    board: Board, signed: Note, ben: Viewer
) -> None:
    own = browser(ben)
    page = own.get(f"/my-notes/{signed.identifier}/")
    assert NAME in page.text
    own.post(f"/my-notes/{signed.identifier}/", {"act": "name"})
    signed.refresh_from_db()
    assert (signed.signed, signed.text) == ("", "Yes.")
    Note.objects.filter(pk=signed.pk).update(signed=NAME)
    address = f"/receipt/{receipt_for(signed.key)}/"
    assert Client().post(address, {"act": "name"}).status_code == 302
    signed.refresh_from_db()
    assert signed.signed == ""
    assert "The name on it" not in own.get(f"/my-notes/{signed.identifier}/").text


def test_nobody_takes_off_the_name_of_somebody_else(signed: Note, dee: Viewer) -> None:
    with pytest.raises(Refused):
        take_name_off(signed, by=dee)


def test_where_under_18s_take_part_no_name_is_asked_or_taken(
    client: Client, board: Board, ada: Viewer
) -> None:
    change_settings(board, may_include_under_18s=True, by=ada)
    assert "Show a name" not in client.get(ANSWER).text
    page = client.post(ANSWER, {"mark": "tick", "words": "Yes.", "signed": NAME})
    assert page.status_code == 422
    assert "no names are shown" in page.text
    assert not Note.objects.exists()


def test_a_name_waits_where_words_wait(board: Board, ada: Viewer, ben: Viewer) -> None:
    change_settings(board, is_premoderated=True, by=ada)
    consent = consent_given(public=True, research=True)
    station = board.stations.get()
    alone = add_note(station, by=ben, key=uuid4(), mark="tick", consent=consent).note
    named = add_note(station, by=ben, key=uuid4(), mark="heart", consent=consent, signed=NAME).note
    assert (alone.moderation, named.moderation) == (Moderation.SHOWN, Moderation.WAITING)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ben \n of\tHulme ", "Ben of Hulme"),
        ("B\u202een\u2066 \u200fX\u061c", "Been X".replace("ee", "e")),
        ("nul\0l\x1b[31m", "null[31m"),
        ("e\u0301", "é"),
        ("👩‍🌾", "👩‍🌾"),
        ("\u202e", ""),
    ],
)
def test_a_name_stands_on_one_line_and_turns_no_text(typed: str, kept: str) -> None:
    assert name_that_fits(typed) == kept


def test_a_long_name_is_refused_with_its_length_and_what_was_typed_stays(
    client: Client, board: Board
) -> None:
    with pytest.raises(Refused, match=r"61 characters. 60 have to do"):
        name_that_fits("x" * 61)
    with pytest.raises(Refused):
        name_that_fits("x" * 1_000_000)
    page = client.post(ANSWER, {"mark": "tick", "words": "Kept words.", "signed": "x" * 61})
    assert page.status_code == 422
    assert "Kept words." in page.text
    assert '<details class="signed" open>' in page.text


def test_a_name_cannot_become_markup(board: Board, ben: Viewer, ada: Viewer) -> None:
    consent = consent_given(public=True, research=True)
    hostile = '<img src=x onerror="alert(1)">'
    note = add_note(
        board.stations.get(), by=ben, key=uuid4(), mark="tick", consent=consent, words="x", signed=hostile
    ).note
    for page in (WALL, note.get_absolute_url()):
        assert "<img src=x" not in browser(ada).get(page).text
    assert "<img src=x" not in browser(ben).get(f"/my-notes/{note.identifier}/").text
