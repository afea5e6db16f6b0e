"""The cut-out of a box: to whom it is given, and that nothing else of the photograph is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.consent import consent_given
from people.guests import Viewer
from responses.models import Asking, Board, Note, Photo, Region, Station
from responses.photos.regions import add_region, make_note
from tests.photos import make_photo

pytestmark = pytest.mark.django_db
BOX = (100, 50, 200, 150)


@pytest.fixture
def shown(board: Board, station: Station, ada: Viewer) -> Region:
    """A box with a note that everybody may read, on a photograph that is on show."""
    photo = make_photo(board.event, ada, board=board)
    facts = {"words_basis": "Told.", "published_at": timezone.now(), "alt": "A wall", "basis": "nobody"}
    Photo.objects.filter(pk=photo.pk).update(**facts)
    region = add_region(photo, BOX, by=ada, station=station)
    make_note(region, by=ada)
    return Region.objects.get(pk=region.pk)


def test_a_close_up_is_the_box_cut_out_for_everybody(client: Client, shown: Region) -> None:
    answer = client.get(shown.close_up_address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-cache"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(shown.close_up_address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("box", ["0-0-1200-900", "100-50-200-151", "x", "100-50-200-150-0"])
def test_only_the_box_itself_is_cut_out(client: Client, shown: Region, box: str) -> None:
    assert client.get(reverse("close_up", args=[shown.identifier, box])).status_code == 404


def test_a_close_up_is_gone_with_the_sight_of_its_note_or_photograph(
    client: Client, shown: Region, ada: Viewer
) -> None:
    kept = consent_given(public=False, research=False)
    Note.objects.filter(pk=shown.note_id).update(consent=kept)
    assert client.get(shown.close_up_address).status_code == 404
    Note.objects.update(consent=consent_given(public=True, research=False))
    Photo.objects.update(published_at=None)
    assert client.get(shown.close_up_address).status_code == 404
    client.force_login(ada.person)
    assert client.get(shown.close_up_address)["Cache-Control"] == "private, no-cache"
    Region.objects.update(covered_at=timezone.now())
    assert client.get(shown.close_up_address).status_code == 404


def test_whoever_was_asked_to_read_sees_the_close_up_while_the_link_is_open(
    client: Client, shown: Region
) -> None:
    Photo.objects.update(published_at=None)
    Note.objects.update(consent=consent_given(public=False, research=False))
    until = timezone.now() + timedelta(days=1)
    asking = Asking.objects.create(event=shown.photo.event, until=until)
    address = f"{shown.close_up_address}?ask={asking.token}"
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    assert client.get(shown.close_up_address).status_code == 404
    assert client.get(f"{shown.close_up_address}?ask=guessed").status_code == 404
    Asking.objects.update(ended_at=timezone.now())
    assert client.get(address).status_code == 404
