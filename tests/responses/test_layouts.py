"""Boards from layouts: picked, changed, made, kept for the next one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.layouts import (
    BUILT_IN,
    MOST_STATIONS,
    Planned,
    choices_for,
    chosen_among,
    keep_layout,
    make_board,
    planned_from,
)
from responses.models import Board

BLANK = BUILT_IN[-1]


@pytest.fixture
def event(make_event: Callable[..., Event], make_set: Callable) -> Event:
    return make_event(principle_sets=[make_set("Power", "Time")])


def made(event: Event, by: Viewer, *headings: str, name: str = "Looking back") -> Board:
    return make_board(event, name=name, stations=[Planned(one) for one in headings], by=by)


def test_a_board_is_made_closed_with_its_stations_in_order(event: Event, ada: Viewer) -> None:
    board = made(event, ada, "Start", "Stop", "Continue")
    assert (board.slug, board.is_open, board.code) == ("looking-back", False, None)
    stations = board.stations.values_list("heading", "code", "position")
    assert list(stations) == [("Start", "STA", 1), ("Stop", "STO", 2), ("Continue", "CON", 3)]
    assert Act.objects.get(subject=board.identifier).verb == "board_made"


def test_two_boards_of_one_name_have_two_addresses_and_none_is_that_of_a_page(
    event: Event, ada: Viewer
) -> None:
    slugs = [made(event, ada, "Start", name=name).slug for name in ("Wall", "Wall", "New", "♥")]
    assert slugs == ["wall", "wall-2", "new-2", "board"]


def test_nobody_else_makes_or_keeps_one(event: Event, ada: Viewer, researcher: Viewer) -> None:
    board = made(event, ada, "Start")
    for stranger in (researcher, ANYBODY):
        with pytest.raises(Refused, match="run this event"):
            made(event, stranger, "Start")
        with pytest.raises(Refused, match="run this event"):
            keep_layout(board, "Mine", by=stranger)


def test_the_sets_of_the_event_can_be_picked_with_a_heading_for_each_principle(
    event: Event, ada: Viewer
) -> None:
    choice = chosen_among(choices_for(event, ada), "set-lanterns")
    assert choice.headings.splitlines() == ["Power", "Time", "What is missing?"]
    board = make_board(event, name="Lanterns", stations=planned_from(choice.headings, choice), by=ada)
    power, _, missing = board.stations.all()
    assert [p.name for p in power.principles.all()] == ["Power"]
    assert missing.is_missing
    assert not missing.principles.exists()


def test_a_heading_that_was_changed_asks_about_no_principle(event: Event, ada: Viewer) -> None:
    choice = chosen_among(choices_for(event, ada), "set-lanterns")
    planned = planned_from("Power\nTime for all\n", choice)
    assert [len(one.principles) for one in planned] == [1, 0]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (" \n\n", "at least one heading"),
        ("Power\nTime\nPower", "“Power” is there twice"),
        ("n" * 301, "too long for a heading"),
        ("\n".join(map(str, range(MOST_STATIONS + 1))), "A board holds 40"),
    ],
)
def test_headings_that_make_no_board_are_refused(lines: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        planned_from(lines, BLANK)


def test_a_kept_layout_makes_the_same_stations_again(event: Event, ada: Viewer, steward: Viewer) -> None:
    first = chosen_among(choices_for(event, ada), "set-lanterns")
    board = make_board(event, name="Lanterns", stations=first.stations, by=ada)
    layout = keep_layout(board, " Our lanterns ", by=ada)
    again = chosen_among(choices_for(event, ada), f"kept-{layout.identifier}")
    assert again.name == "Our lanterns"
    copy = make_board(event, name="Again", stations=planned_from(again.headings, again), by=ada)
    facts = ("heading", "code", "position", "is_missing", "principles")
    assert list(copy.stations.values_list(*facts)) == list(board.stations.values_list(*facts))
    assert chosen_among(choices_for(event, steward), again.key) is None, "it is Ada's own"


@pytest.mark.parametrize("name", ["", " ", "n" * 101])
def test_a_layout_needs_a_name_that_fits(event: Event, ada: Viewer, name: str) -> None:
    with pytest.raises(Refused, match="up to 100 characters"):
        keep_layout(made(event, ada, "Start"), name, by=ada)


def test_a_board_without_headings_is_no_layout(event: Event, ada: Viewer) -> None:
    with pytest.raises(Refused, match="nothing to keep"):
        keep_layout(made(event, ada), "Nothing", by=ada)


# The page


@pytest.fixture
def hosting(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def test_from_the_event_to_a_board_in_three_screens(hosting: Client, event: Event) -> None:
    address = reverse("board_new", args=[event.slug])
    assert address in hosting.get(event.get_absolute_url()).text
    assert address in hosting.get(reverse("desk")).text
    choices = hosting.get(address).text
    assert "Start, stop, continue" in choices
    assert "Lanterns" in choices
    form = hosting.get(f"{address}?layout=start-stop-continue").text
    assert "Start\nStop\nContinue</textarea>" in form
    typed = {"name": "Looking back", "question": "How was it?", "headings": "Start\r\nStop\r\nMore of"}
    done = hosting.post(f"{address}?layout=start-stop-continue", typed, follow=True)
    board = Board.objects.get()
    assert done.redirect_chain[-1][0] == reverse("board_facilitate", args=[event.slug, "looking-back"])
    assert "“Looking back” is ready, and closed." in done.text
    assert [station.heading for station in board.stations.all()] == ["Start", "Stop", "More of"]
    assert board.question == "How was it?"


def test_what_was_typed_comes_back_with_what_is_wrong(hosting: Client, event: Event) -> None:
    address = f"{reverse('board_new', args=[event.slug])}?layout=blank"
    page = hosting.post(address, {"name": "Mine", "headings": "Power\nPower"})
    assert page.status_code == 422
    assert "is there twice" in page.text
    assert "Power\nPower</textarea>" in page.text
    assert 'value="Mine"' in page.text
    assert not Board.objects.exists()


def test_others_do_not_come_to_the_page(client: Client, event: Event, researcher: Viewer) -> None:
    client.force_login(researcher.person)
    assert client.get(reverse("board_new", args=[event.slug])).status_code == 404
    assert reverse("board_new", args=[event.slug]) not in client.get(event.get_absolute_url()).text
