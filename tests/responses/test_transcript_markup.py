"""The markup of one note: what volunteers type, what is kept, and what is shown."""

import pytest

from responses.transcription import (
    Gap,
    Guess,
    Illegible,
    Inserted,
    LineBreak,
    NoText,
    Piece,
    Remark,
    Removed,
    Sign,
    Stressed,
    Struck,
    Words,
    gap_in_words,
    read_markup,
    text_state_of,
    to_html,
    to_markup,
    to_plain,
)

UNDERSTOOD = [
    ("[no text]", NoText()),
    ("[No Text]", NoText()),
    ("[illegible]", Illegible()),
    ("[...]", Gap()),
    ("[…]", Gap()),
    ("[3 words]", Gap(3, "word")),
    ("[1 word]", Gap(1, "word")),
    ("[2 letters]", Gap(2, "letter")),
    ("[2 words?]", Gap(2, "word", certain=False)),
    ("[word?]", Guess(("word",))),
    ("[clear/dear?]", Guess(("clear", "dear"))),
    ("~~word~~", Struck((Words("word"),))),
    ("~~[...]~~", Struck((Gap(),))),
    ("[inserted: word]", Inserted((Words("word"),))),
    ("[inserted: see [note] two]", Inserted((Words("see [note] two"),))),
    ("*word*", Stressed((Words("word"),))),
    ("[drawing: upward arrow]", Sign("upward arrow")),
    ("[note: is it torn?]", Remark("is it torn?")),
    ("[removed: personal name]", Removed("personal name")),
]

UNDERSTOOD_ON_IMPORT = [
    ("[blank]", NoText()),
    ("[no writing]", NoText()),
    ("[illeg.]", Illegible()),
    ("[illeg]", Illegible()),
    ("[Illeg.]", Illegible()),
    ("Illeg.", Illegible()),
    ("[unclear]", Illegible()),
    ("[]", Gap()),
    ("[[word?]]", Guess(("word",))),
    ("[symbol: a tick]", Sign("a tick")),
    ("...", Gap(certain=False)),
    ("…", Gap(certain=False)),
]

LITERAL = [
    *("[what]", "[?]", "[0 words]", "[/?]", "[word/?]", "[drawing:]", "[", "]", "[[", "Terminology ? ?"),
    *("↑ → ♥ £££", "2 * 3 * 4", "2*3*4", "**", "~", "~~~", "~~open", "*open", "[inserted: open", "a..b"),
]


@pytest.mark.parametrize(("typed", "piece"), UNDERSTOOD)
@pytest.mark.parametrize("imported", [True, False])
def test_markup_is_understood_in_new_readings_and_on_import(typed: str, piece: Piece, imported: bool) -> None:
    assert read_markup(typed, imported=imported) == (piece,)


@pytest.mark.parametrize(("typed", "piece"), UNDERSTOOD_ON_IMPORT)
def test_older_forms_are_understood_on_import_only(typed: str, piece: Piece) -> None:
    assert read_markup(typed, imported=True) == (piece,)
    assert read_markup(typed, imported=False) != (piece,)


@pytest.mark.parametrize("typed", ["[....]", "[….]", "[ ... ]"])
def test_dots_in_brackets_are_one_gap_however_many(typed: str) -> None:
    assert read_markup(typed, imported=True) == (Gap(),)


@pytest.mark.parametrize("typed", LITERAL)
@pytest.mark.parametrize("imported", [True, False])
def test_everything_else_is_kept_as_typed(typed: str, imported: bool) -> None:
    assert read_markup(typed, imported=imported) == (Words(typed),)


def test_bare_dots_in_a_new_reading_are_dots_on_the_paper() -> None:
    assert read_markup("wait ... what…", imported=False) == (Words("wait ... what…"),)


def test_illegible_inside_text_is_a_gap() -> None:
    assert read_markup("ask [illegible] first", imported=True) == (Words("ask "), Gap(), Words(" first"))
    assert read_markup("ask [illeg.] first", imported=True) == (Words("ask "), Gap(), Words(" first"))


def test_illegible_with_a_readers_remark_still_speaks_for_the_whole_note() -> None:
    assert read_markup("[illegible] [note: torn]", imported=False)[0] == Illegible()


