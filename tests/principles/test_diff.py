import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from principles.diff import Op, in_words, word_diff

WORDINGS = st.one_of(st.text(max_size=60), st.text("aab ,.\n", max_size=60))


def joined(steps: list[tuple[Op, str]], *ops: Op) -> str:
    return "".join(text for op, text in steps if op in ops)


@given(old=WORDINGS, new=WORDINGS)
def test_what_is_kept_and_deleted_is_the_old_wording_and_with_what_is_added_the_new(
    old: str, new: str
) -> None:
    steps = word_diff(old, new)
    assert joined(steps, "equal", "delete") == old
    assert joined(steps, "equal", "insert") == new


@given(old=WORDINGS, new=WORDINGS)
def test_no_step_is_empty_and_no_two_neighbours_are_of_a_kind(old: str, new: str) -> None:
    steps = word_diff(old, new)
    assert all(text for _, text in steps)
    assert all(before[0] != after[0] for before, after in pairwise(steps))


@given(text=WORDINGS)
def test_equal_wordings_have_no_change(text: str) -> None:
    assert word_diff(text, text) == ([("equal", text)] if text else [])
    assert in_words(word_diff(text, text)) == "No words changed."


@given(old=WORDINGS, new=WORDINGS)
def test_every_change_is_said_in_a_sentence(old: str, new: str) -> None:
    assert (in_words(word_diff(old, new)) == "No words changed.") == (old == new)


def test_a_replaced_word_is_told_as_one_change() -> None:
    steps = word_diff("Power is given to all who work here.", "Power is shared with all who work here.")
    assert steps == [
        ("equal", "Power is "),
        ("delete", "given to"),
        ("insert", "shared with"),
        ("equal", " all who work here."),
    ]
    assert in_words(steps) == "“given to” became “shared with”."


def test_additions_and_removals_are_told_apart() -> None:
    steps = word_diff("Support must come from everyone.", "Support comes from everyone, always.")
    assert in_words(steps) == "“must come” became “comes”; “, always” was added."
    assert in_words(word_diff("Do it now, please.", "Do it now.")) == "“, please” was removed."


def test_wordings_with_little_in_common_stand_one_after_the_other() -> None:
    old, new = "Making things together is the whole of it.", "Those who hold the keys say what they give up."
    assert word_diff(old, new) == [("delete", old), ("insert", new)]


def test_a_change_of_spaces_alone_is_a_change() -> None:
    assert in_words(word_diff("one  two", "one two")) == "Only spaces or line breaks changed."


def test_long_texts_are_compared_in_no_time() -> None:
    began = time.perf_counter()
    old, new = "a b " * 6000, "b a " * 6000
    steps = word_diff(old, new)
    assert time.perf_counter() - began < 0.5
    assert steps == [("delete", old), ("insert", new)]
    assert word_diff(old, old) == [("equal", old)]
