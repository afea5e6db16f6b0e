"""The page where boxes on photographs are matched with a transcript."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.consent import consent_given
from people.guests import Viewer
from responses.models import Board, Mark, Note, Origin, Photo, Reading, Region, Station, TextState
from responses.photos.matching import confirm_matches, undo_matching
from responses.photos.regions import add_region, make_note, remove_region

pytestmark = pytest.mark.django_db
BOX = (100, 50, 200, 150)


@pytest.fixture
def photo(board: Board) -> Photo:
    return Photo.objects.create(
        event=board.event, board=board, key=uuid4(), digest=uuid4().hex, files=uuid4().hex,
        width=1200, height=900, making=Photo.Making.MADE,
    )  # fmt: skip


@pytest.fixture
def region(photo: Photo, station: Station, ada: Viewer) -> Region:
    return add_region(photo, BOX, by=ada, station=station)


@pytest.fixture
def hosting(signed_in: Callable[[Viewer], Client], ada: Viewer) -> Client:
    return signed_in(ada)


def line_under(station: Station) -> Note:
    """A note that came with a transcript."""
    note = Note.objects.create(
        board=station.board, station=station, number=90, key=uuid4(), mark=Mark.NOT_RECORDED,
        text_state=TextState.READ, origin=Origin.PAPER, text="Share the keys",
        consent=consent_given(public=True, research=True),
    )  # fmt: skip
    facts = {"text": note.text, "text_state": note.text_state, "mark": note.mark}
    note.readings.create(number=1, witness=Reading.Witness.IMPORTED_RECORD, **facts)
    return note


def test_boxes_are_matched_in_bulk_and_undone(
    hosting: Client, photo: Photo, region: Region, station: Station
) -> None:
    note = line_under(station)
    address = reverse("board_match", args=[photo.event.slug, photo.board.slug])
    page = hosting.get(address).content.decode()
    assert "By its place: as many boxes as notes." in page
    data = {"act": "confirm", f"line-{region.identifier}": note.identifier}
    assert "Tick the boxes" in hosting.post(address, data).content.decode()
    assert hosting.post(address, data | {"box": region.identifier}).status_code == 302
    region.refresh_from_db()
    assert region.note == note
    assert hosting.post(address, {"act": "undo", "matching": region.matching_id}).status_code == 302
    region.refresh_from_db()
    assert region.note is None
    assert hosting.post(address, {"own": region.identifier}).status_code == 302
    region.refresh_from_db()
    assert region.note.text_state == TextState.WAITING
    for data in (
        {"act": "no"},
        {"act": "undo", "matching": "9" * 30},
        {"own": "x"},
        {"act": "confirm", "box": "x"},
    ):
        assert hosting.post(address, data).status_code in (404, 422)


def test_a_note_that_turned_out_to_be_another_leads_there_and_was_not_withdrawn(
    hosting: Client, region: Region, station: Station, ada: Viewer
) -> None:
    own, other = make_note(region, by=ada), line_under(station)
    matching = confirm_matches(station.board, [(Region.objects.get(pk=region.pk), other)], by=ada)
    answer = hosting.get(own.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    assert f"{own.label} is {other.label}" in page
    assert other.get_absolute_url() in page
    undo_matching(matching, by=ada)
    remove_region(region, by=ada)
    page = hosting.get(own.get_absolute_url()).content.decode()
    assert f"{own.label} was no note" in page
    assert "Nobody withdrew anything" in page