def test_a_gap_stands_inside_a_strike_through_and_a_letter_stands_before_a_gap() -> None:
    assert read_markup("~~old [2 words]~~ p[...]", imported=False) == (
        Struck((Words("old "), Gap(2, "word"))),
        Words(" p"),
        Gap(),
    )


def test_line_breaks_are_kept_and_text_is_composed() -> None:
    assert read_markup("cafe\u0301\r\ntwo\rthree", imported=False) == (
        Words("café"),
        LineBreak(),
        Words("two"),
        LineBreak(),
        Words("three"),
    )


def test_a_bracket_that_never_ends_becomes_words_again() -> None:
    assert read_markup("~~one *two~~ three*", imported=False) == (
        Struck((Words("one *two"),)),
        Words(" three*"),
    )


@pytest.mark.parametrize(("typed", "piece"), UNDERSTOOD)
def test_canonical_markup_is_read_back_the_same(typed: str, piece: Piece) -> None:
    assert read_markup(to_markup((piece,)), imported=False) == (piece,)


def test_imported_dots_become_markup_that_any_later_reading_understands() -> None:
    assert to_markup(read_markup("more ... here", imported=True)) == "more [...?] here"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("a plain sentence", "read"),
        ("[word?]", "read"),
        ("[removed: personal name]", "read"),
        ("? ?", "read"),
        ("part [...]", "partly"),
        ("part ...", "partly"),
        ("♥ [illegible]", "partly"),
        ("~~[...]~~ rest", "partly"),
        ("[illegible]", "illegible"),
        ("[3 words].", "illegible"),
        ("[illegible] [illegible]", "illegible"),
        ("[no text]", "no_text"),
        ("", "no_text"),
        ("[no text] [note: blue paper]", "no_text"),
        ("[drawing: a boat]", "drawing"),
        ("♥", "drawing"),
        ("£££", "drawing"),
        ("↑ THIS", "read"),
    ],
)
def test_the_state_of_the_text_follows_from_its_pieces(typed: str, state: str) -> None:
    assert text_state_of(read_markup(typed, imported=True)) == state


@pytest.mark.parametrize(
    ("gap", "at_end", "said"),
    [
        (Gap(2, "word"), False, "two words unread"),
        (Gap(1, "word"), True, "one word unread"),
        (Gap(3, "letter"), False, "three letters unread"),
        (Gap(40, "word"), False, "40 words unread"),
        (Gap(2, "word", certain=False), False, "perhaps two words unread"),
        (Gap(), False, "some words unread"),
        (Gap(), True, "rest unread"),
        (Gap(certain=False), False, "perhaps some words unread"),
        (Gap(certain=False), True, "perhaps the rest unread"),
    ],
)
def test_a_gap_says_in_words_what_is_missing(gap: Gap, at_end: bool, said: str) -> None:
    assert gap_in_words(gap, at_end=at_end) == said


def test_html_says_every_state_in_words_and_escapes_the_rest() -> None:
    html = to_html(read_markup('~~<b>~~ [2 words] *&* [a"/c?]\n[inserted: x] [drawing: <i>]', imported=False))
    assert html == (
        '<s><span class="vh">[struck out: </span>&lt;b&gt;<span class="vh">]</span></s> '
        '<span class="gap">two words unread</span> <em>&amp;</em> '
        '<span class="guess">a&quot; (best guess, or c)</span><br>'
        '<ins><span class="vh">[added: </span>x<span class="vh">]</span></ins> '
        '<span class="sign">drawing: &lt;i&gt;</span>'
    )


def test_plain_text_names_what_is_not_words() -> None:
    typed = "~~no~~ yes [word?] [removed: personal name]\n[note: torn] *loud* [...]"
    assert to_plain(read_markup(typed, imported=False)) == (
        "[struck out: no] yes word (best guess) [personal name: removed by the organisers]\n"
        "[reader’s remark: torn] loud [rest unread]"
    )


def test_what_no_database_stores_is_replaced_and_what_nobody_sees_is_left_out() -> None:
    assert read_markup("a\x00b\ud800c\u200bd\ufeff", imported=False) == (Words("a\ufffdb\ufffdcd"),)
