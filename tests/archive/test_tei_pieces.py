"""Markup to TEI and back: nothing is lost on the way, whatever was typed."""

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.editions import pieces_of
from archive.tei import from_tei, to_tei
from archive.tei.pieces import NAMESPACE
from responses.models import Origin, TextState
from responses.transcription import Piece, read_markup, text_state_of, to_markup

TYPED = [
    "[no text]", "[illegible]", "[...]", "[...?]", "[3 words]", "[2 letters]", "[1 word?]", "p[...]",
    "[accountability?]", "[clear/dear?]", "~~word~~", "~~a [2 words] b~~", "[inserted: word]",
    "*influence*", "~~*both* [inserted: and]~~", "↑ ♥ £££", "[drawing: upward arrow]",
    "[note: written sideways]", "[removed: personal name]", "[sic]", "dots ... as dots",
    "one\ntwo\n\n three ", "  spaced   out  ", "\ttab", "a < b & c > d", "]]>",
    "<!-- no --> <?pi?> &amp;", "👩‍🏭 ❤️",
    "שלום עליכם \u202eabc\u202c", "bell \x07 here", "[drawing: a \x1b sign]", "[note: \x0b]",
    "[removed: \x02]", "[\x03?]", "\ufffe\uffff", "e\u0301", "[no text] [note: on the back too]",
]  # fmt: skip
MARKS = st.sampled_from(
    [*TYPED, "[", "]", "~~", "*", "[inserted: ", "/", "?", " ", "\n", "word", "\x01", "\r"]
)
NOTES = st.one_of(st.text(), st.lists(MARKS, max_size=12).map("".join))


def written(pieces: tuple[Piece, ...], state: str) -> Element:
    """An `ab` as another program reads it from the file."""
    element = Element("ab", {"xmlns": NAMESPACE.strip("{}"), "subtype": state})
    to_tei(() if state == TextState.NO_TEXT else pieces, element)
    return fromstring(tostring(element, encoding="utf-8"))


@pytest.mark.parametrize("markup", TYPED)
def test_every_state_comes_back_as_it_was_typed(markup: str) -> None:
    pieces = read_markup(markup, imported=False)
    assert from_tei(written(pieces, "")) == pieces
    assert to_markup(from_tei(written(pieces, ""))) == to_markup(pieces)


@given(NOTES)
def test_whatever_is_typed_comes_back(markup: str) -> None:
    pieces = read_markup(markup, imported=False)
    assert from_tei(written(pieces, "")) == pieces


@given(NOTES)
def test_whatever_is_imported_comes_back(markup: str) -> None:
    pieces = read_markup(markup, imported=True)
    assert from_tei(written(pieces, "")) == pieces


@given(NOTES)
def test_what_was_stored_of_it_comes_back(markup: str) -> None:
    """Stored as a note stores it: canonical markup, and nothing for a note without words."""
    pieces = read_markup(markup, imported=False)
    state = text_state_of(pieces)
    stored = "" if state == TextState.NO_TEXT else to_markup(pieces)
    kept = pieces_of(stored, state, Origin.PAPER)
    again = from_tei(written(kept, state))
    assert again == kept
    assert ("" if state == TextState.NO_TEXT else to_markup(again)) == stored


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_typed_words_are_never_taken_for_markup(words: str) -> None:
    pieces = pieces_of(words, TextState.READ, Origin.OWN_DEVICE)
    assert to_markup(from_tei(written(pieces, TextState.READ))) == words


def test_a_note_that_nobody_read_is_no_note_without_words() -> None:
    assert from_tei(written((), TextState.WAITING)) == ()
    assert to_markup(from_tei(written((), TextState.NO_TEXT))) == "[no text]"


def test_an_element_that_is_not_ours_is_refused() -> None:
    strange = fromstring(f'<ab xmlns="{NAMESPACE.strip("{}")}">Say <person>who</person></ab>')
    with pytest.raises(ValueError, match="person"):
        from_tei(strange)
