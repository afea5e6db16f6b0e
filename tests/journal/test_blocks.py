"""What blocks may hold, and the words they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.blocks import (
    FIELDS,
    LONGEST,
    MOST_BLOCKS,
    OF_EVENTS,
    OF_POSTS,
    clean_words,
    named,
    paragraphs_of,
    read_blocks,
    without_empty,
)
from people.refusals import Refused
from tests.coproduce.test_markup import ATTACKS, assert_harmless
from tests.texts import names, quoted, words

ANY_TEXT = st.text(max_size=80) | st.sampled_from(
    [*ATTACKS, "\0", "\ud800", "e\u0301", "&#1;<p>", "\r\n\x01"]
)
FIELD_NAMES = sorted({name for fields in FIELDS.values() for name in fields})
ANY_VALUE = ANY_TEXT | st.none() | st.integers() | st.lists(st.text(max_size=3), max_size=2)
ANY_BLOCK = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(FIELDS))},
    optional={"id": ANY_VALUE, "more": ANY_VALUE} | dict.fromkeys(FIELD_NAMES, ANY_VALUE),
)
ANY_BLOCKS = st.lists(ANY_BLOCK, max_size=5)


@given(ANY_BLOCKS)
def test_reading_blocks_twice_changes_nothing(sent: list) -> None:
    read = read_blocks(sent)
    assert read_blocks(read) == read


@given(ANY_BLOCKS)
def test_every_block_has_an_id_of_its_own_and_the_fields_of_its_kind_alone(sent: list) -> None:
    read = read_blocks(sent)
    assert len({block["id"] for block in read}) == len(read) == len(sent)
    for block in read:
        assert set(block) == {"id", "kind", *FIELDS[block["kind"]]}
        assert all(isinstance(said, str) for said in block.values())


@given(ANY_TEXT)
def test_cleaning_words_twice_changes_nothing_and_leaves_nothing_harmful(html: str) -> None:
    cleaned = clean_words(html)
    assert clean_words(cleaned) == cleaned
    assert_harmless(cleaned)
    assert "<img" not in cleaned
    cleaned.encode()
    assert "\0" not in cleaned


@given(st.lists(st.text("abcdefgh äöü", min_size=1, max_size=30), min_size=1, max_size=6))
def test_no_word_that_was_typed_is_lost(typed: list[str]) -> None:
    html = "".join(f"<p>{one}</p>" for one in typed)
    (block,) = read_blocks([words(html)])
    assert " ".join(paragraphs_of(block)).split() == " ".join(typed).split()


@pytest.mark.parametrize(
    "sent",
    [
        None, "text", {"kind": "text"}, [None], ["text"], [{}], [{"kind": "script"}], [{"kind": ["text"]}],
        [{"kind": "text", "html": "x"}] * (MOST_BLOCKS + 1),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(sent: object) -> None:
    with pytest.raises(Refused):
        read_blocks(sent)


@pytest.mark.parametrize(("field", "most"), LONGEST.items())
def test_what_is_too_long_is_refused_with_how_much_fits(field: str, most: int) -> None:
    kind = next(kind for kind, fields in FIELDS.items() if field in fields)
    with pytest.raises(Refused, match=f"{most} characters"):
        read_blocks([{"kind": kind, field: "a" * (most + 1)}])
    assert read_blocks([{"kind": kind, field: "a" * most}])[0][field] == "a" * most


def test_many_long_parts_are_too_much_together() -> None:
    with pytest.raises(Refused, match="Make two of it"):
        read_blocks([words("a" * 100_000, f"a{n}") for n in range(4)])


def test_events_have_photographs_and_quotations_and_posts_have_pictures() -> None:
    assert {"quotation"} == OF_EVENTS - OF_POSTS
    assert {"illustration"} == OF_POSTS - OF_EVENTS
    with pytest.raises(Refused):
        read_blocks([quoted("Say who decides.")], OF_POSTS)


@pytest.mark.parametrize("identifier", ["../../etc", "x" * 21, "' OR 1=1", "A B", 7, None])
def test_what_is_no_identifier_names_nothing(identifier: object) -> None:
    assert read_blocks([{"kind": "photo", "photo": identifier}])[0]["photo"] == ""


def test_a_block_that_says_and_names_nothing_is_empty() -> None:
    kept = [words(), quoted("Longer."), names("photo", "b1")]
    empty = [words("<p> </p>", "e1"), quoted("", "One table", "e2"), names("note", "", "e3")]
    assert without_empty(read_blocks([*kept, *empty])) == read_blocks(kept)


def test_paragraphs_are_told_with_the_addresses_of_their_links() -> None:
    link = '<a href="https://example.org/a">the list</a>'
    html = f"<h2>After</h2><p>See {link} <strong>now</strong>.</p><ul><li>One</li></ul>"
    (block,) = read_blocks([words(html)])
    assert paragraphs_of(block) == ["After", "See the list (https://example.org/a) now.", "One"]


def test_what_blocks_name_is_found_by_kind() -> None:
    blocks = read_blocks([names("file", "f1", "a"), names("photo", "b1", "b"), names("file", "f2", "c")])
    assert named(blocks, "file") == ["f1", "f2"]
    assert named(blocks, "photo") == ["b1"]
    assert named(blocks, "note") == []
