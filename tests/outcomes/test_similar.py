"""Notes that read like others: found by their letters, offered, and never applied."""

from collections.abc import Callable

import pytest
from django.core.serializers import serialize
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from outcomes.models import Theme, ThemeNote
from outcomes.similar import MOST_SOURCES, notes_like
from outcomes.themes import make_theme
from people.guests import ANYBODY, Viewer
from people.models import Act
from responses.board import withdraw_note
from responses.models import Board, Note, Station, TextState
from tests.paper import paper_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(station: Station, post_note: Callable[..., Note]) -> Callable[..., Note]:
    return lambda words, **more: post_note(station, words, **more)


def like(words_or_notes: str | list[Note], board: Board, viewer: Viewer = ANYBODY) -> list[Note]:
    return [note for note, _ in notes_like(words_or_notes, board.event, viewer)]


def test_a_note_with_a_slip_of_the_pen_is_found(board: Board, said: Callable[..., Note]) -> None:
    near = said("Put the budgit on the wall")
    said("Childcare.")
    assert like("budget", board) == [near]
    assert like([said("The budget on a wall, please")], board) == [near]


def test_small_words_alone_are_no_likeness(board: Board, said: Callable[..., Note]) -> None:
    first = said("It is not up to us what they do with it.")
    said("They should be there for all of us, and so on.")
    assert like([first], board) == []


def test_what_only_the_markup_says_is_no_likeness(board: Board, station: Station) -> None:
    one, other = (paper_note(station) for _ in range(2))
    for note, markup in ((one, "[3 words] [illegible] soup"), (other, "[3 words] [illegible] garden")):
        Note.objects.filter(pk=note.pk).update(text=markup, text_state=TextState.PARTLY)
    assert like([one], board) == []


def test_the_likest_comes_first_and_those_given_do_not_come_back(
    board: Board, said: Callable[..., Note]
) -> None:
    given = [said("Publish the budget early")]
    close, closer = said("A budget, published"), said("Publish the budget early on")
    found = notes_like(given, board.event, ANYBODY)
    assert [note for note, _ in found] == [closer, close]
    assert 1 >= found[0][1] > found[1][1] > 0


def test_words_of_nobody_else_are_offered(
    board: Board, said: Callable[..., Note], ada: Viewer, dee: Viewer
) -> None:
    source = said("Publish the budget")
    kept, gone = said("Publish the budgets", public=False), said("Publish a budget", by=dee)
    withdraw_note(gone, by=dee)
    assert like([source], board) == []
    assert like("budget", board) == [source]
    assert like([source], board, ada) == [kept]


def test_notes_of_other_events_are_not_offered(
    board: Board, said: Callable[..., Note], make_board: Callable, make_event: Callable, post_note: Callable
) -> None:
    source = said("Publish the budget")
    elsewhere = make_board(event=make_event("other-day"), slug="other")
    post_note(elsewhere.stations.get(), "Publish the budget")
    assert like([source], board) == []


def test_nothing_is_like_nothing(board: Board, said: Callable[..., Note]) -> None:
    wordless = said("")
    said("Publish the budget")
    for nothing in ("", "   ", "\0", [], [wordless]):
        assert like(nothing, board) == []


def test_many_notes_are_compared_by_those_that_say_most(board: Board, said: Callable[..., Note]) -> None:
    many = [said(f"{n} {chr(97 + n % 26) * 5}") for n in range(MOST_SOURCES + 3)]
    loud = said("Publish the whole budget before the meeting begins")
    near = said("Publish the whole budget before a meeting")
    assert like([*many, loud], board) == [near]


@given(words=st.text(max_size=60), most=st.integers(1, 5))
@tries(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_suggestions_never_write_and_never_fail(
    board: Board, station: Station, ada: Viewer, said: Callable[..., Note], words: str, most: int
) -> None:
    if not Note.objects.exists():
        make_theme(board.event, "Pen", by=ada, notes=[said("Publish the budget"), said("Bring soup")])
        said("Publish a budget")
    kinds = (Note, Theme, ThemeNote, Act)
    before = [serialize("json", kind.objects.order_by("pk")) for kind in kinds]
    assert len(notes_like(words, board.event, ada, most=most)) <= most
    assert notes_like(list(Theme.objects.get().notes.all()), board.event, ada, most=most)
    assert [serialize("json", kind.objects.order_by("pk")) for kind in kinds] == before
