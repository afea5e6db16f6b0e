"""Which sentences sound like promises."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.promise_words import MOST, promises_in, sentences_of, sounds_like_a_promise, split
from tests.texts import quoted, words

HERE = Path(__file__).resolve()
RECORDS = Path(os.environ.get("RECORDS", HERE.parents[3] / "shared" / "records"))


@pytest.mark.parametrize(
    "sentence",
    [
        "We will put the minutes up on Friday.",
        "I’ll ring the council.",
        "We'll send everybody the list by the end of May.",
        "We promise to come back with the costs.",
        "The organisers plan to type the sheets up.",
        "We’ve agreed to hold a fourth meeting.",
        "We are going to try it in two wards.",
        "The photographs will be published next month.",
        "The next meeting will take place in June, and the list will follow soon.",
        "Our next two posts will look at money.",
        "We meet again in March.",
        "We commit to paying people for their time.",
    ],
)
def test_a_promise_is_noticed(sentence: str) -> None:
    assert sounds_like_a_promise(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Will we meet again in March?",
        "If we will publish it, who reads it?",
        "We talked about what people will need.",
        "We will never know who wrote it.",
        "They will vote in May.",
        "The room was cold.",
        "The promise of co-production is old.",
        "We'll all need time.",
        "We will.",
    ],
)
def test_what_promises_nothing_is_left_alone(sentence: str) -> None:
    assert not sounds_like_a_promise(sentence)


def test_a_text_is_split_into_sentences_where_they_end() -> None:
    said = "Dr. Ode came, e.g. on St. Ann’s Square. “We will write.” It cost £3.50 (see p. 4). Who? You… Yes!"
    assert split(said) == [
        "Dr. Ode came, e.g. on St. Ann’s Square.",
        "“We will write.”",
        "It cost £3.50 (see p. 4).",
        "Who?",
        "You…",
        "Yes!",
    ]


def test_only_the_texts_own_words_are_looked_at() -> None:
    blocks = [words("<p>We will write.</p>", "a1"), quoted("We will never pay.", "A guest")]
    assert [(said.block, said.text) for said in sentences_of(blocks)] == [("a1", "We will write.")]


def test_a_list_of_promises_is_short_and_names_each_once() -> None:
    html = "".join(f"<p>We will do thing {n}.</p>" for n in range(30)) + "<p>We will do thing 1.</p>"
    found = promises_in([words(html)])
    assert len(found) == MOST
    assert len({said.text for said in found}) == MOST


@given(st.text(max_size=400))
def test_splitting_loses_no_word(paragraph: str) -> None:
    assert " ".join(split(paragraph)).split() == paragraph.split()


def test_the_promises_on_record_are_found_and_hardly_anything_else() -> None:
    files = sorted(RECORDS.glob("*.txt"))
    if not files:
        pytest.skip(f"No records in {RECORDS}. Set RECORDS to the folder that has them.")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    sentences = [sentence for line in lines for sentence in split(line)]
    found = [sentence.casefold() for sentence in sentences if sounds_like_a_promise(sentence)]
    for promised in ("meet again in march", "by july", "update this record", "next three blogs"):
        assert any(promised in sentence for sentence in found), promised
    assert len(sentences) > 200
    assert len(found) <= 6
