"""Photographs under many hands at once: one file is one photograph, and what is withdrawn stays covered."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from coproduce.images import keeping
from coproduce.work import run_ready
from events.models import Event
from people.guests import ANYBODY, Viewer
from responses.board import take_down_note
from responses.models import Board, Note, Photo
from responses.photos.adding import add_photo
from responses.photos.covering import cover_boxes
from responses.photos.publishing import Said, describe_photo, publish_photo, take_down_photo
from responses.photos.regions import add_region, make_note
from tests.photos import a_jpeg, make_photo

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"alt": "A sheet.", "basis": "nobody", "words_basis": "The room was told."}


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, all of them begun together."""

    def apart(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(apart, act) for act in acts]]


@pytest.fixture
def event(board: Board) -> Event:
    return board.event


@pytest.mark.parametrize("same", ["key", "file"])
def test_sent_by_four_requests_at_once_it_is_one_photograph_with_one_folder(
    event: Event, ada: Viewer, same: str
) -> None:
    key, file, before = uuid4(), a_jpeg(), len(list(keeping.root().glob("*")))

    def send() -> bool:
        content = file if same == "file" else a_jpeg()
        return add_photo(event, io.BytesIO(content), by=ada, key=key if same == "key" else uuid4()).is_new

    assert sorted(at_once(send, send, send, send)) == [False, False, False, True]
    assert Photo.objects.count() == 1
    assert len(list(keeping.root().glob("*"))) == before + 1


def test_different_photographs_at_once_get_different_places(event: Event, ada: Viewer) -> None:
    def send() -> int:
        return add_photo(event, io.BytesIO(a_jpeg()), by=ada, key=uuid4()).photo.position

    assert sorted(at_once(send, send, send)) == [1, 2, 3]


def test_whatever_happens_at_once_what_was_withdrawn_is_covered_in_the_end(
    event: Event, board: Board, ada: Viewer
) -> None:
    photo = make_photo(event, ada, board=board, station=board.stations.get())
    photo = describe_photo(photo, Said(**SAID, board=board, station=photo.station), by=ada)
    notes = [make_note(add_region(photo, (x, 10, 90, 90), by=ada), by=ada) for x in (10, 110, 210)]
    publish_photo(photo, by=ada)
    at_once(
        *(lambda note=note: take_down_note(note, "It has to go.", by=ada) for note in notes),
        lambda: cover_boxes(photo, [(400, 400, 50, 50)], "A face.", by=ada),
        run_ready,
    )
    if Photo.objects.get().covers:
        assert not Photo.objects.visible_to(ANYBODY).exists()
    run_ready()
    assert Photo.objects.visible_to(ANYBODY).get().covers == []
    assert not Note.objects.standing().exists()
    assert photo.regions.uncovered().count() == 0


def test_taken_down_while_it_is_being_covered_nothing_of_it_is_left(
    event: Event, board: Board, ada: Viewer
) -> None:
    photo = make_photo(event, ada, board=board)
    before = {path.name for path in keeping.root().glob("*")} - {photo.files}
    cover_boxes(photo, [(10, 10, 50, 50)], "A face.", by=ada)
    at_once(run_ready, lambda: take_down_photo(photo, "It has to go.", by=ada))
    run_ready()
    assert Photo.objects.get().files == ""
    assert {path.name for path in keeping.root().glob("*")} == before
