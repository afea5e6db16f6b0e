"""Boxes on photographs: where they may be, what note they show, and what becomes of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import take_down_note
from responses.models import Board, Change, Mark, Note, Origin, Photo, Region, Station, TextState
from responses.photos.regions import (
    MOST,
    add_region,
    make_note,
    move_region,
    part_note,
    place_region,
    remove_region,
    show_note,
)
from responses.stubs import print_stubs
from responses.tallies import tally_of_board

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


def publish(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(published_at="2027-01-01T00:00Z", alt="A wall", basis="nobody")


def fresh(region: Region) -> Region:
    return Region.objects.get(pk=region.pk)


def test_boxes_are_numbered_on_their_photograph(photo: Photo, ada: Viewer) -> None:
    first, second = (add_region(photo, BOX, by=ada) for _ in range(2))
    assert (first.number, second.number) == (1, 2)
    assert (first.box, first.station) == (BOX, None)


def test_a_photograph_of_one_sheet_gives_its_heading_to_new_boxes(
    photo: Photo, station: Station, ada: Viewer
) -> None:
    photo.station = station
    photo.save()
    assert add_region(photo, BOX, by=ada).station == station


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ((-20, -30, 100, 100), (0, 0, 80, 70)),
        ((1150, 850, 100, 100), (1150, 850, 50, 50)),
        ((0, 0, 1200, 900), (0, 0, 1200, 900)),
        ((0, 0, 8, 8), (0, 0, 8, 8)),
    ],
)
def test_a_box_ends_where_the_picture_ends(photo: Photo, ada: Viewer, box: tuple, kept: tuple) -> None:
    region = add_region(photo, BOX, by=ada)
    move_region(region, box, by=ada)
    assert fresh(region).box == add_region(photo, box, by=ada).box == kept


@pytest.mark.parametrize(
    "box", [(0, 0, 7, 50), (0, 0, 50, 7), (1195, 0, 50, 50), (2000, 0, 50, 50), (-60, 0, 50, 50)]
)
def test_hardly_any_of_the_picture_is_no_box(photo: Photo, region: Region, ada: Viewer, box: tuple) -> None:
    with pytest.raises(Refused, match="at least 8 pixels"):
        add_region(photo, box, by=ada)
    with pytest.raises(Refused, match="1200 pixels wide and 900 high"):
        move_region(region, box, by=ada)
    assert fresh(region).box == BOX


def test_a_photograph_holds_only_so_many_boxes(photo: Photo, ada: Viewer) -> None:
    rows = (Region(photo=photo, number=n, x=0, y=0, width=9, height=9) for n in range(1, MOST + 1))
    Region.objects.bulk_create(rows)
    with pytest.raises(Refused, match=f"holds {MOST} boxes"):
        add_region(photo, BOX, by=ada)


@pytest.mark.parametrize("viewer", ["ben", "cleo", "researcher"])
def test_only_those_who_run_the_event_change_boxes(
    region: Region, station: Station, request: pytest.FixtureRequest, viewer: str
) -> None:
    by = request.getfixturevalue(viewer)
    acts: list[Callable[[], object]] = [
        lambda: add_region(region.photo, BOX, by=by),
        lambda: move_region(region, (0, 0, 50, 50), by=by),
        lambda: place_region(region, None, by=by),
        lambda: make_note(region, by=by),
        lambda: part_note(region, by=by),
        lambda: remove_region(region, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused, match="Only those who transcribe this event"):
            act()
    assert (fresh(region).box, Region.objects.count(), Note.objects.count()) == (BOX, 1, 0)


def test_nothing_is_put_on_a_photograph_that_was_taken_down(region: Region, ada: Viewer) -> None:
    Photo.objects.filter(pk=region.photo.pk).update(taken_down_at="2027-01-01T00:00Z", files="", digest="")
    for act in (lambda: add_region(region.photo, BOX, by=ada), lambda: make_note(region, by=ada)):
        with pytest.raises(Refused, match="taken down"):
            act()


def test_a_heading_is_of_the_event_and_of_the_board_of_the_photograph(
    photo: Photo, region: Region, make_board: Callable, make_event: Callable, ada: Viewer
) -> None:
    beside = make_board("Time", slug="beside", event=photo.event).stations.get()
    elsewhere = make_board("Care", slug="else", event=make_event("other-day")).stations.get()
    with pytest.raises(Refused, match="shows “The wall”"):
        place_region(region, beside, by=ada)
    with pytest.raises(Refused, match="another event"):
        place_region(region, elsewhere, by=ada)
    Photo.objects.filter(pk=photo.pk).update(board=None)
    place_region(region, beside, by=ada)
    with pytest.raises(Refused, match="another event"):
        add_region(photo, BOX, by=ada, station=elsewhere)
    assert fresh(region).station == beside


def test_a_note_is_made_from_paper_and_waits_to_be_read(
    region: Region, station: Station, ada: Viewer
) -> None:
    note = make_note(region, by=ada)
    assert (note.label, note.origin, note.text_state, note.mark, note.text) == (
        "POW-01", Origin.PAPER, TextState.WAITING, Mark.NOT_RECORDED, "",
    )  # fmt: skip
    change = Change.objects.get(activity=station.board_id)
    assert (change.kind, change.note, fresh(region).note) == (Change.Kind.NOTE_ADDED, note, note)
    with pytest.raises(Refused, match="Box 1 shows POW-01 already"):
        make_note(region, by=ada)


def test_a_note_is_pinned_to_the_wording_that_stands_there(
    region: Region, station: Station, make_set: Callable, ada: Viewer
) -> None:
    principle = make_set().principles.first()
    station.pairings.create(principle=principle)
    note = make_note(region, by=ada)
    assert list(note.wordings.all()) == [principle.current_wording]


def test_without_a_basis_a_note_stays_with_those_who_were_there(region: Region, ada: Viewer) -> None:
    consent = make_note(region, by=ada).consent
    assert (consent.public, consent.research, consent.wording) == (False, False, None)
    assert "nobody was asked" in consent.basis


def test_with_a_basis_a_note_is_public_and_with_under_18s_it_never_is(
    photo: Photo, region: Region, board: Board, station: Station, ada: Viewer
) -> None:
    Photo.objects.filter(pk=photo.pk).update(words_basis="People were told on the day.")
    consent = make_note(region, by=ada).consent
    assert (consent.public, consent.basis) == (True, "People were told on the day.")
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    again = add_region(photo, BOX, by=ada, station=Station.objects.get(pk=station.pk))
    assert make_note(again, by=ada).consent.public is False


def test_a_note_needs_a_heading(photo: Photo, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Choose the heading that box 1 is under"):
        make_note(add_region(photo, BOX, by=ada), by=ada)


def test_a_sheet_number_gives_the_note_its_receipt(region: Region, board: Board, ada: Viewer) -> None:
    stub = print_stubs(board, by=ada, each=2)[1]
    note = make_note(region, by=ada, sheet=2)
    stub.refresh_from_db()
    assert stub.note == note
    assert Note.objects.get(pk=note.pk).receipt_hash == stub.receipt_hash


def test_a_sheet_that_was_never_printed_makes_no_note(region: Region, ada: Viewer) -> None:
    with pytest.raises(Refused, match="No sheet POW 7"):
        make_note(region, by=ada, sheet=7)
    assert (Note.objects.count(), fresh(region).note) == (0, None)


def test_one_note_shows_in_several_boxes(region: Region, photo: Photo, board: Board, ada: Viewer) -> None:
    note = make_note(region, by=ada)
    other = add_region(photo, (500, 500, 90, 90), by=ada)
    show_note(other, note, by=ada)
    assert (fresh(other).note, fresh(other).station) == (note, note.station)
    part_note(region, by=ada)
    assert tally_of_board(board).total == 1
    part_note(other, by=ada)
    assert tally_of_board(board).total == 0


def test_a_box_shows_only_notes_from_paper_that_stand(
    region: Region, photo: Photo, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    with pytest.raises(Refused, match="POW-01 is not a note from paper"):
        show_note(region, post_note(station), by=ada)
    gone = make_note(add_region(photo, BOX, by=ada, station=station), by=ada)
    take_down_note(gone, "It names somebody.", by=ada)
    with pytest.raises(Refused, match="POW-02 is not a note from paper that stands"):
        show_note(region, gone, by=ada)


def test_a_box_that_shows_a_note_keeps_it_and_its_heading(
    region: Region, photo: Photo, station: Station, ada: Viewer
) -> None:
    make_note(region, by=ada)
    other = make_note(add_region(photo, BOX, by=ada, station=station), by=ada)
    with pytest.raises(Refused, match="Take that off the box first"):
        show_note(region, other, by=ada)
    with pytest.raises(Refused, match="Take the note off the box first"):
        place_region(region, None, by=ada)


def test_a_note_made_for_a_box_goes_with_it_and_counts_nowhere(
    region: Region, board: Board, ada: Viewer
) -> None:
    note = make_note(region, by=ada)
    remove_region(region, by=ada)
    note.refresh_from_db()
    tally = tally_of_board(board)
    assert (note.ending, tally.total, tally.withdrawn) == (Note.Ending.NO_NOTE, 0, 0)
    assert list(Act.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == ["box_removed", "no_note"]
    with pytest.raises(Refused, match="Box 1 was removed meanwhile"):
        move_region(region, BOX, by=ada)


def test_a_note_that_was_read_outlives_its_box(region: Region, board: Board, ada: Viewer) -> None:
    note = make_note(region, by=ada)
    note.readings.create(number=1, witness="photo", text_state="read", text="Ask", mark="tick", region=region)
    remove_region(region, by=ada)
    note.refresh_from_db()
    assert (note.ending, note.readings.count(), tally_of_board(board).total) == ("", 1, 1)


def test_a_note_with_a_receipt_outlives_its_box(region: Region, board: Board, ada: Viewer) -> None:
    print_stubs(board, by=ada, each=1)
    note = make_note(region, by=ada, sheet=1)
    part_note(region, by=ada)
    note.refresh_from_db()
    assert (note.ending, fresh(region).note) == ("", None)


def test_on_the_record_the_box_of_a_note_that_is_not_for_everybody_stays(
    region: Region, photo: Photo, ada: Viewer
) -> None:
    make_note(region, by=ada)
    publish(photo)
    acts: list[Callable[[], object]] = [
        lambda: move_region(region, (0, 0, 50, 50), by=ada),
        lambda: part_note(region, by=ada),
        lambda: remove_region(region, by=ada),
    ]
    for act in acts:
        with pytest.raises(Refused, match="take the photograph off the record"):
            act()
    assert not Photo.objects.on_show().exists()


def test_a_covered_box_stays_as_it_is(region: Region, ada: Viewer) -> None:
    Region.objects.update(covered_at="2027-01-01T00:00Z")
    for act in (move_region, show_note):
        about = BOX if act is move_region else make_other(region, ada)
        with pytest.raises(Refused, match="covered for good"):
            act(region, about, by=ada)
    with pytest.raises(Refused, match="covered for good"):
        remove_region(region, by=ada)


def make_other(region: Region, by: Viewer) -> Note:
    return make_note(add_region(region.photo, BOX, by=by, station=region.station), by=by)
