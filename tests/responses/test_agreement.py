"""What independent readings agree on: equal words do, equal gaps never."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.models import Mark, Reading, TextState
from responses.readings.agreement import (
    GAP,
    MOST_COMPARED,
    Agreement,
    agreement_of,
    alike,
    key_of,
    likeness,
)
from responses.transcription import read_markup, text_state_of
from tests.responses.test_transcript_properties import NOTE

PHOTO, AUTHOR, RECORD = (
    Reading.Witness.PHOTO,
    Reading.Witness.AUTHOR,
    Reading.Witness.IMPORTED_RECORD,
)


@dataclass(frozen=True)
class Said:
    number: int
    token: str
    text: str
    text_state: str = TextState.READ
    mark: str = Mark.TICK
    witness: str = PHOTO
    reader_id: int | None = None
    is_independent: bool = True


def agreed(*texts: str) -> Agreement:
    """What as many readers as there are texts agree on."""
    return agreement_of([said(number, text) for number, text in enumerate(texts, 1)])


def said(number: int, text: str, token: str = "", **facts: str | bool) -> Said:
    state = facts.pop("text_state", text_state_of(read_markup(text, imported=False)))
    return Said(number, token or f"reader {number}", text, state, **facts)


def test_what_readers_type_in_different_ways_is_the_same() -> None:
    same = [
        "“Say who decides” – and don’t stop.",
        '"say  who decides" -\nand don\'t stop',
        "«Say who *decides*» [note: underlined] — and don‘t stop.",
        "“ＳＡＹ who decides” − and don´t stop",
    ]
    assert len(set(map(key_of, same))) == 1


def test_struck_words_tell_readings_apart_and_an_insertion_does_not() -> None:
    assert key_of("~~old~~ new") != key_of("old new")
    assert key_of("a [inserted: b] c") == key_of("a b c")
    assert key_of("[budget?] line") == key_of("budget line")
    assert key_of("up [drawing: arrow]") == key_of("up [drawing: an arrow that points up]")


def test_dots_on_the_paper_are_not_a_full_stop() -> None:
    assert key_of("and so on...") == "and so on..."
    assert key_of("and so on.") == "and so on"


def test_two_readers_who_say_the_same_make_it_ready() -> None:
    assert agreed("Say who decides.", "say who decides").is_ready
    assert not agreed("Say who decides.").is_ready
    assert not agreed("Say who decides.", "Say who decided.").is_ready


def test_equal_gaps_never_agree() -> None:
    for text in ("Say [...] decides", "[illegible]", "[2 words]", "x [removed: a name]"):
        outcome = agreed(text, text, text)
        assert (outcome.equal, outcome.is_ready, outcome.best) == (0, False, None), text
        assert likeness(text, text) < 1, text


def test_the_same_reader_counts_once_with_the_newest() -> None:
    both = [said(1, "one", "a"), said(2, "one", "a")]
    assert agreement_of(both).readers == 1
    assert not agreement_of(both).is_ready
    changed = [said(1, "one", "a"), said(2, "one", "b"), said(3, "two", "b")]
    assert not agreement_of(changed).is_ready


def test_readers_who_were_forgotten_count_as_one() -> None:
    unknown = [Said(number, "", "one") for number in (1, 2)]
    assert agreement_of(unknown).readers == 1
    known = [Said(1, "", "one", reader_id=1), Said(2, "", "one", reader_id=2)]
    assert agreement_of(known).is_ready


def test_neither_the_record_nor_the_writer_is_a_reader() -> None:
    others = [said(1, "one", witness=RECORD), said(2, "one", witness=AUTHOR), said(3, "one")]
    assert agreement_of(others).readers == 1


def test_a_mark_without_words_and_a_drawing_can_be_agreed_on() -> None:
    for state in (TextState.NO_TEXT, TextState.DRAWING):
        two = [said(1, "", text_state=state), said(2, "", text_state=state)]
        assert agreement_of(two).is_ready, state
    mixed = [said(1, "", text_state=TextState.NO_TEXT), said(2, "[drawing: x]")]
    assert not agreement_of(mixed).is_ready


def test_marks_are_compared_apart() -> None:
    outcome = agreement_of([said(1, "one", mark=Mark.TICK), said(2, "one", mark=Mark.HEART)])
    assert outcome.is_ready
    assert outcome.mark == ""
    unseen = agreement_of([said(1, "one", mark=Mark.TICK), said(2, "one", mark=Mark.NOT_RECORDED)])
    assert unseen.mark == Mark.TICK


def test_the_best_reading_is_the_newest_of_the_most() -> None:
    outcome = agreed("one", "two", "One.", "two", "two")
    assert (outcome.equal, outcome.best.number) == (3, 5)


def test_a_sure_word_is_better_than_a_newer_guess_at_it() -> None:
    outcome = agreed("say who", "[say?] who", "Say who", "[say?] [who?]")
    assert (outcome.equal, outcome.best.number) == (4, 3)


def test_it_is_hard_when_three_differ_and_at_five_at_the_latest() -> None:
    assert agreed("rivers run", "quite another", "nothing alike").is_hard
    assert not agreed("rivers run", "quite another").is_hard
    assert not agreed("Say who decides", "Say who decided", "Say who decide").is_hard
    alike_and_never_equal = ["Say who decides it", "Say who decides if", "Say who decides is"]
    assert not agreed(*alike_and_never_equal, "Say who decides in").is_hard
    assert agreed(*alike_and_never_equal, "Say who decides in", "Say who decides at").is_hard
    assert not agreed("one", "one", "x", "y", "z").is_hard


def test_long_readings_are_compared_by_their_words() -> None:
    one, other = "ab " * 330, "ba " * 330
    assert len(one) * len(other) > MOST_COMPARED
    assert alike(one, other) == 0


def test_a_crowd_of_readers_is_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("responses.readings.agreement.alike", lambda *pair: asked.append(pair) or 0.0)
    assert agreed(*(f"word {number}" for number in range(200))).is_hard
    assert len(asked) == 28


@given(NOTE, NOTE)
def test_likeness_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(NOTE)
def test_a_reading_is_like_itself_where_it_has_no_gap(text: str) -> None:
    assert (likeness(text, text) == 1) == (GAP not in key_of(text))


@given(NOTE)
def test_capitals_spaces_and_line_breaks_do_not_tell_readings_apart(text: str) -> None:
    assert key_of(f"  {text}\n ") == key_of(text)


@given(st.lists(st.tuples(st.sampled_from("abc"), NOTE), max_size=6))
def test_agreement_keeps_its_bounds(pairs: list[tuple[str, str]]) -> None:
    readings = [said(number, text, token) for number, (token, text) in enumerate(pairs, 1)]
    outcome = agreement_of(readings)
    assert outcome.readers == len({token for token, _ in pairs})
    assert 0 <= outcome.equal <= outcome.readers
    assert not (outcome.is_ready and outcome.is_hard)
    assert (outcome.best is None) == (outcome.equal == 0)
    # In which order they come from the database makes no difference.
    assert agreement_of(reversed(readings)) == outcome


def test_who_agrees_after_seeing_another_reading_makes_nothing_ready() -> None:
    one, seen = said(1, "Say who decides."), said(3, "Say who decides.", is_independent=False)
    both = agreement_of([one, seen])
    assert (both.equal, both.independent, both.is_ready) == (2, 1, False)
    assert agreement_of([one, seen, said(4, "Say who decides.")]).is_ready
