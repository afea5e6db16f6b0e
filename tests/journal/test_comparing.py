"""What changed between two versions, drawn and in words."""

from hypothesis import given
from hypothesis import strategies as st

from journal.comparing import Effort, compared
from tests.texts import names, quoted, words

SAID = st.lists(st.sampled_from(["We read.", "Who decides?", "Nobody.", "It’s late."]), max_size=4)


def html(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def whats(before: list, after: list) -> list[tuple[str, str]]:
    return [(change.block["id"], change.what) for change in compared(before, after).changes]


def test_words_added_and_removed_are_counted_and_told() -> None:
    comparison = compared(
        [words("<p>We read the wall.</p>")], [words("<p>We read the whole wall aloud.</p>")]
    )
    assert comparison.in_words == "2 words added."
    comparison = compared([words("<p>We read the wall.</p>")], [words("<p>We saw the wall.</p>")])
    assert comparison.in_words == "1 word added, 1 word removed."


def test_texts_that_say_the_same_are_told_to() -> None:
    assert compared([words()], [words()]).in_words == "Nothing changed."


def test_words_set_in_another_way_are_no_other_words() -> None:
    comparison = compared([words("<p>After</p>")], [words("<h2>After</h2>")])
    assert comparison.in_words == "How the words are set changed."


def test_where_a_link_leads_is_part_of_what_a_text_says() -> None:
    before, after = (f'<p><a href="https://example.org/{end}">The list</a></p>' for end in "ab")
    assert whats([words(before)], [words(after)]) == [("a1", "changed")]


def test_photographs_that_came_went_and_moved_are_told_by_kind() -> None:
    one, two, three = (names("photo", f"b{n}", f"p{n}") for n in (1, 2, 3))
    assert compared([words()], [words(), one]).in_words == "A photograph added."
    assert compared([words(), one, two], [words()]).in_words == "2 photographs removed."
    assert whats([words(), one, two], [two, words(), one]) == [
        ("p2", "moved"),
        ("a1", "same"),
        ("p1", "same"),
    ]
    assert whats([one], [names("photo", "b3", "p1")]) == [("p1", "changed")]
    assert compared([one, two], [three, one, two]).in_words == "A photograph added."


def test_what_was_removed_stands_where_it_stood() -> None:
    a, b, c = (words(f"<p>{name}</p>", name) for name in "abc")
    assert whats([a, b, c], [a, c]) == [("a", "same"), ("b", "removed"), ("c", "same")]
    assert whats([a, b], [b]) == [("a", "removed"), ("b", "same")]


def test_a_quotation_is_compared_word_by_word() -> None:
    before, after = (
        quoted("Make the table longer.", "One table"),
        quoted("Make the table wider.", "One table"),
    )
    assert compared([before], [after]).in_words == "1 word added, 1 word removed, a quotation changed."


@given(SAID, SAID)
def test_the_steps_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    changes = compared([words(html(old))], [words(html(new))]).changes
    steps = [step for change in changes for paragraph in change.paragraphs for step in paragraph]
    for lines, ops in ((old, {"equal", "delete"}), (new, {"equal", "insert"})):
        assert "".join(text for op, text in steps if op in ops) == "".join(lines)


def test_very_long_texts_are_shown_whole_rather_than_compared_for_ever() -> None:
    before, after = "a b c d e f g h i j", "a b c d e f g h i k"
    whole = [("delete", before), ("insert", after)]
    assert Effort(left=100).steps(before, after) == whole
    assert Effort().steps(before, after) != whole


def test_the_effort_is_one_for_the_whole_text() -> None:
    effort = Effort(left=30)
    assert effort.steps("a b c", "a b d") == [("equal", "a b "), ("delete", "c"), ("insert", "d")]
    assert effort.steps("a b c", "a b d") == [("delete", "a b c"), ("insert", "a b d")]
