"""The organisers' desk."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from events.record import announce_event
from people.guests import Viewer
from responses.models import Board, Note, Transcript
from responses.reconciling import remark_on_counts
from tests.reading import asked, note_on, photo_of, says


def test_the_desk_is_for_organisers(client: Client, researcher: Viewer, db: None) -> None:
    assert client.get("/desk/").status_code == 302
    client.force_login(researcher.person)
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "ask a steward" in answer.text


def test_the_desk_says_what_needs_its_organiser(
    client: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    client.force_login(ada.person)
    assert "Nothing needs you just now" in client.get("/desk/").text
    board.stations.update(stated_count=6)
    Transcript.objects.create(board=board, digest="x", text="x", unplaced=[{"line": 3, "text": "?"}], added=0)
    page = " ".join(client.get("/desk/").text.split())
    assert "2 things need you" in page
    assert "(6 stated, 0 counted)" in page
    assert "1 line of a transcript belongs to no heading yet" in page


def test_a_difference_that_somebody_explained_needs_nobody(
    client: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    board.stations.update(stated_count=2)
    station = board.stations.get()
    post_note(station)
    remark_on_counts(station, "One fell off the wall.", by=ada, seen="2.1.0")
    client.force_login(ada.person)
    assert "Nothing needs you just now" in client.get("/desk/").text
    post_note(station)
    post_note(station)
    assert "(2 stated, 3 counted)" in client.get("/desk/").text


def test_the_desk_counts_what_is_ready_for_a_ruling(client: Client, board: Board, ada: Viewer) -> None:
    photo = photo_of(board.event, board=board)
    notes = [note_on(photo, board.stations.get(), by=ada) for _ in range(3)]
    for note, readers in zip(notes, (("fay", "gil"), ("fay", "gil"), ("fay",)), strict=True):
        for name in readers:
            says(note, "Say who decides.", by=asked(name, board.event))
    client.force_login(ada.person)
    page = client.get("/desk/").text
    assert "2 notes from paper wait for your ruling" in page
    assert reverse("rulings", args=[board.event.slug]) in page


def test_the_desk_lists_boards_with_their_state_and_their_notes(
    client: Client, board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    post_note(board.stations.get())
    client.force_login(ada.person)
    page = client.get("/desk/").text
    for said in ("/events/wall-day/boards/wall/", "Open for answers", "<small>1 note</small>"):
        assert said in page, said


def test_the_desk_holds_nothing_that_somebody_else_runs(
    client: Client, make_event: Callable[..., Event], ada: Viewer
) -> None:
    make_event(name="Mine")
    announce_event(by=None, slug="theirs", name="Theirs", date="2019", status=Event.Status.IN_PROGRESS)
    client.force_login(ada.person)
    page = client.get("/desk/").text
    assert "Mine" in page
    assert "Theirs" not in page


def test_an_organiser_without_events_is_told_what_to_do(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    assert "You run no events yet" in client.get("/desk/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_takes_as_many_queries_for_one_event_as_for_three(
    client: Client,
    make_event: Callable[..., Event],
    make_board: Callable[..., Board],
    ada: Viewer,
    django_assert_num_queries: Callable,
    number: int,
) -> None:
    for n in range(number):
        make_board(event=make_event(f"day-{n}"))
    client.force_login(ada.person)
    client.get("/desk/")
    with django_assert_num_queries(29):
        client.get("/desk/")
