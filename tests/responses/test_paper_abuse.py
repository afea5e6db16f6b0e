import pytest
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from responses.models import Board, Station
from responses.photos.regions import add_region
from tests.matched import hold_wall
from tests.reading import photo_of

pytestmark = pytest.mark.django_db


def test_a_row_with_an_endless_number_is_no_error(client, board, ada):
    photo = photo_of(board.event, board=board)
    client.force_login(ada.person)
    there = reverse("photo_boxes", args=[photo.identifier])
    for act in ("add", "save", "place", "notes"):
        a = client.post(there, {"act": act, "new": "9" * 5000})
        assert a.status_code < 500


def test_nul_in_match(client, make_event, ada):
    board, photo = hold_wall(make_event())
    st = board.stations.get(heading="Power")
    region = add_region(photo, (0, 0, 80, 80), by=ada, station=st)
    client.force_login(ada.person)
    there = reverse("board_match", args=[board.event.slug, board.slug])
    a = client.post(there, {"act": "confirm", "box": region.identifier, f"line-{region.identifier}": "\0"})
    assert a.status_code == 422


def test_nul_in_sheet(client, board, ada):
    client.force_login(ada.person)
    there = reverse("board_sheets", args=[board.event.slug, board.slug])
    a = client.post(there, {"act": "untie", "sheet": "\0 1"})
    assert a.status_code == 404
