import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coproduce.identifiers import (
    ALPHABET,
    LENGTH,
    RECEIPT_LENGTH,
    check_character,
    from_digest,
    in_fours,
    is_plausible,
    new_identifier,
    tidy,
)

IDENTIFIERS = st.text(ALPHABET, min_size=1, max_size=RECEIPT_LENGTH - 1).map(
    lambda body: body + check_character(body)
)


def test_a_new_identifier_can_be_read_from_paper() -> None:
    for _ in range(200):
        identifier = new_identifier()
        assert len(identifier) == LENGTH
        assert is_plausible(identifier)
        assert not re.search(r"[aeiouyl]", identifier)


def test_new_identifiers_are_not_guessed_from_one_another() -> None:
    assert len({new_identifier() for _ in range(2000)}) == 2000


@given(identifier=IDENTIFIERS, at=st.integers(0, RECEIPT_LENGTH), wrong=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(identifier: str, at: int, wrong: str) -> None:
    at %= len(identifier)
    assume(identifier[at] != wrong)
    assert not is_plausible(identifier[:at] + wrong + identifier[at + 1 :])


@given(identifier=IDENTIFIERS, at=st.integers(0, RECEIPT_LENGTH))
def test_two_swapped_neighbours_are_noticed(identifier: str, at: int) -> None:
    at %= len(identifier) - 1
    before, one, other, after = identifier[:at], identifier[at], identifier[at + 1], identifier[at + 2 :]
    assume(one != other)
    assert not is_plausible(before + other + one + after)


@given(digest=st.binary(min_size=16, max_size=64))
def test_an_identifier_made_from_a_digest_is_always_the_same(digest: bytes) -> None:
    made = from_digest(digest)
    assert made == from_digest(digest)
    assert len(made) == RECEIPT_LENGTH
    assert is_plausible(made)


@given(identifier=IDENTIFIERS)
def test_printed_in_fours_and_typed_in_any_case_it_is_the_same(identifier: str) -> None:
    printed = in_fours(identifier)
    assert all(len(group) <= 4 for group in printed.split("-"))
    assert tidy(printed) == identifier
    assert tidy(f" {printed.upper().replace('-', ' ')}\n") == identifier


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_can_be_tidied_and_judged(typed: str) -> None:
    assert set(tidy(typed)) <= set(ALPHABET)
    assert tidy(tidy(typed)) == tidy(typed)
    assert is_plausible(typed) in (True, False)


@pytest.mark.parametrize("typed", ["", "0", "A0", "l1", "b-c", "é0", " 0"])
def test_what_is_no_identifier_is_not_plausible(typed: str) -> None:
    assert not is_plausible(typed)
