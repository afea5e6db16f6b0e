"""The front page."""

from collections.abc import Callable

from django.test import Client

from events.models import Event
from events.record import add_quotation
from people.guests import Viewer
from responses.models import Board, Mark, Note, Origin
from responses.moderation import hide_note
from responses.room import close_activity


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
    assert "No challenge on record." in page
    assert "It can also mean nobody felt able to challenge." in page


def test_a_challenge_whose_words_are_kept_is_never_said_to_be_missing(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    station = board.stations.get()
    post_note(station, "Yes, and soon.")
    post_note(station, "For us only.", mark=Mark.SQUARE, public=False)
    page = client.get("/").text
    assert "<b>1 challenge</b> was made. The words stay with those who were there." in page
    assert "No challenge on record." not in page


def test_a_wall_without_recorded_marks_shows_its_first_notes_and_claims_no_agreement(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    for number in range(6):
        post_note(board.stations.get(), f"Line {number} of the wall.")
    Note.objects.update(mark=Mark.NOT_RECORDED, origin=Origin.PAPER)
    page = client.get("/").text
    assert "Strongest" not in page
    assert [f"Line {number} of the wall." in page for number in range(6)] == [True] * 4 + [False] * 2


def test_words_kept_to_a_board_are_not_on_the_front_page(
    client: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    post_note(board.stations.get(), "For us only.", public=False)
    assert "For us only." not in client.get("/").text


def test_a_line_said_at_the_event_stands_in_the_lead_with_its_own_address(
    client: Client, make_event: Callable[..., Event]
) -> None:
    quotation = add_quotation(make_event(), "Make the table longer.", said_by="One table", by=None)
    page = client.get("/").text
    assert "Make the table longer." in page
    assert f'href="/events/wall-day/#{quotation.identifier}"' in page


def test_open_boards_are_one_step_away_and_closed_ones_are_not(
    client: Client, board: Board, ada: Viewer
) -> None:
    way = "/events/wall-day/boards/wall/answer/"
    assert way in client.get("/").text
    close_activity(board, by=ada)
    assert way not in client.get("/").text


def test_what_is_not_on_the_wall_is_not_on_the_front_page_either(
    client: Client, make_board: Callable[..., Board], post_note: Callable[..., Note], ada: Viewer
) -> None:
    """Those who run the event and whoever wrote it may see it elsewhere; this is the record's face."""
    power, time = make_board("Power", "Time").stations.all()
    post_note(time, "Who pays for the lamps?", mark=Mark.SQUARE)
    for number in range(3):
        hide_note(post_note(power, f"Hidden words {number}.", mark=Mark.SQUARE), "Names somebody.", by=ada)
    client.force_login(ada.person)
    page = client.get("/").text
    assert "Hidden words" not in page
    assert "On the wall: Time" in page
