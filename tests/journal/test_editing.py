"""A text on its way through the editor's form: nothing typed is lost, whatever button is pressed."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from journal.blocks import FIELDS, Block
from journal.editing import chosen, moved, put_in, sent_sheet, without
from tests.texts import quoted, words

A_TEXT = [words(name="a"), quoted("Read it aloud.", name="b"), words("<p>Then we ate.</p>", "c")]
NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)
PRESSES = st.lists(st.tuples(st.sampled_from("abcdefghz"), st.sampled_from([-1, 1])), max_size=20)


def texts(order: list[str], said: str) -> list[Block]:
    return [words(f"<p>{said} {name}</p>", name) for name in order]


def form_of(blocks: list[Block], **more: str) -> QueryDict:
    typed = QueryDict(mutable=True)
    typed.setlist("block", [block["id"] for block in blocks])
    for block in blocks:
        for field in ("kind", *FIELDS[block["kind"]]):
            typed[f"{field}-{block['id']}"] = block[field]
    typed.update(more)
    return typed


def test_a_form_gives_back_the_blocks_it_was_made_from() -> None:
    sheet = sent_sheet(form_of(A_TEXT, based_on="3", number="7"))
    assert (list(sheet.blocks), sheet.based_on, sheet.number) == (A_TEXT, 3, 7)


@pytest.mark.parametrize("number", ["", "-1", "1.5", "９９９９９９９９９９", "99999999999999999999", "x"])
def test_numbers_that_are_none_count_as_none(number: str) -> None:
    assert sent_sheet(QueryDict(f"number={number}", mutable=True)).number == 0


@given(NAMES, PRESSES)
def test_moving_blocks_about_loses_none(order: list[str], presses: list[tuple[str, int]]) -> None:
    blocks = texts(order, "said")
    for name, by in presses:
        blocks = moved(blocks, name, by)
    assert sorted(block["id"] for block in blocks) == sorted(order)


@given(NAMES, st.sampled_from("abcdefghz"))
def test_what_is_put_in_stands_after_its_block_or_at_the_end(order: list[str], after: str) -> None:
    put = put_in(texts(order, "said"), [words(name="new")], after)
    at = [block["id"] for block in put].index("new")
    assert at == (order.index(after) + 1 if after in order else len(order))
    assert without(put, "new") == texts(order, "said")


@given(NAMES, NAMES)
def test_nobody_loses_words_by_not_choosing(mine: list[str], theirs: list[str]) -> None:
    put = chosen(texts(mine, "mine"), texts(theirs, "theirs"), {})
    said = [block["html"] for block in put]
    for block in [*texts(mine, "mine"), *texts(theirs, "theirs")]:
        assert block["html"] in said
    assert len({block["id"] for block in put}) == len(put)


@given(NAMES, NAMES)
def test_choosing_one_text_throughout_gives_that_text(mine: list[str], theirs: list[str]) -> None:
    ours, others = texts(mine, "mine"), texts(theirs, "theirs")
    every = {*mine, *theirs}
    assert chosen(ours, others, dict.fromkeys(every, "theirs")) == others
    got = chosen(ours, others, dict.fromkeys(every, "mine"))
    assert sorted(block["html"] for block in got) == sorted(block["html"] for block in ours)
