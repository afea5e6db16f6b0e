"""Boxes and the notes of a transcript: what is proposed, and that saying and unsaying it loses nothing."""

from collections.abc import Callable

import pytest

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.board import add_reading, take_down_note
from responses.models import Board, Matching, Note, Photo, Reading, Region, Station
from responses.photos.matching import (
    boxes_to_match,
    confirm_matches,
    lines_of,
    lines_without_picture,
    undo_matching,
)
from responses.photos.proposing import proposals
from responses.photos.regions import add_region, make_note, part_note, remove_region, show_note
from responses.readings.reading import read_note
from responses.readings.ruling import accept_reading
from responses.stubs import print_stubs
from responses.tallies import tally_of_board
from tests.matched import LINES, STEP, hold_wall, line, picture_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(make_event: Callable[..., Event]) -> Photo:
    return hold_wall(make_event())[1]


@pytest.fixture
def board(photo: Photo) -> Board:
    return photo.board


@pytest.fixture
def station(board: Board) -> Station:
    return board.stations.get(heading="Power")


@pytest.fixture
def box(photo: Photo, station: Station, ada: Viewer) -> Callable[..., Region]:
    """A box under Power at this place of the row, with a note of its own that says what was read."""

    def make(place: int, read: str = "", *, own: bool = True, row: int = 0) -> Region:
        sides = (place * STEP, row * STEP, 80, 80)
        region = add_region(photo, sides, by=ada, station=station)
        if own:
            note = make_note(region, by=ada)
            if read:
                read_note(note, by=ada, state="read", markup=read, mark="tick", region=region)
        return Region.objects.get(pk=region.pk)

    return make


def proposed(board: Board) -> list[tuple[int, str]]:
    return [(one.region.number, one.note.label if one.note else "") for one in proposals(board)]


def test_only_lines_without_a_picture_and_undecided_boxes_are_matched(
    board: Board, box: Callable, photo: Photo, ada: Viewer
) -> None:
    shown, own, bare = box(0, own=False), box(1), box(2, own=False)
    add_region(photo, (900, 900, 50, 50), by=ada)
    show_note(shown, line(board, 1), by=ada)
    assert [region.number for region in boxes_to_match(board)] == [own.number, bare.number]
    assert [note.label for note in lines_without_picture(board)] == [
        "POW-02", "POW-03", "POW-04", "POW-05", "TIM-01",
    ]  # fmt: skip


def test_as_many_boxes_as_lines_are_proposed_in_their_order(board: Board, box: Callable) -> None:
    for place in (4, 3, 2, 1, 0):
        box(place, own=False)
    assert proposed(board) == [(5 - at, f"POW-0{at + 1}") for at in range(5)]


def test_boxes_in_two_rows_are_read_row_by_row(board: Board, box: Callable) -> None:
    for place, row in ((0, 1), (1, 1), (0, 0), (1, 0), (2, 0)):
        box(place, own=False, row=row)
    assert [number for number, _ in proposed(board)] == [3, 4, 5, 1, 2]


def test_one_missing_box_does_not_shift_the_others(board: Board, box: Callable) -> None:
    for place, read in enumerate((LINES[0], LINES[2], "", LINES[4])):
        box(place, read)
    assert proposed(board) == [(1, "POW-01"), (2, "POW-03"), (3, "POW-04"), (4, "POW-05")]


def test_one_box_too_many_is_proposed_nothing(board: Board, box: Callable) -> None:
    for place, read in enumerate((LINES[0], "A thing that the transcript never had", *LINES[1:])):
        box(place, read)
    assert [label for _, label in proposed(board)] == ["POW-01", "", "POW-02", "POW-03", "POW-04", "POW-05"]


def test_words_much_alike_are_found_out_of_their_order(board: Board, box: Callable) -> None:
    box(0, "wait for the last buss")
    box(1, "Share the keys with tenants")
    assert proposed(board) == [(1, "POW-05"), (2, "POW-01")]
    first = proposals(board)[0]
    assert first.likeness > 0.9
    assert "alike" in first.why


def test_a_proposal_changes_nothing(board: Board, box: Callable) -> None:
    box(0, LINES[0])
    before = picture_of(board)
    proposals(board)
    assert picture_of(board) == before


def test_a_confirmed_box_shows_the_line_and_hands_its_readings_over(
    board: Board, box: Callable, ada: Viewer
) -> None:
    region, note = box(0, "Share the keys"), line(board, 1)
    own, reading = region.note, region.note.readings.get()
    before = tally_of_board(board).total
    confirm_matches(board, [(region, note)], by=ada)
    for one in (region, own, reading):
        one.refresh_from_db()
    assert (region.note, region.before, own.ending) == (note, own, Note.Ending.NO_NOTE)
    assert (reading.note, reading.number, reading.handed_from) == (note, 2, own)
    tally = tally_of_board(board)
    assert (tally.total, tally.withdrawn) == (before - 1, 0) == (lines_of(board).count(), 0)


