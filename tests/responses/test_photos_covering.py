"""What must not be seen on a photograph: off the record at once, covered for good, and then back."""

import io
from collections.abc import Callable
from itertools import pairwise
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from coproduce.images import keeping
from people.consent import consent_on_basis
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import end_note, take_down_note
from responses.changes import locked
from responses.models import Board, Note, Photo, Region
from responses.moderation import hide_note, show_note
from responses.photos.adding import add_photo
from responses.photos.covering import MOST_BOXES, cover_boxes, cover_note
from responses.photos.publishing import Said, describe_photo, publish_photo
from responses.photos.regions import add_region, make_note
from responses.photos.regions import show_note as show_note_in
from tests.photos import make_photo

pytestmark = pytest.mark.django_db
SIZE = (1200, 900)
BOX = (100, 100, 300, 300)
SAID = {"alt": "A sheet with two notes.", "basis": "nobody", "words_basis": "The room was told."}


def scribbled() -> Image.Image:
    """A photograph full of lines: whatever is covered on it has few colours."""
    picture = Image.effect_noise(SIZE, 90).convert("RGB")
    drawn = ImageDraw.Draw(picture)
    for at in range(0, SIZE[0], 12):
        drawn.line([at, 0, SIZE[0] - at, SIZE[1]], fill=(at % 255, 90, 200), width=3)
    return picture


@pytest.fixture
def photo(board: Board, ada: Viewer) -> Photo:
    """On show, with one box that shows a public note."""
    made = make_photo(board.event, ada, board=board, station=board.stations.get(), picture=scribbled())
    describe_photo(made, Said(**SAID, board=board, station=made.station), by=ada)
    made.refresh_from_db()
    make_note(add_region(made, BOX, by=ada), by=ada)
    publish_photo(made, by=ada)
    return Photo.objects.get(pk=made.pk)


def note_on(photo: Photo) -> Note:
    return Note.objects.select_related("board").get(regions__photo=photo)


def addresses_of(photo: Photo) -> list[str]:
    """The page, every file, a tile and the close-up, as they are asked for now."""
    region = Region.objects.get(photo=photo)
    files = [f"{size.name}.{ending}" for size in photo.renditions.sizes for ending in photo.renditions.types]
    return [
        photo.get_absolute_url(),
        *(reverse("photo_file", args=[photo.identifier, name]) for name in files),
        reverse("iiif_image", args=[photo.identifier]),
        reverse("iiif_tile", args=[photo.identifier, "0,0,512,512", "512,512"]),
        reverse("iiif_photo", args=[photo.identifier]),
        region.close_up_address,
    ]


