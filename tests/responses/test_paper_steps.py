"""What comes next on the way from a photographed wall to the record."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Photo, Region
from responses.paper_steps import Steps, steps_of
from responses.photos.publishing import Said, describe_photo, publish_photo
from responses.photos.regions import add_region, make_note
from tests.photos import make_photo

HEADING = "From the wall to the record"
BOX = (10, 10, 120, 120)


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.fixture
def photo(event: Event, board: Board, ada: Viewer) -> Photo:
    return make_photo(event, ada, board=board)


@pytest.fixture
def box(photo: Photo, board: Board, ada: Viewer) -> Region:
    return add_region(photo, BOX, by=ada, station=board.stations.first())


def describe(photo: Photo, *, by: Viewer) -> None:
    words = {"alt": "A sheet.", "words_basis": "They were told."}
    describe_photo(photo, Said(board=photo.board, basis=Photo.Basis.NOBODY, **words), by=by)


def waiting(steps: Steps) -> dict[str, int]:
    return {step.word: step.number for step in steps.waiting if step.number}


def test_an_event_without_photographs_has_no_steps(event: Event, ada: Viewer) -> None:
    assert steps_of(event, ada) == Steps(0)


def test_a_photograph_without_boxes_comes_first(photo: Photo, event: Event, ada: Viewer) -> None:
    steps = steps_of(event, ada)
    assert steps.photographs == 1
    assert waiting(steps) == {"without boxes": 1, "not published": 1}
    assert steps.next.address == reverse("photo_boxes", args=[photo.identifier])


def test_then_the_boxes_whose_note_is_not_known(box: Region, event: Event, ada: Viewer) -> None:
    steps = steps_of(event, ada)
    assert waiting(steps) == {"box without a note": 1, "not published": 1}
    assert steps.next.address == reverse("photo_boxes", args=[box.photo.identifier])


def test_then_the_notes_to_read_and_what_is_published_waits_no_more(
    box: Region, event: Event, ada: Viewer
) -> None:
    describe(box.photo, by=ada)
    make_note(box, by=ada)
    assert waiting(steps_of(event, ada)) == {"note to read": 1, "not published": 1}
    publish_photo(box.photo, by=ada)
    steps = steps_of(event, ada)
    assert waiting(steps) == {"note to read": 1}
    assert steps.next.address == reverse("reading", args=[event.slug])


def test_only_those_who_run_the_event_are_told(
    photo: Photo, event: Event, client: Client, ada: Viewer
) -> None:
    describe(photo, by=ada)
    publish_photo(photo, by=ada)
    pages = [reverse(name, args=[event.slug]) for name in ("event", "photos", "reading")]
    assert not [page for page in pages if HEADING in client.get(page).text]
    client.force_login(ada.person)
    assert [page for page in pages if HEADING in client.get(page).text] == pages


@pytest.mark.parametrize("number", [1, 4])
def test_the_steps_take_as_many_queries_for_one_photograph_as_for_four(
    event: Event, board: Board, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    for _ in range(number):
        add_region(make_photo(event, ada, board=board), BOX, by=ada)
    with django_assert_num_queries(2):  # the photographs, and that there are no notes
        steps_of(event, ada)