def test_after_undo_everything_is_as_it_was(board: Board, box: Callable, ada: Viewer) -> None:
    pairs = [(box(0, "Share the keys"), line(board, 2)), (box(1, own=False), line(board, 1))]
    before = picture_of(board)
    matching = confirm_matches(board, pairs, by=ada)
    assert matching.number == 2
    undo_matching(matching, by=ada)
    assert picture_of(board) == before
    undo_matching(matching, by=ada)
    assert picture_of(board) == before


def test_every_box_of_a_note_goes_along(board: Board, box: Callable, photo: Photo, ada: Viewer) -> None:
    region, other = box(0, LINES[0]), add_region(photo, (1500, 0, 80, 80), by=ada)
    show_note(other, region.note, by=ada)
    before = picture_of(board)
    matching = confirm_matches(board, [(region, line(board, 1))], by=ada)
    assert matching.number == line(board, 1).regions.count() == 2
    undo_matching(matching, by=ada)
    assert picture_of(board) == before


@pytest.mark.parametrize("viewer", ["ben", "cleo", "researcher"])
def test_only_those_who_run_the_event_match(
    board: Board, box: Callable, ada: Viewer, request: pytest.FixtureRequest, viewer: str
) -> None:
    by, pair = request.getfixturevalue(viewer), (box(0), line(board, 1))
    with pytest.raises(Refused, match="Only those who transcribe this event"):
        confirm_matches(board, [pair], by=by)
    matching = confirm_matches(board, [pair], by=ada)
    with pytest.raises(Refused, match="Only those who transcribe this event"):
        undo_matching(matching, by=by)


def test_what_cannot_be_is_refused_with_all_the_rest(board: Board, box: Callable, ada: Viewer) -> None:
    one, other = box(0), box(1)
    time = board.notes.get(station__heading="Time")
    before = picture_of(board)
    for pairs, sentence in [
        ([], "Tick the boxes"),
        ([(one, line(board, 1)), (other, line(board, 1))], "Boxes 1 and 2 cannot both show POW-01"),
        ([(one, line(board, 1)), (one, line(board, 2))], "stands here twice"),
        ([(one, line(board, 1)), (other, time)], "Box 2 is not under “Time”"),
        ([(one, other.note)], "not there any more"),
    ]:
        with pytest.raises(Refused, match=sentence):
            confirm_matches(board, pairs, by=ada)
        assert picture_of(board) == before
        assert not Matching.objects.exists()


def test_a_note_that_somebody_ruled_on_or_holds_the_receipt_of_stays_its_own(
    board: Board, box: Callable, photo: Photo, station: Station, ada: Viewer
) -> None:
    ruled, held = box(0, "Share the keys"), add_region(photo, (500, 0, 80, 80), by=ada, station=station)
    accept_reading(ruled.note.readings.get(), by=ada, mark="tick")
    print_stubs(board, by=ada, each=1)
    make_note(held, by=ada, sheet=1)
    assert boxes_to_match(board) == []
    for region in (ruled, held):
        with pytest.raises(Refused, match="decided on"):
            confirm_matches(board, [(region, line(board, 1))], by=ada)


def test_a_reading_made_since_goes_back_and_a_ruled_one_stays(
    board: Board, box: Callable, ada: Viewer, steward: Viewer
) -> None:
    region, note = box(0, "Share the keys"), line(board, 1)
    own = region.note
    matching = confirm_matches(board, [(region, note)], by=ada)
    region.refresh_from_db()
    later = read_note(note, by=steward, state="read", markup="Share the keys!", mark="tick", region=region)
    accept_reading(later, by=ada, mark="tick")
    third = read_note(note, by=steward, state="read", markup="Share keys", mark="tick", region=region)
    undo_matching(matching, by=ada)
    assert list(note.readings.order_by("number").values_list("number", flat=True)) == [1, later.number]
    assert list(own.readings.order_by("number").values_list("text", "number")) == [
        ("Share the keys", 1),
        (third.text, 2),
    ]
    assert read_note(note, by=ada, state="read", markup="Keys", mark="tick", witness="original").number == 4
    assert add_reading(note, Reading.Witness.ORIGINAL, by=ada).number == 5


def test_a_note_withdrawn_since_stays_withdrawn_and_its_box_covered(
    board: Board, box: Callable, ada: Viewer
) -> None:
    region, note = box(0), line(board, 1)
    matching = confirm_matches(board, [(region, note)], by=ada)
    take_down_note(note, "It names somebody.", by=ada)
    undo_matching(matching, by=ada)
    region.refresh_from_db()
    assert region.covered_at
    assert (region.note, region.before.ending) == (note, Note.Ending.NO_NOTE)


def test_taking_the_note_off_one_box_undoes_it_for_that_box(board: Board, box: Callable, ada: Viewer) -> None:
    one, other = box(0, LINES[0]), box(1, LINES[1])
    owns = [one.note, other.note]
    confirm_matches(board, [(one, line(board, 1)), (other, line(board, 2))], by=ada)
    part_note(one, by=ada)
    remove_region(other, by=ada)
    for own in owns:
        own.refresh_from_db()
        assert (own.ending, own.readings.count()) == ("", 1)
    one.refresh_from_db()
    assert (one.note, line(board, 1).regions.count(), line(board, 2).regions.count()) == (None, 0, 0)
