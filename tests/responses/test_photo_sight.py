"""Photographs and cut-outs: what keeps them out of sight, and that nothing beside a note is seen with it."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from responses.merges import keep_apart, merge_notes
from responses.models import Asking, Board, Note, Photo, Region, Station
from responses.moderation import hide_note
from responses.photos.publishing import NotPublished, publish_photo
from responses.photos.regions import add_region, make_note
from responses.readings.asking import ask_the_room
from responses.readings.ruling import accept_reading
from responses.stubs import print_stubs, tie_stub
from tests.photos import make_photo
from tests.reading import asked, note_on, photo_of, says
from tests.sheets import code_on

pytestmark = pytest.mark.django_db
BESIDE, BOX = (100, 100, 200, 200), (300, 100, 200, 200)


def on_show(photo: Photo) -> bool:
    return Photo.objects.visible_to(ANYBODY).filter(pk=photo.pk).exists()


@pytest.fixture
def asking(board: Board, ada: Viewer) -> Asking:
    return ask_the_room(board.event, by=ada, message="", days=3)


def test_a_photograph_of_no_board_with_a_box_where_under_18s_may_take_part_is_not_on_show(
    board: Board, station: Station, ada: Viewer
) -> None:
    photo = photo_of(board.event)
    add_region(photo, BOX, by=ada, station=station)
    assert on_show(photo)
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    assert not on_show(photo)
    Photo.objects.update(published_at=None)
    with pytest.raises(NotPublished, match="Under-18s"):
        publish_photo(photo, by=ada)


def test_a_link_asks_nothing_where_under_18s_may_take_part(
    client: Client, board: Board, station: Station, ada: Viewer, asking: Asking
) -> None:
    photo = photo_of(board.event, board=board, published=False)
    note = note_on(photo, station, by=ada)
    there = [reverse("asked_note", args=[asking.token, note.identifier])]
    there.append(f"{note.regions.get().close_up_address}?ask={asking.token}")
    assert client.get(there[0]).status_code == 200
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    assert [client.get(address).status_code for address in there] == [404, 404]
    assert not Region.objects.visible_to(asked("cat", board.event)).exists()


def test_merging_two_notes_that_everybody_may_read_takes_no_photograph_away(
    board: Board, station: Station, ada: Viewer
) -> None:
    photo = photo_of(board.event, board=board)
    first, second = (note_on(photo, station, by=ada) for _ in range(2))
    for note in (first, second):
        accept_reading(says(note, "Trust.", by=ada), by=ada)
    merge_notes(first, second, by=ada)
    assert on_show(photo)
    hide_note(first, "It names somebody.", by=ada)
    assert not on_show(photo)
    keep_apart(first, second, by=ada)
    assert not on_show(photo)


def test_a_link_shows_no_cut_out_of_a_photograph_with_something_still_to_be_covered(
    client: Client, board: Board, station: Station, ada: Viewer, asking: Asking
) -> None:
    photo = make_photo(board.event, ada, board=board)
    note = note_on(photo, station, by=ada)
    address = f"{note.regions.get().close_up_address}?ask={asking.token}"
    assert client.get(address).status_code == 200
    Photo.objects.update(covers=[[0, 0, 9, 9]])
    assert client.get(address).status_code == 404
    assert client.get(reverse("asked_note", args=[asking.token, note.identifier])).status_code == 404


@pytest.fixture
def neighbours(board: Board, station: Station, ada: Viewer) -> Region:
    """A box on white paper, right beside a red one with a note that stays with those who were there."""
    picture = Image.new("RGB", (800, 600), "white")
    picture.paste("red", (BESIDE[0], BESIDE[1], BESIDE[0] + BESIDE[2], BESIDE[1] + BESIDE[3]))
    photo = make_photo(board.event, ada, board=board, picture=picture)
    boxes = [add_region(photo, box, by=ada, station=station) for box in (BESIDE, BOX)]
    for box in boxes:
        make_note(box, by=ada)
    return Region.objects.get(pk=boxes[1].pk)


def is_red_on_its_left(content: bytes) -> bool:
    red, green, _ = Image.open(BytesIO(content)).convert("RGB").getpixel((2, 100))
    return red > 200 and green < 100


def test_whoever_was_asked_sees_nothing_beside_the_box(
    client: Client, neighbours: Region, asking: Asking, ada: Viewer
) -> None:
    address = neighbours.close_up_address
    seen = client.get(f"{address}?ask={asking.token}")
    assert not is_red_on_its_left(seen.content)
    client.force_login(ada.person)
    whole = client.get(address)
    assert is_red_on_its_left(whole.content)
    assert whole["ETag"] != seen["ETag"]


def test_whoever_holds_a_receipt_sees_nothing_beside_the_box(
    client: Client, neighbours: Region, ada: Viewer
) -> None:
    (stub,) = print_stubs(neighbours.note.board, by=ada, each=1)
    tie_stub(neighbours.note, stub.number, by=ada)
    address = reverse(
        "receipt_close_up",
        args=[code_on(stub), neighbours.identifier, "-".join(map(str, neighbours.box))],
    )
    assert not is_red_on_its_left(client.get(address).content)
    Note.objects.update(consent=consent_given(public=True, research=False))
    Photo.objects.update(published_at=timezone.now(), alt="A wall", basis="nobody")
    assert is_red_on_its_left(client.get(address).content)
