"""Stated, counted, photographed: side by side, explained by people, and never made to match."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import responses.reconciling
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import take_down_note
from responses.models import Board, CountRemark, Note, Photo, Region, Station
from responses.photos.regions import add_region, show_note
from responses.reconciling import Numbers, Row, remark_on_counts, rows_of, total_of
from responses.tallies import Tally
from tests.paper import paper_note
from tests.reading import box_on, note_on, photo_of

SEVENTH = "A seventh note was found behind another."


@pytest.fixture
def sheet(station: Station) -> Station:
    """Six stated, seven kept."""
    station.stated_count = 6
    station.save()
    for _ in range(7):
        paper_note(station)
    return station


def row_of(station: Station) -> Row:
    return next(row for row in rows_of(station.board, ANYBODY) if row.station == station)


def said_of(station: Station, why: str, *, by: Viewer) -> CountRemark:
    return remark_on_counts(station, why, by=by, seen=row_of(station).seen)


def test_a_note_on_two_photographs_is_photographed_once(sheet: Station, ada: Viewer) -> None:
    event, board = sheet.board.event, sheet.board
    first, second = photo_of(event, board=board), photo_of(event, board=board)
    note = note_on(first, sheet, by=ada)
    show_note(box_on(second, by=ada), note, by=ada)
    assert row_of(sheet).numbers == Numbers(6, 8, 1)


def test_what_is_covered_ended_or_on_a_photograph_that_went_is_not_photographed(
    sheet: Station, ada: Viewer
) -> None:
    photo = photo_of(sheet.board.event, board=sheet.board)
    notes = [note_on(photo, sheet, by=ada) for _ in range(4)]
    assert row_of(sheet).numbers.photographed == 4
    gone = {"withdrawn_at": "2027-05-12T10:00:00Z", "ending": Note.Ending.NO_NOTE}
    Note.objects.filter(pk=notes[3].pk).update(**gone)
    assert row_of(sheet).numbers.photographed == 3
    Region.objects.filter(note=notes[0]).update(covered_at="2027-05-12T10:00:00Z")
    assert row_of(sheet).numbers.photographed == 2
    take_down_note(notes[1], "It names somebody.", by=ada)
    assert row_of(sheet).numbers.photographed == 1
    Photo.objects.update(
        taken_down_at="2027-05-12T10:00:00Z", files="", digest="", alt="", published_at=None, covers=[]
    )
    assert row_of(sheet).numbers.photographed == 0


def test_a_box_without_a_note_counts_nothing(sheet: Station, ada: Viewer) -> None:
    photo = photo_of(sheet.board.event, board=sheet.board)
    add_region(photo, (10, 10, 50, 50), by=ada, station=sheet)
    assert row_of(sheet).numbers == Numbers(6, 7, 0)


@pytest.mark.parametrize(
    ("numbers", "tally", "said"),
    [
        (Numbers(7, 7, 7), Tally(), []),
        (Numbers(None, 7, 7), Tally(), []),
        (Numbers(6, 7, 7), Tally(), ["1 more here than the record states."]),
        (Numbers(9, 7, 7), Tally(), ["2 fewer here than the record states."]),
        (Numbers(7, 7, 6), Tally(), ["1 is on no photograph."]),
        (Numbers(7, 7, 5), Tally(), ["2 are on no photograph."]),
        (Numbers(7, 7, 0), Tally(), ["None is on a photograph."]),
        (Numbers(7, 7, 8), Tally(), ["1 more on photographs than is counted."]),
        (Numbers(7, 7, 7), Tally(withdrawn=2), ["2 withdrawn, and not counted."]),
        (Numbers(7, 7, 7), Tally(hidden=1), ["1 hidden, and not counted."]),
    ],
)  # fmt: skip
def test_differences_are_said_in_words(numbers: Numbers, tally: Tally, said: list[str]) -> None:
    assert responses.reconciling.differences_in_words(numbers, tally) == said


def test_a_remark_keeps_the_numbers_it_was_said_of(sheet: Station, ada: Viewer) -> None:
    remark = said_of(sheet, f"  {SEVENTH}\n", by=ada)
    assert (remark.stated, remark.counted, remark.photographed, remark.why, remark.by) == (
        6, 7, 0, SEVENTH, ada.person,
    )  # fmt: skip
    paper_note(sheet)
    (kept,) = row_of(sheet).remarks
    assert (kept.is_of_now, kept.of.in_words) == (False, "6 stated, 7 counted, 0 photographed")
    said_of(sheet, "An eighth fell off.", by=ada)
    assert [one.is_of_now for one in row_of(sheet).remarks] == [False, True]


def test_a_remark_is_said_of_the_numbers_that_were_looked_at(sheet: Station, ada: Viewer) -> None:
    seen = row_of(sheet).seen
    paper_note(sheet)
    with pytest.raises(Refused, match="6 stated, 8 counted, 0 photographed"):
        remark_on_counts(sheet, SEVENTH, by=ada, seen=seen)
    assert not CountRemark.objects.exists()


def test_the_same_remark_twice_is_one(sheet: Station, ada: Viewer) -> None:
    assert said_of(sheet, SEVENTH, by=ada) == said_of(sheet, SEVENTH, by=ada)
    assert CountRemark.objects.count() == 1
    assert Act.objects.filter(verb="counts_explained").count() == 1


def test_refusals_say_what_to_do(sheet: Station, ada: Viewer, researcher: Viewer, ben: Viewer) -> None:
    for stranger in (researcher, ben, ANYBODY):
        with pytest.raises(Refused, match="Only those who run this event"):
            said_of(sheet, SEVENTH, by=stranger)
    with pytest.raises(Refused, match="Say in a sentence why"):
        said_of(sheet, "  ", by=ada)
    with pytest.raises(Refused, match="301 characters"):
        said_of(sheet, "x" * 301, by=ada)


def test_a_remark_is_in_the_change_log_and_the_trace(sheet: Station, ada: Viewer) -> None:
    said_of(sheet, SEVENTH, by=ada)
    assert "Why the numbers at “Power” differ" in sheet.board.event.changes.latest("pk").what
    act = Act.objects.get(verb="counts_explained")
    assert (act.person, act.subject, act.why) == (ada.person, sheet.identifier, "")


def test_nothing_is_made_to_match(sheet: Station, ada: Viewer) -> None:
    def facts() -> tuple:
        notes = list(Note.objects.order_by("pk").values())
        return list(Station.objects.values()), notes

    before = facts()
    said_of(sheet, SEVENTH, by=ada)
    rows_of(sheet.board, ada)
    assert facts() == before
    assert row_of(sheet).numbers == Numbers(6, 7, 0)


def test_no_line_here_writes_a_count_or_a_note() -> None:
    """The module writes remarks and nothing else."""
    source = Path(responses.reconciling.__file__).read_text()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    writes = {"save", "update", "delete", "create", "bulk_create", "bulk_update", "get_or_create"}
    found = [ast.unparse(call.func) for call in calls if getattr(call.func, "attr", "") in writes]
    assert found == ["station.count_remarks.create"]


def test_totals_add_up_and_say_how_much_is_stated(board: Board, sheet: Station) -> None:
    other = board.stations.create(heading="Time", code="TIM", position=2)
    paper_note(other)
    total = total_of(rows_of(board, ANYBODY))
    assert total.numbers == Numbers(6, 8, 0)
    assert total.in_words == "The record states 1 of 2 numbers."
    sheet.stated_count = None
    sheet.save()
    assert total_of(rows_of(board, ANYBODY)).in_words == "The record states no numbers."


# The pages


def address(board: Board, name: str = "board_counts") -> str:
    return reverse(name, args=[board.event.slug, board.slug])


def test_anybody_reads_the_counts_and_the_reasons_and_no_name(
    client: Client, sheet: Station, ada: Viewer
) -> None:
    said_of(sheet, SEVENTH, by=ada)
    page = client.get(address(sheet.board)).text
    assert SEVENTH in page
    assert "1 more here than the record states." in page
    assert "by Ada" not in page.replace("By Ada", "by Ada")
    assert '<form class="form"' not in page
    client.force_login(ada.person)
    assert "By Ada" in client.get(address(sheet.board)).text


def test_the_board_shows_the_newest_reason_beside_the_numbers(
    client: Client, sheet: Station, ada: Viewer
) -> None:
    plain = client.get(address(sheet.board, "board")).text
    assert "More is kept here than the record states. We keep both numbers." in plain
    said_of(sheet, "Nobody knows.", by=ada)
    said_of(sheet, SEVENTH, by=ada)
    page = client.get(address(sheet.board, "board")).text
    assert f"{SEVENTH} We keep both numbers." in page
    assert "Nobody knows." not in page
    paper_note(sheet)
    page = client.get(address(sheet.board, "board")).text
    assert f"{SEVENTH} That was said of 6 stated and 7 counted. We keep both numbers." in page


def test_those_who_run_the_event_say_why_on_the_page(client: Client, sheet: Station, ada: Viewer) -> None:
    client.force_login(ada.person)
    typed = {"station": "POW", "seen": row_of(sheet).seen, "why": SEVENTH}
    answer = client.post(address(sheet.board), typed)
    assert answer.headers["Location"].endswith("/counts/#POW")
    assert CountRemark.objects.get().why == SEVENTH
    paper_note(sheet)
    refused = client.post(address(sheet.board), typed | {"why": "Still so."})
    assert refused.status_code == 422
    assert "The numbers changed meanwhile" in refused.text
    assert "Still so." in refused.text
    assert client.post(address(sheet.board), {"station": "POW"}).status_code == 422


def test_nobody_else_says_why(client: Client, sheet: Station, researcher: Viewer) -> None:
    typed = {"station": "POW", "seen": row_of(sheet).seen, "why": SEVENTH}
    assert client.post(address(sheet.board), typed).status_code == 404
    client.force_login(researcher.person)
    assert client.post(address(sheet.board), typed).status_code == 404
    assert not CountRemark.objects.exists()


def test_a_board_without_headings_says_so(client: Client, board: Board) -> None:
    board.stations.all().delete()
    assert "no headings yet" in client.get(address(board)).text


@pytest.mark.parametrize("number", [1, 4])
def test_the_counts_take_as_many_queries_for_one_heading_as_for_four(
    client: Client, board: Board, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    photo = photo_of(board.event, board=board)
    for position in range(2, number + 2):
        station = board.stations.create(
            heading=f"Sheet {position}", code=f"S{position}", position=position, stated_count=9
        )
        for _ in range(number):
            note_on(photo, station, by=ada)
            said_of(station, f"Reason {number}", by=ada)
    with django_assert_num_queries(5):
        client.get(address(board))
