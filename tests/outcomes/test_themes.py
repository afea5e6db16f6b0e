"""Themes: signed, reversible, side by side, and never a change to a note."""

from collections.abc import Callable

import pytest
from django.core.serializers import serialize
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from outcomes.groupings import groupings_of, loose_notes, theme_shown
from outcomes.models import Theme, ThemeNote
from outcomes.themes import (
    copy_theme,
    dissolve_theme,
    edit_theme,
    make_theme,
    put_in,
    restore_theme,
    take_out,
)
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(station: Station, post_note: Callable[..., Note]) -> list[Note]:
    marks = (Mark.TICK, Mark.SQUARE, Mark.HEART)
    return [post_note(station, f"Note {n}.", mark=mark) for n, mark in enumerate(marks)]


@pytest.fixture
def fen(notes: list[Note], facilitator: Viewer) -> Viewer:
    """Fen facilitates the event, and groups otherwise than Ada."""
    return facilitator


def held(theme: Theme) -> set[Note]:
    return set(theme.notes.all())


def test_a_theme_is_signed_and_holds_its_notes(board: Board, notes: list[Note], ada: Viewer) -> None:
    theme = make_theme(board.event, "  Who\tholds the pen ", by=ada, about="Who writes.", notes=notes[:2])
    assert (theme.name, theme.about, theme.author) == ("Who holds the pen", "Who writes.", ada.person)
    assert held(theme) == set(notes[:2])


def test_a_note_stands_in_several_themes_of_several_people(
    board: Board, notes: list[Note], ada: Viewer, fen: Viewer
) -> None:
    themes = [
        make_theme(board.event, name, by=by, notes=notes[:1])
        for name, by in (("Pen", ada), ("Paper", ada), ("Pen", fen))
    ]
    assert set(notes[0].themes.all()) == set(themes)
    assert [grouping.author for grouping in groupings_of(board.event, ANYBODY)] == [ada.person, fen.person]


def test_nothing_done_to_a_theme_touches_a_note(board: Board, notes: list[Note], ada: Viewer) -> None:
    before = serialize("json", Note.objects.order_by("pk")), board.changes.count()
    theme = make_theme(board.event, "Pen", by=ada, notes=notes)
    take_out(theme, notes[:1], by=ada)
    put_in(theme, notes, by=ada)
    dissolve_theme(theme, by=ada)
    restore_theme(theme, by=ada)
    assert (serialize("json", Note.objects.order_by("pk")), board.changes.count()) == before


def test_a_form_pressed_twice_makes_one_theme(board: Board, notes: list[Note], ada: Viewer) -> None:
    first = make_theme(board.event, "Pen", by=ada, notes=notes[:1])
    assert make_theme(board.event, "pen", by=ada, notes=notes[:1]) == first
    with pytest.raises(Refused, match="“Pen” here already"):
        make_theme(board.event, "Pen", by=ada, notes=notes)
    assert Theme.objects.count() == 1


def test_what_is_in_already_is_not_put_in_again(board: Board, notes: list[Note], ada: Viewer) -> None:
    theme = make_theme(board.event, "Pen", by=ada, notes=notes[:1])
    assert [put_in(theme, notes, by=ada), put_in(theme, notes, by=ada)] == [2, 0]
    assert [take_out(theme, notes[:2], by=ada), take_out(theme, notes[:2], by=ada)] == [2, 0]
    assert held(theme) == {notes[2]}


def test_only_those_who_facilitate_group(
    board: Board, notes: list[Note], ben: Viewer, moderator: Viewer
) -> None:
    for by in (ANYBODY, ben, moderator):
        with pytest.raises(Refused):
            make_theme(board.event, "Pen", by=by, notes=notes)
    assert not Theme.objects.exists()


@pytest.mark.parametrize("act", [edit_theme, put_in, take_out, dissolve_theme, restore_theme])
def test_nobody_but_its_author_changes_a_theme(
    board: Board, notes: list[Note], ada: Viewer, fen: Viewer, steward: Viewer, act: Callable
) -> None:
    theme = make_theme(board.event, "Pen", by=ada, notes=notes[:2])
    if act is restore_theme:
        dissolve_theme(theme, by=ada)
    more = {edit_theme: ["Paper"], put_in: [notes], take_out: [notes]}.get(act, [])
    state, rows = serialize("json", Theme.objects.all()), serialize("json", ThemeNote.objects.all())
    for by in (fen, steward, ANYBODY):
        with pytest.raises(Refused, match="changed by whoever made it"):
            act(theme, *more, by=by)
    assert serialize("json", Theme.objects.all()) == state
    assert serialize("json", ThemeNote.objects.all()) == rows


def test_whoever_facilitates_no_more_changes_no_more(board: Board, notes: list[Note], fen: Viewer) -> None:
    theme = make_theme(board.event, "Pen", by=fen, notes=notes)
    fen.person.appointments.all().delete()
    with pytest.raises(Refused, match="Only those who facilitate"):
        put_in(theme, notes, by=Viewer(person=type(fen.person).objects.get(pk=fen.person.pk)))


def test_somebody_elses_theme_becomes_ones_own(
    board: Board, notes: list[Note], ada: Viewer, fen: Viewer
) -> None:
    first = make_theme(board.event, "Pen", by=ada, about="Who writes.", notes=notes[:2])
    own = copy_theme(first, by=fen)
    assert (own.name, own.about, own.author, held(own)) == ("Pen", "Who writes.", fen.person, held(first))
    take_out(own, notes[:1], by=fen)
    assert held(first) == set(notes[:2])


