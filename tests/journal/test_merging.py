"""Putting together what two people made of one text."""

from hypothesis import given
from hypothesis import strategies as st

from journal.merging import merged
from tests.texts import words

A, B, C, D = (words(f"<p>{name}</p>", name) for name in "abcd")
A2, B2 = words("<p>a, again</p>", "a"), words("<p>b, again</p>", "b")


def test_changes_of_different_blocks_come_together() -> None:
    assert merged([A, B], [A2, B], [A, B2]) == [A2, B2]


def test_changes_of_one_block_cannot_be_put_together() -> None:
    assert merged([A], [A2], [words("<p>otherwise</p>", "a")]) is None


def test_the_same_change_by_both_is_one_change() -> None:
    assert merged([A, B], [A2, B], [A2, B]) == [A2, B]


def test_what_both_added_is_kept_where_it_was_put() -> None:
    assert merged([A, B], [A, C, B], [A, B, D]) == [A, C, B, D]
    assert merged([], [C], [D]) in ([C, D], [D, C])


def test_what_one_took_out_is_gone_unless_the_other_changed_it() -> None:
    assert merged([A, B], [A], [A, B]) == [A]
    assert merged([A, B], [A], [A2, B]) == [A2]
    assert merged([A, B], [A], [A, B2]) is None


def test_the_order_is_that_of_whoever_changed_it() -> None:
    assert merged([A, B, C], [C, A, B], [A, B2, C]) == [C, A, B2]
    assert merged([A, B, C], [A2, B, C], [C, B, A]) == [C, B, A2]
    assert merged([A, B, C], [C, A, B], [B, A, C]) is None


BLOCKS = st.lists(
    st.builds(lambda name, said: words(said, name), st.sampled_from("abcde"), st.sampled_from("xyz")),
    max_size=5, unique_by=lambda block: block["id"],
)  # fmt: skip


@given(BLOCKS, BLOCKS)
def test_one_sided_changes_are_taken_as_they_are(base: list, mine: list) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine


@given(BLOCKS, BLOCKS, BLOCKS)
def test_nothing_either_wrote_is_lost_in_what_is_put_together(base: list, mine: list, theirs: list) -> None:
    together = merged(base, mine, theirs)
    if together is not None:
        news = [block for block in [*mine, *theirs] if block not in base]
        assert all(block in together for block in news)
        assert len({block["id"] for block in together}) == len(together)
