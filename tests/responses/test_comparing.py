"""Two readings side by side, in words: neither came before the other."""

import pytest

from principles.diff import word_diff
from responses.readings.comparing import differences_in_words


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("The ceiling is low", "The feeling is low", "Yours “ceiling”, theirs “feeling”."),
        ("Share keys", "Share the keys", "Theirs “the” only."),
        ("Share the keys", "Share keys", "Yours “the” only."),
        ("a b c d", "a x c y", "Yours “b”, theirs “x”; yours “d”, theirs “y”."),
        ("the same", "the same", "The words are the same."),
        ("two  spaces", "two spaces", "Only spaces or line breaks differ."),
    ],
)
def test_a_difference_says_whose_words_are_whose(one: str, other: str, said: str) -> None:
    assert differences_in_words(word_diff(one, other), one="yours", other="theirs") == said
