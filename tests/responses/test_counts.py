from collections import Counter
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string

from events.models import Event
from people.guests import ANYBODY, Viewer
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.tallies import Tally
from responses.templatetags.counts import both_counts, drawable, event_tally, in_words, tallied_stations


def chart(board: Board) -> str:
    return " ".join(render_to_string("responses/chart.html", {"rows": tallied_stations(board)}).split())


def test_counts_are_said_in_words() -> None:
    assert in_words(Tally(Counter(tick=2, heart=1, not_recorded=2))) == "2 agree, 1 important, 2 not recorded"
    assert in_words(Tally(Counter(square=1), withdrawn=1)) == "1 challenge, 1 withdrawn"
    assert in_words(Tally()) == "No notes yet"


def test_both_counts_stand_side_by_side() -> None:
    assert both_counts(Tally(Counter(tick=7), stated=6)) == "6 stated, 7 counted"
    assert both_counts(Tally(Counter(tick=7))) == "No count stated, 7 counted"


@pytest.mark.parametrize(("notes", "drawn"), [(0, False), (1, True), (40, True), (41, False)])
def test_no_more_marks_are_drawn_than_can_be_counted_by_eye(notes: int, drawn: bool) -> None:
    assert drawable(Tally(Counter(tick=notes))) is drawn


@pytest.mark.parametrize("stations", [1, 3])
def test_a_chart_asks_two_questions_however_many_stations_there_are(
    make_board: Callable[..., Board], post_note: Callable[..., Note],
    django_assert_num_queries: Callable, stations: int,
) -> None:  # fmt: skip
    board = make_board(*("Power", "Time", "Care")[:stations])
    for station in board.stations.all():
        post_note(station)
    with django_assert_num_queries(2):
        chart(board)


def test_stations_keep_the_order_of_the_board(
    make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    board = make_board("Time", "Power", "Care")
    post_note(board.stations.get(heading="Power"))
    rows = tallied_stations(Board.objects.prefetch_related("stations").get(pk=board.pk))
    assert [(station.heading, tally.total) for station, tally in rows] == [
        ("Time", 0),
        ("Power", 1),
        ("Care", 0),
    ]


def test_one_drawn_mark_is_one_note_and_is_said_in_words(
    station: Station, post_note: Callable[..., Note]
) -> None:
    for mark in (Mark.TICK, Mark.TICK, Mark.SQUARE):
        post_note(station, mark=mark)
    drawn = chart(station.board)
    glyphs = drawn.split('class="glyphs" aria-hidden="true"')[1].split("</div>")[0]
    assert (glyphs.count('"#tick"'), glyphs.count('"#square"'), glyphs.count("<svg")) == (2, 1, 3)
    assert "2 agree, 1 challenge" in drawn
    assert f'href="{station.get_absolute_url()}"' in drawn


def test_a_difference_is_marked_and_explained(station: Station, post_note: Callable[..., Note]) -> None:
    post_note(station)
    assert "we keep both" not in chart(station.board)
    station.board.stations.update(stated_count=6)
    drawn = chart(station.board)
    assert '<span class="differs">6 stated, 1 counted</span>' in drawn
    assert "we keep both" in drawn


def test_many_notes_become_bars(station: Station, post_note: Callable[..., Note]) -> None:
    for _ in range(41):
        post_note(station)
    drawn = chart(station.board)
    assert "glyphs" not in drawn
    assert 'class="tally" aria-hidden="true"' in drawn
    assert "41 agree" in drawn


def test_a_board_without_stations_says_so(make_event: Callable[..., Event]) -> None:
    board = Board.objects.create(event=make_event(), slug="empty", name="Empty")
    assert "This board has no headings yet." in chart(board)


def test_an_event_counts_the_notes_of_all_its_boards(
    make_event: Callable[..., Event], make_board: Callable[..., Board],
    post_note: Callable[..., Note], dee: Viewer, django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    event = make_event()
    for slug in ("first", "second"):
        post_note(make_board(slug=slug, event=event).stations.get())
    note = post_note(event.activities.first().stations.get(), by=dee)
    withdraw_note(note, by=dee)
    make_board(event=make_event(slug="another"))
    with django_assert_num_queries(1):
        tally = event_tally(event, ANYBODY)
    assert (tally.total, tally.withdrawn) == (2, 1)


def test_the_notes_of_a_draft_are_counted_for_nobody_else(
    make_event: Callable[..., Event], make_board: Callable[..., Board],
    post_note: Callable[..., Note], ada: Viewer, ben: Viewer,
) -> None:  # fmt: skip
    event = make_event(status=Event.Status.DRAFT)
    post_note(make_board(event=event).stations.get())
    assert [event_tally(event, viewer).total for viewer in (ada, ben, ANYBODY)] == [1, 0, 0]