def answered(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_a_withdrawn_note_takes_its_photograph_and_every_file_away_with_the_next_request(
    photo: Photo, client: Client, ada: Viewer, do_work: Callable
) -> None:
    addresses = addresses_of(photo)
    assert answered(client, addresses) == {200}
    take_down_note(note_on(photo), "Whoever wrote it asked.", by=ada)
    assert answered(client, addresses) == {404}
    do_work()
    back = Photo.objects.get(pk=photo.pk)
    assert back.files != photo.files
    assert not keeping.place(photo.files).exists()
    assert client.get(photo.get_absolute_url()).status_code == 200
    assert client.get(addresses[-1]).status_code == 404
    with (
        Image.open(keeping.place(back.files) / "whole.jpg") as whole,
        Image.open(io.BytesIO(keeping.original_of(back.files).read_bytes())) as original,
    ):
        for picture in (whole, original):
            assert detail(picture, BOX) < detail(picture, (600, 400, 300, 300)) / 4


def detail(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
    """How much neighbouring pixels differ within a box, on average."""
    x, y, width, height = box
    grey = picture.convert("L").crop((x + 20, y + 20, x + width - 20, y + height - 20))
    pixels = list(grey.get_flattened_data())
    return sum(abs(one - other) for one, other in pairwise(pixels)) / len(pixels)


def test_without_the_cover_the_same_photograph_stays_away(photo: Photo, ada: Viewer) -> None:
    """Should the background never work, nobody sees what was withdrawn."""
    take_down_note(note_on(photo), "Whoever wrote it asked.", by=ada)
    assert Photo.objects.get(pk=photo.pk).covers == [list(BOX)]
    assert not Photo.objects.visible_to(ANYBODY).exists()


def test_a_note_is_covered_wherever_it_shows(photo: Photo, board: Board, ada: Viewer) -> None:
    other = make_photo(board.event, ada, board=board, station=photo.station, size=SIZE)
    show_note_in(add_region(other, (5, 5, 50, 60), by=ada), note_on(photo), by=ada)
    show_note_in(add_region(other, (105, 5, 50, 60), by=ada), note_on(photo), by=ada)
    take_down_note(note_on(photo), "It names somebody.", by=ada)
    covers = {one.pk: one.covers for one in Photo.objects.all()}
    assert covers == {photo.pk: [list(BOX)], other.pk: [[5, 5, 50, 60], [105, 5, 50, 60]]}
    assert not Region.objects.uncovered().exists()


def test_a_note_that_ends_before_the_photograph_is_made_is_covered_when_it_is(
    board: Board, ada: Viewer, do_work: Callable
) -> None:
    photo = make_photo(board.event, ada, board=board, picture=scribbled(), made=False)
    region = add_region(photo, BOX, by=ada, station=board.stations.get())
    take_down_note(make_note(region, by=ada), "It names somebody.", by=ada)
    do_work()
    photo.refresh_from_db()
    assert photo.is_made
    assert photo.covers == []
    with Image.open(keeping.place(photo.files) / "whole.jpg") as whole:
        assert detail(whole, BOX) < detail(whole, (600, 400, 300, 300)) / 4


def test_a_hidden_note_takes_its_photograph_away_and_showing_it_brings_it_back(
    photo: Photo, ada: Viewer
) -> None:
    note = note_on(photo)
    hide_note(note, "It names somebody.", by=ada)
    assert not Photo.objects.visible_to(ANYBODY).exists()
    assert Photo.objects.get().covers == []
    show_note(note, by=ada)
    assert Photo.objects.visible_to(ANYBODY).exists()


def test_covering_by_hand_takes_it_away_until_it_is_done(
    photo: Photo, ada: Viewer, do_work: Callable
) -> None:
    cover_boxes(photo, [(700, 500, 200, 200)], "A face.", by=ada)
    assert not Photo.objects.visible_to(ANYBODY).exists()
    do_work()
    back = Photo.objects.visible_to(ANYBODY).get()
    assert back.covers == []
    assert Region.objects.uncovered().count() == 1
    assert Act.objects.get(verb="covered", subject=photo.identifier).why == "A face."


def test_the_box_of_a_note_that_is_covered_whole_shows_nothing_any_more(photo: Photo, ada: Viewer) -> None:
    cover_boxes(photo, [BOX], "A name.", by=ada)
    assert not Region.objects.uncovered().exists()


def test_the_box_of_a_note_that_is_covered_in_part_still_counts_as_seen(photo: Photo, ada: Viewer) -> None:
    cover_boxes(photo, [(100, 100, 299, 300)], "A name.", by=ada)
    assert Region.objects.uncovered().count() == 1


def test_a_box_may_reach_over_the_edge_but_not_lie_outside(photo: Photo, ada: Viewer) -> None:
    cover_boxes(photo, [(-50, 850, 100, 100)], "A hand.", by=ada)
    assert Photo.objects.get().covers == [[0, 850, 50, 50]]
    with pytest.raises(Refused, match="Box 2 lies outside"):
        cover_boxes(photo, [(0, 0, 9, 9), (1200, 10, 5, 5)], "A hand.", by=ada)


def test_nothing_is_covered_without_a_reason_a_box_or_with_too_many(photo: Photo, ada: Viewer) -> None:
    for boxes, why in (([BOX], " "), ([], "A face."), ([BOX] * (MOST_BOXES + 1), "A face.")):
        with pytest.raises(Refused):
            cover_boxes(photo, boxes, why, by=ada)
    assert Photo.objects.get().covers == []


def test_only_those_who_run_the_event_cover(photo: Photo, ben: Viewer, researcher: Viewer) -> None:
    for viewer in (ben, researcher, ANYBODY):
        with pytest.raises(Refused, match="run this event"):
            cover_boxes(photo, [BOX], "A face.", by=viewer)


def test_covering_again_changes_nothing(photo: Photo, ada: Viewer) -> None:
    note = note_on(photo)
    take_down_note(note, "It names somebody.", by=ada)
    cover_note(note)
    assert Photo.objects.get().covers == [list(BOX)]


def test_a_note_that_turns_out_to_be_none_leaves_the_photograph_as_it_is(photo: Photo, ada: Viewer) -> None:
    note = note_on(photo)
    Region.objects.update(note=None)
    with locked(note.board) as board:
        end_note(board, note, Note.Ending.NO_NOTE, by=ada)
    assert Photo.objects.visible_to(ANYBODY).get().covers == []


def test_nothing_is_left_of_the_file_whose_parts_were_covered(
    board: Board, ada: Viewer, do_work: Callable
) -> None:
    photo = make_photo(board.event, ada, board=board, picture=scribbled())
    file = keeping.original_of(photo.files).read_bytes()
    cover_boxes(photo, [BOX], "A face.", by=ada)
    do_work()
    left = Photo.objects.get()
    assert left.digest == ""
    assert keeping.original_of(left.files).read_bytes() != file
    again = add_photo(board.event, io.BytesIO(file), by=ada, key=uuid4())
    assert again.is_new
    assert not again.photo.published_at


def test_a_note_on_a_basis_of_its_own_needs_no_cover(photo: Photo, board: Board, ada: Viewer) -> None:
    note = note_on(photo)
    Note.objects.filter(pk=note.pk).update(consent=consent_on_basis("It was in the book of the day."))
    assert Photo.objects.visible_to(ANYBODY).exists()
