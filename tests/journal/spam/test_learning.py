"""Words learned from decisions: they sort the queue, can be unlearned, and give no text back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.models import LearnedWord
from journal.spam.learning import ENOUGH, learn, likeness, telling_words, unlearn, words_of

pytestmark = pytest.mark.django_db
SPAM, HAM = "cheap sofas cheap prices shop today", "the room was warm and everybody spoke"


def teach(times: int = ENOUGH) -> None:
    for _ in range(times):
        learn(SPAM, as_spam=True)
        learn(HAM, as_spam=False)


def test_before_enough_is_known_only_the_rules_count() -> None:
    teach(ENOUGH - 1)
    assert likeness(SPAM) == likeness(HAM) < likeness(HAM, 1) < likeness(HAM, 3)


def test_what_was_removed_is_told_from_what_was_shown() -> None:
    teach()
    assert likeness("cheap shop sofas") > 0.9
    assert likeness("everybody was warm") < 0.05
    assert telling_words("cheap sofas in the room") == ["cheap", "sofas"]


def test_no_heap_of_words_outweighs_the_rules() -> None:
    teach()
    learn(" ".join(f"honest{chr(97 + n)}{chr(97 + m)}" for n in range(20) for m in range(20)), as_spam=False)
    assert likeness("everybody was warm and the room spoke", 5) > 0.5


def test_unlearning_leaves_what_was_before() -> None:
    teach()
    before = list(LearnedWord.objects.order_by("word").values_list("word", "removed", "shown"))
    learn(SPAM + " once", as_spam=True)
    unlearn(SPAM + " once", as_spam=True)
    after = LearnedWord.objects.exclude(removed=0, shown=0).order_by("word")
    assert list(after.values_list("word", "removed", "shown")) == before


def test_no_count_falls_below_nought() -> None:
    unlearn(HAM, as_spam=False)
    learn(HAM, as_spam=True)
    unlearn(HAM, as_spam=False)
    assert set(LearnedWord.objects.values_list("shown", flat=True)) == {0}


def test_a_word_counts_once_for_each_text() -> None:
    learn("sofas sofas SOFAS", as_spam=True)
    assert LearnedWord.objects.get(word="sofas").removed == LearnedWord.objects.get(word="").removed == 1


def test_no_number_and_no_address_is_learned() -> None:
    learn("write to x9@pebbles.example or 0161 496 0000", as_spam=True)
    assert set(LearnedWord.objects.values_list("word", flat=True)) == {"", "write", "pebbles", "example"}


@given(st.text(max_size=200))
def test_whatever_was_typed_can_be_cut_into_words(text: str) -> None:
    assert all(0 < len(word) <= 40 and word.isalpha() for word in words_of(text) if word.isascii())
