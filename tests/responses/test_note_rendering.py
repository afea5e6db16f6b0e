"""A note drawn by the function is the note drawn by the template, whatever it holds."""

from itertools import product

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from responses.models import Board, Mark, Note, Origin, Station, TextState
from responses.note_card import note_card

LANGUAGES = ["en", "cy"]
KINDS = list(product(Mark.values, TextState.values, Origin.values))
words = st.text(max_size=60).filter(lambda text: "\0" not in text)


def a_note(mark: str, state: str, origin: str, text: str = "Say <who> decides.\nThen act.") -> Note:
    board = Board(slug="wall", name="The wall")
    station = Station(board=board, heading="Power", code="P&1", position=1)
    return Note(
        board=board, station=station, number=7, mark=mark, text_state=state, origin=origin,
        text=text, signed="B & <n>",
    )  # fmt: skip


def drawn_by_template(note: Note, **context: object) -> str:
    return render_to_string("responses/note.html", {"note": note} | context)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [False, True], ids=["unnamed", "named"])
@pytest.mark.parametrize("no_anchor", [False, True], ids=["anchored", "loose"])
def test_every_kind_of_note_reads_as_the_template_draws_it(
    language: str, named: bool, no_anchor: bool
) -> None:
    context = {"named": named, "no_anchor": no_anchor}
    with translation.override(language):
        for kind in KINDS:
            note = a_note(*kind)
            assert note_card(note, **context) == drawn_by_template(note, **context), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", [{"is_mine": True}, {"withheld": True}, {"is_mine": True, "withheld": True}])
def test_what_a_reader_adds_to_a_note_reads_the_same(language: str, fact: dict[str, bool]) -> None:
    with translation.override(language):
        for kind in KINDS:
            note = a_note(*kind)
            vars(note).update(fact)
            assert note_card(note, named=True) == drawn_by_template(note, named=True), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [None, 0, 1, 2, 1234])
def test_the_number_of_readings_reads_the_same(language: str, number: int | None) -> None:
    note = a_note(Mark.TICK, TextState.ILLEGIBLE, Origin.PAPER, "")
    note.reading_count = number
    with translation.override(language):
        assert note_card(note) == drawn_by_template(note)


@given(text=words, signed=words, code=words, kind=st.sampled_from(KINDS), language=st.sampled_from(LANGUAGES))
def test_no_words_read_differently(
    text: str, signed: str, code: str, kind: tuple[str, str, str], language: str
) -> None:
    note = a_note(*kind, text=text)
    note.signed, note.station.code = signed, code
    with translation.override(language):
        assert note_card(note, named=True) == drawn_by_template(note, named=True)


def test_what_was_drawn_in_one_language_is_not_shown_in_another() -> None:
    note = a_note(Mark.TICK, TextState.READ, Origin.OWN_DEVICE)
    with translation.override("cy"):
        welsh = note_card(note)
    with translation.override("en"):
        assert note_card(note) != welsh
