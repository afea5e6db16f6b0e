"""What is typed into the box means what people mean by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.parse import Kind, Term, parse
from archive.search.query import Query
from archive.search.words import all_of
from people.refusals import Refused


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("budget", [Term(Kind.WORDS, "budget")]),
        ("“power with”", [Term(Kind.PHRASE, "power with")]),
        ('"power with', [Term(Kind.PHRASE, "power with")]),
        ("−not –with", [Term(Kind.WORDS, "not", True), Term(Kind.WORDS, "with", True)]),
        ('-"power with"', [Term(Kind.PHRASE, "power with", True)]),
        ("co-produce", [Term(Kind.WORDS, "co-produce")]),
        ("comm*", [Term(Kind.PREFIX, "comm")]),
        ("*rtici*", [Term(Kind.PART, "rtici")]),
        ("£££ ↑", [Term(Kind.PART, "£££"), Term(Kind.PART, "↑")]),
        ("power - with", [Term(Kind.WORDS, "power"), Term(Kind.WORDS, "with")]),
        ("100%", [Term(Kind.WORDS, "100%")]),
        ("", []),
    ],
)
def test_words_phrases_parts_and_signs_are_told_apart(typed: str, terms: list[Term]) -> None:
    assert list(parse(typed)) == terms


@pytest.mark.parametrize("typed", ["-", "--- -", "*", '""', '" "', "- * **"])
def test_what_holds_nothing_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no word to look for"):
        parse(typed)


def test_too_much_is_refused_with_the_number_that_fits() -> None:
    with pytest.raises(Refused, match="at most 200 characters"):
        parse("a" * 201)
    with pytest.raises(Refused, match="at most 12 words"):
        parse("a " * 13)
    with pytest.raises(Refused, match="cannot be written"):
        parse("a\0b")


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_a_question_or_a_sentence(typed: str) -> None:
    try:
        terms = parse(typed)
    except Refused:
        return
    assert all(term.text.strip() for term in terms)
    all_of(terms)


@given(st.text('aé-*"“£ ', max_size=30), st.sampled_from(["newest", "event", "best"]))
def test_the_same_search_has_the_same_address(typed: str, sort: str) -> None:
    try:
        one = Query().asking(typed).sorted_by(sort)
    except Refused:
        return
    assert one.querystring == Query().asking(f"  {typed} ").sorted_by(sort).querystring
    chosen = one.plus("mark", "tick").plus("mark", "square")
    assert chosen == one.plus("mark", "square").plus("mark", "tick").plus("mark", "tick")
    assert hash(chosen) == hash(chosen.minus("mark", "tick").plus("mark", "tick"))
    assert chosen.minus("mark", "tick").minus("mark", "square") == one