def test_a_theme_taken_apart_comes_back_as_it_was(board: Board, notes: list[Note], ada: Viewer) -> None:
    theme = make_theme(board.event, "Pen", by=ada, notes=notes[:2])
    dissolve_theme(theme, by=ada)
    assert groupings_of(board.event, ANYBODY) == []
    with pytest.raises(Refused, match="taken apart"):
        put_in(theme, notes, by=ada)
    restore_theme(theme, by=ada)
    assert [held(grouped.theme) for grouped in groupings_of(board.event, ANYBODY)[0].themes] == [
        set(notes[:2])
    ]


def test_a_name_taken_meanwhile_keeps_a_theme_apart(board: Board, notes: list[Note], ada: Viewer) -> None:
    theme = make_theme(board.event, "Pen", by=ada, notes=notes[:2])
    dissolve_theme(theme, by=ada)
    make_theme(board.event, "Pen", by=ada, notes=notes[2:])
    with pytest.raises(Refused, match="here already"):
        restore_theme(theme, by=ada)


def test_the_trace_keeps_which_notes_were_in_it_and_no_words(
    board: Board, notes: list[Note], ada: Viewer
) -> None:
    theme = make_theme(board.event, "Pensive larks", by=ada, notes=notes)
    take_out(theme, notes[:1], by=ada)
    acts = Act.objects.filter(subject=theme.identifier).order_by("pk")
    assert [act.verb for act in acts] == ["theme_made", "notes_put_in", "notes_taken_out"]
    assert acts[2].why == f"Notes {notes[0].identifier}"
    assert not any("Pensive" in act.why or "Note 0" in act.why for act in acts)


def test_a_trace_of_many_notes_is_never_too_long(
    board: Board, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    many = [post_note(station, f"Note {n}") for n in range(41)]
    theme = make_theme(board.event, "Pen", by=ada, notes=many)
    lines = Act.objects.filter(subject=theme.identifier, verb="notes_put_in").values_list("why", flat=True)
    assert sum(note.identifier in line for note in many for line in lines) == 41


def test_a_note_of_another_event_is_refused(
    board: Board,
    notes: list[Note],
    make_board: Callable,
    make_event: Callable,
    post_note: Callable,
    ada: Viewer,
) -> None:
    elsewhere = make_board(event=make_event("other-day"), slug="other")
    stray = post_note(elsewhere.stations.get(), "Elsewhere.")
    with pytest.raises(Refused, match="not on a wall of this event"):
        make_theme(board.event, "Pen", by=ada, notes=[*notes, stray])
    assert not Theme.objects.exists()


def test_what_is_hidden_or_withdrawn_is_refused(
    board: Board, notes: list[Note], ada: Viewer, ben: Viewer
) -> None:
    withdraw_note(notes[0], by=ben)
    hide_note(notes[1], "It names somebody.", by=ada)
    for gone in notes[:2]:
        with pytest.raises(Refused):
            make_theme(board.event, "Pen", by=ada, notes=[gone])


def test_a_withdrawn_note_is_gone_from_each_of_its_themes(
    board: Board, notes: list[Note], ada: Viewer, fen: Viewer, ben: Viewer
) -> None:
    themes = [make_theme(board.event, "Pen", by=by, notes=notes) for by in (ada, fen)]
    withdraw_note(notes[0], by=ben)
    for theme in themes:
        shown = theme_shown(theme, ada, "1")
        assert notes[0] not in list(shown.page)
        assert (shown.tally.total, shown.tally.withdrawn, shown.agreement) == (2, 1, None)
    for grouping in groupings_of(board.event, ada):
        assert [(one.tally.total, one.tally.withdrawn) for one in grouping.themes] == [(2, 1)]


def test_a_note_kept_to_its_board_counts_and_is_not_shown(
    board: Board, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    kept, open_ = post_note(station, "Kept.", public=False), post_note(station, "Open.")
    theme = make_theme(board.event, "Pen", by=ada, notes=[kept, open_])
    public, own = theme_shown(theme, ANYBODY, "1"), theme_shown(theme, ada, "1")
    assert ([*public.page], public.kept, public.tally.total) == ([open_], 1, 2)
    assert ([*own.page], own.kept) == ([kept, open_], 0)


def test_what_one_groups_and_another_does_not_is_counted(
    board: Board, notes: list[Note], ada: Viewer, fen: Viewer
) -> None:
    make_theme(board.event, "Pen", by=ada, notes=notes[:2])
    make_theme(board.event, "Paper", by=fen, notes=notes[1:])
    of_ada, of_fen = groupings_of(board.event, ANYBODY)
    assert [of_ada.themes[0].only_here, of_fen.themes[0].only_here] == [1, 1]
    assert loose_notes(board.event, ANYBODY).number == 0


def test_a_theme_taken_apart_leaves_its_notes_in_no_theme(
    board: Board, notes: list[Note], ada: Viewer
) -> None:
    theme = make_theme(board.event, "Pen", by=ada, notes=notes[:2])
    assert loose_notes(board.event, ANYBODY).number == 1
    dissolve_theme(theme, by=ada)
    loose = loose_notes(board.event, ANYBODY)
    assert (loose.number, set(loose.shown)) == (3, set(notes))


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 2))), max_size=6))
@tries(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_goes_in_and_out_the_notes_are_grouped_or_loose(
    board: Board, notes: list[Note], ada: Viewer, steps: list[tuple[bool, set[int]]]
) -> None:
    Theme.objects.all().delete()
    theme, expected = make_theme(board.event, "Pen", by=ada), set()
    for goes_in, chosen in steps:
        (put_in if goes_in else take_out)(theme, [notes[n] for n in chosen], by=ada)
        expected = expected | chosen if goes_in else expected - chosen
    assert held(theme) == {notes[n] for n in expected}
    assert loose_notes(board.event, ANYBODY).number == len(notes) - len(expected)
