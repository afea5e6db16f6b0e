"""What browsers and people with bad intent send about paper: an answer, never an error, and nothing twice."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Region, Station
from responses.photos.regions import add_region
from tests.matched import hold_wall
from tests.reading import note_on, photo_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hosting(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


@pytest.mark.parametrize("act", ["add", "look", "save", "place", "notes"])
def test_a_row_with_an_endless_number_is_no_error(hosting: Client, board: Board, act: str) -> None:
    there = reverse("photo_boxes", args=[photo_of(board.event, board=board).identifier])
    assert hosting.post(there, {"act": act, "new": "9" * 5000}).status_code < 500


def test_a_line_with_a_nul_is_refused_and_no_error(
    hosting: Client, make_event: Callable[..., Event], ada: Viewer
) -> None:
    board, photo = hold_wall(make_event())
    box = add_region(photo, (0, 0, 80, 80), by=ada, station=board.stations.get(heading="Power"))
    there = reverse("board_match", args=[board.event.slug, board.slug])
    typed = {"act": "confirm", "box": box.identifier, f"line-{box.identifier}": "\0"}
    assert hosting.post(there, typed).status_code == 422


def test_a_sheet_with_a_nul_is_not_found_and_no_error(hosting: Client, board: Board) -> None:
    there = reverse("board_sheets", args=[board.event.slug, board.slug])
    assert hosting.post(there, {"act": "untie", "sheet": "\0 1"}).status_code == 404


def new_box(station: Station, *, at: int = 100, shows: str = "new") -> dict[str, object]:
    sides = {"new-1-x": at, "new-1-y": 50, "new-1-width": 200, "new-1-height": 150}
    return {"act": "save", "new": "1", "new-1-station": station.identifier, "new-1-shows": shows} | sides


def test_a_form_with_a_new_box_sent_twice_makes_one_box_and_one_note(
    hosting: Client, board: Board, station: Station
) -> None:
    there = reverse("photo_boxes", args=[photo_of(board.event, board=board).identifier])
    for _ in range(2):
        assert hosting.post(there, new_box(station)).status_code == 302
    assert (Region.objects.count(), board.notes.count()) == (1, 1)


def test_another_new_box_in_the_very_same_place_is_asked_about(
    hosting: Client, board: Board, station: Station
) -> None:
    there = reverse("photo_boxes", args=[photo_of(board.event, board=board).identifier])
    hosting.post(there, new_box(station, shows=""))
    answer = hosting.post(there, new_box(station))
    assert answer.status_code == 422
    assert "is in this very place" in answer.content.decode()
    assert hosting.post(there, new_box(station, at=400)).status_code == 302
    assert (Region.objects.count(), board.notes.count()) == (2, 1)


def test_who_takes_something_out_is_told_that_a_photograph_still_shows_it(
    hosting: Client, board: Board, station: Station, ada: Viewer
) -> None:
    note = note_on(photo_of(board.event, board=board), station, by=ada)
    typed = {"act": "own", "markup": "[removed: a name] said so", "mark": "tick", "why": "", "seen": "0"}
    answer = hosting.post(reverse("note_rule", args=[note.identifier]), typed, follow=True)
    assert "A photograph still shows what you took out" in answer.content.decode()
