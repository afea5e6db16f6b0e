"""The crosswalk: three kinds of evidence, each of them shown, none of them guessed."""

from collections.abc import Callable

import pytest

from outcomes.crosswalk import Cell, crosswalk, goes_with, pairs_of_sets
from outcomes.ties import say_no_tie, tie, untie
from people.guests import ANYBODY, Viewer
from principles.models import Principle, PrincipleSet
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note

Pair = tuple[PrincipleSet, PrincipleSet]


@pytest.fixture
def sets(make_set: Callable) -> Pair:
    """Lanterns: Power, Time. Kites: Iterative, Open."""
    return make_set("Power", "Time"), make_set("Iterative", "Open", slug="kites", name="Kites")


@pytest.fixture
def power(sets: Pair, station: Station) -> Station:
    """A station that asks about Power alone."""
    station.pairings.create(principle=principle("power"))
    return station


def principle(slug: str) -> Principle:
    return Principle.objects.get(slug=slug)


def told(sets: Pair, viewer: Viewer = ANYBODY) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each pair with evidence how many sheets, notes and ties it has."""
    return {
        (cell.one.name, cell.other.name): (len(cell.sheets), len(cell.named), len(cell.ties))
        for cell in crosswalk(*sets, viewer).cells
    }


def test_a_heading_that_asks_about_two_ties_them(sets: Pair, power: Station) -> None:
    power.pairings.create(principle=principle("open"))
    assert told(sets) == {("Power", "Open"): (1, 0, 0)}
    assert crosswalk(*sets, ANYBODY).cells[0].sheets == [power]


def test_a_note_that_links_to_another_principle_ties_them(
    sets: Pair, power: Station, post_note: Callable
) -> None:
    post_note(power, "Links to iterative and open.")
    post_note(power, "Iterative is a long word.")
    assert told(sets) == {("Power", "Iterative"): (0, 1, 0), ("Power", "Open"): (0, 1, 0)}


def test_a_note_pinned_to_a_wording_answers_its_principle_too(
    sets: Pair, station: Station, post_note: Callable
) -> None:
    note = post_note(station, "Same as iterative?")
    note.wordings.add(principle("time").current_wording)
    assert told(sets) == {("Time", "Iterative"): (0, 1, 0)}


def test_a_signed_tie_stands_until_it_is_taken_back(sets: Pair, ada: Viewer) -> None:
    signed = tie(principle("open"), principle("time"), "Both take time.", by=ada)
    assert told(sets) == {("Time", "Open"): (0, 0, 1)}
    untie(signed, by=ada)
    assert told(sets) == {}


def test_the_crosswalk_is_the_same_from_both_sides(sets: Pair, power: Station, post_note: Callable) -> None:
    post_note(power, "Links to iterative.")
    one, other = crosswalk(*sets, ANYBODY), crosswalk(*reversed(sets), ANYBODY)
    turned = {(column, row): cell and cell.anchor for row, column, cell in by_place(other)}
    assert {(row, column): cell and cell.anchor for row, column, cell in by_place(one)} == turned
    assert one.pieces == other.pieces == 1


def by_place(walk: object) -> list[tuple[Principle, Principle, Cell | None]]:
    return [
        (row, column, cell)
        for row, cells in walk.rows
        for column, cell in zip(walk.columns, cells, strict=True)
    ]


def test_a_set_stands_beside_itself(make_set: Callable, station: Station, post_note: Callable) -> None:
    lanterns = make_set("Power", "Time")
    station.pairings.create(principle=principle("power"))
    post_note(station, "Goes with time.")
    post_note(station, "Links to power.")
    walk = crosswalk(lanterns, lanterns, ANYBODY)
    assert [cell.total for cell in walk.cells] == [1]
    assert {bool(cell) for row, column, cell in by_place(walk) if row == column} == {False}
    assert sum(bool(cell) for _, _, cell in by_place(walk)) == 2


def test_a_name_of_two_sets_is_shown_as_such(
    make_set: Callable, power: Station, sets: Pair, post_note: Callable
) -> None:
    stars = make_set("Iterative", slug="stars", name="Stars")
    post_note(power, "Links to iterative.")
    cell = next(cell for cell in goes_with(principle("power"), ANYBODY) if cell.other.set == stars)
    assert [other.set.name for other in cell.named[0].others] == ["Kites"]


def test_a_note_under_a_heading_without_principles_is_in_no_cell(
    sets: Pair, station: Station, post_note: Callable
) -> None:
    note = post_note(station, "Same as iterative?")
    walk = crosswalk(*sets, ANYBODY)
    assert walk.cells == []
    assert [(named.note, named.names.name) for named in walk.loose] == [(note, "Iterative")]


def test_a_note_that_does_not_mean_it_is_listed_apart(
    sets: Pair, power: Station, post_note: Callable, ada: Viewer
) -> None:
    note = post_note(power, "Links to iterative and open.")
    say_no_tie(note, principle("open"), "It means an open door.", by=ada)
    assert told(sets) == {("Power", "Iterative"): (0, 1, 0)}
    assert [said.why for said in crosswalk(*sets, ANYBODY).unmeant] == ["It means an open door."]


def test_nothing_withdrawn_hidden_or_kept_is_evidence(
    sets: Pair, power: Station, post_note: Callable, ben: Viewer, dee: Viewer
) -> None:
    withdraw_note(post_note(power, "Links to iterative.", by=dee), by=dee)
    hide_note(post_note(power, "Links to open, says Kit."), "It names somebody.", by=None)
    post_note(power, "Same as open.", by=ben, public=False)
    assert told(sets) == {}
    assert told(sets, ben) == {("Power", "Open"): (0, 1, 0)}


def test_a_heading_of_a_draft_shows_to_those_who_run_it_alone(
    sets: Pair, make_event: Callable, make_board: Callable[..., Board], ada: Viewer
) -> None:
    station = make_board(event=make_event("hidden-day", status="draft")).stations.get()
    for slug in ("power", "open"):
        station.pairings.create(principle=principle(slug))
    assert told(sets) == {}
    assert told(sets, ada) == {("Power", "Open"): (1, 0, 0)}


def test_the_sets_with_most_evidence_come_first(sets: Pair, power: Station, ada: Viewer) -> None:
    for slug in ("time", "open", "iterative"):
        power.pairings.create(principle=principle(slug))
    found = [(pair.one.name, pair.other.name, pair.cells, pair.pieces) for pair in pairs_of_sets(ANYBODY)]
    assert found == [("Kites", "Lanterns", 4, 4), ("Kites", "Kites", 1, 1), ("Lanterns", "Lanterns", 1, 1)]


@pytest.mark.parametrize("several", [1, 3])
def test_the_crosswalk_asks_the_same_number_of_questions_for_one_piece_and_for_three(
    sets: Pair, power: Station, post_note: Callable, ada: Viewer, make_helper: Callable,
    django_assert_num_queries: Callable, several: int,
) -> None:  # fmt: skip
    for slug in ("open", "iterative", "time")[:several]:
        power.pairings.create(principle=principle(slug))
        post_note(power, f"Links to {slug}.", mark=Mark.BUBBLE)
        tie(principle("power"), principle(slug), "They meet.", by=ada)
    with django_assert_num_queries(7):
        crosswalk(*sets, ANYBODY)
    about = principle("power")
    with django_assert_num_queries(7):
        goes_with(about, ANYBODY)
    assert Note.objects.count() == several
