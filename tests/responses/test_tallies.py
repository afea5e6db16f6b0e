from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.guests import Viewer
from responses.board import take_back_mark, withdraw_note
from responses.models import Board, Mark, Note, Origin, Station, TextState
from responses.tallies import Row, Tally, tallies_by, tallies_by_station, tally_of, tally_of_board

COUNTS = st.dictionaries(st.sampled_from(Mark.values), st.integers(0, 300))


@given(counts=COUNTS)
def test_the_five_bars_add_up_to_the_total_and_are_always_all_there(counts: dict[str, int]) -> None:
    tally = Tally(marks=Counter(counts))
    assert [row.mark for row in tally.rows] == Mark.values
    assert sum(row.count for row in tally.rows) == tally.total
    assert tally.most >= max(1, *(row.count for row in tally.rows))


@given(count=st.integers(0, 500), more=st.integers(0, 500))
def test_a_share_is_rounded_half_up_and_missing_without_notes(count: int, more: int) -> None:
    share = Row("tick", "Agree", count, count + more).percent
    if count + more == 0:
        assert share is None
    else:
        assert abs(share - 100 * count / (count + more)) <= 0.5
    assert Row("tick", "Agree", 1, 8).percent == 13


@given(first=COUNTS, second=COUNTS)
def test_tallies_add_up(first: dict[str, int], second: dict[str, int]) -> None:
    tally, other = Tally(marks=Counter(first)), Tally(marks=Counter(second), withdrawn=2)
    total = tally.total + other.total
    tally.add(other)
    assert (tally.total, tally.withdrawn) == (total, 2)


@pytest.mark.parametrize(("stated", "differs"), [(None, False), (2, False), (3, True), (0, True)])
def test_a_stated_number_differs_only_where_one_is_stated(stated: int | None, differs: bool) -> None:
    assert Tally(marks=Counter(tick=2), stated=stated).differs is differs


def test_every_note_counts_also_without_words_and_without_consent(
    station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station)
    post_note(station, "", mark=Mark.SQUARE)
    post_note(station, "Not for the record.", mark=Mark.HEART, public=False, research=False)
    tally = tally_of_board(station.board)
    assert tally.marks == {"tick": 1, "square": 1, "heart": 1}
    assert tally.text_states == {TextState.READ: 2, TextState.NO_TEXT: 1}
    assert tally.origins == {Origin.OWN_DEVICE: 3}


def test_a_withdrawn_note_is_counted_apart_and_a_mark_taken_back_not_at_all(
    station: Station, post_note: Callable[..., Note], dee: Viewer
) -> None:
    post_note(station)
    withdraw_note(post_note(station, by=dee), by=dee)
    take_back_mark(post_note(station, "", by=dee), by=dee)
    tally = tally_of_board(station.board)
    assert (tally.total, tally.withdrawn, tally.marks["tick"]) == (1, 1, 1)


def test_stations_are_counted_in_one_query_and_their_stated_number_is_kept(
    make_board: Callable[..., Board], post_note: Callable[..., Note], django_assert_num_queries: Callable
) -> None:
    board = make_board("Power", "Time", "Care")
    board.stations.filter(heading="Time").update(stated_count=6)
    power, time, care = board.stations.all()
    post_note(power), post_note(time), post_note(time, mark=Mark.BUBBLE)
    with django_assert_num_queries(1):
        tallies = tallies_by_station([power, time, care])
    assert [tallies[s.pk].total for s in (power, time, care)] == [1, 2, 0]
    assert [tallies[s.pk].stated for s in (power, time, care)] == [None, 6, None]
    assert tallies[time.pk].differs


def test_notes_counted_apart_add_up_to_all_of_them(
    make_board: Callable[..., Board], post_note: Callable[..., Note], django_assert_num_queries: Callable
) -> None:
    for station in make_board("Power", "Time").stations.all():
        post_note(station), post_note(station, mark=Mark.SQUARE)
    notes = Note.objects.order_by("-number")
    with django_assert_num_queries(1):
        apart = tallies_by(notes, "station")
    assert [tally.total for tally in apart.values()] == [2, 2]
    assert tally_of(notes).total == 4
