"""The front page and the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from people.guests import Viewer
from responses.board import close_board
from responses.models import Board, Mark, Note, Transcript


def test_an_empty_site_still_says_what_it_is_and_how_to_come_in(client: Client, db: None) -> None:
    page = client.get("/").text
    for said in ("Nothing on record yet", "Take part", "Organise", "Study", "No board is open just now"):
        assert said in page


def test_the_front_page_leads_with_the_latest_record_that_has_notes(
    client: Client, make_event: Callable[..., Event], make_board: Callable[..., Board], post_note: Callable
) -> None:
    make_event("newer", name="Newer day", date="2020-01-01")
    board = make_board(event=make_event(name="Wall day"))
    post_note(board.stations.get())
    assert '<h1><a href="/events/wall-day/">Wall day</a></h1>' in client.get("/").text


def test_the_front_page_never_shows_agreement_without_its_challenge(
    client: Client, make_board: Callable[..., Board], post_note: Callable[..., Note], dee: Viewer
) -> None:
    board = make_board("Power", "Time")
    power, time = board.stations.all()
    for _ in range(3):
        post_note(time, "Everyone agrees here.")
    post_note(power, "Yes.", by=dee)
    post_note(power, "Who pays for it?", mark=Mark.SQUARE)
    page = client.get("/").text
    assert "On the wall: Power" in page
    assert "Who pays for it?" in page


def test_agreement_alone_is_shown_with_what_its_lack_of_challenge_can_mean(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    post_note(board.stations.get(), "Yes, and soon.")
    page = client.get("/").text
    assert "Yes, and soon." in page
    assert "No challenge to show here." in page


def test_words_kept_to_a_board_are_not_on_the_front_page(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    post_note(board.stations.get(), "For us only.", public=False)
    assert "For us only." not in client.get("/").text


def test_open_boards_are_one_step_away_and_closed_ones_are_not(
    client: Client, board: Board, ada: Viewer
) -> None:
    way = "/events/wall-day/boards/wall/answer/"
    assert way in client.get("/").text
    close_board(board, by=ada)
    assert way not in client.get("/").text


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
    with django_assert_num_queries(8):
        client.get("/desk/")
