"""Whatever is given to the parser: it answers, drops nothing, and says the same the second time."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responses.transcription import (
    TEXT_STATES,
    Transcript,
    TranscriptError,
    parse,
    read_markup,
    read_transcript,
    render,
    summary,
    text_state_of,
    to_html,
    to_markup,
    to_plain,
)
from tests.tries import tries

MARKS = st.sampled_from(
    [
        *(
            "[no text]",
            "[illegible]",
            "[illeg.]",
            "Illeg.",
            "[...]",
            "[3 words]",
            "[2 letters?]",
            "[]",
            "[?]",
        ),
        *("[", "]", "[[", "]]", "...", "…", "~", "~~", "~~~", "*", "**", "[inserted: ", "[ INSERTED:", "/"),
        *("[word?]", "[[x?]]", "[a/b?]", "[drawing: up", "[note: hi?]", "[removed: n]", "£", "↑", " ", "\n"),
        *("a", "word", "é", "\u0301", "\u200b", "\x00", "\ud800", "\xa0", "?", ":", "2", " x 2", "ſ", "İ"),
    ]
)
NOTE = st.one_of(st.text(), st.lists(MARKS, max_size=14).map("".join))
LINE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *(
                "- a note",
                "- [no text] x 3",
                "[no text] x 2",
                "[illegible]",
                "-",
                "• y",
                "* x",
                "---",
                "Is it?",
            ),
            *("Power (15)", "Power (3)", "Power", "POWER", "Power (continued)", "Knowledge", "Trust people"),
            *("Diversity | Strengths", "Communication (what is missing?)", "Next steps", "RESPECT FOR"),
            *("", "", "", " ", "\f", "a loose sentence.", "- [no text] x 999", "\ufeff", "- x\u2028y"),
        ]
    ),
)
FILE = st.builds(
    lambda end, lines: end.join(lines), st.sampled_from(["\n", "\r\n", "\r"]), st.lists(LINE, max_size=16)
)
KNOWN = st.sampled_from([(), ("Knowledge", "power", "Trust People")])
LONG = 250_000  # characters
quick = settings(max_examples=tries(300), deadline=None)


def visible(text: str) -> Counter[str]:
    """Letters and digits, as they are kept: composed."""
    return Counter(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def placed(transcript: Transcript) -> Counter[tuple[int, str]]:
    """Every source line with the number of places it stands in."""
    lines = [*transcript.preamble, *transcript.captions, *transcript.unplaced, *transcript.closing]
    lines += [line for station in transcript.stations for line in station.lines]
    found = Counter((line.number, line.text) for line in lines)
    for note in (note for station in transcript.stations for note in station.notes if note.part == 1):
        found.update(enumerate(note.verbatim.split("\n"), start=note.number))
    return found


@quick
@given(NOTE, st.booleans())
def test_canonical_markup_reads_back_as_the_same_pieces(text: str, imported: bool) -> None:
    pieces = read_markup(text, imported=imported)
    again = read_markup(to_markup(pieces), imported=False)
    assert again == pieces
    assert to_html(again) == to_html(pieces)
    assert to_plain(again) == to_plain(pieces)


@quick
@given(st.text(st.characters(exclude_characters="[]~*.…")))
def test_text_without_markup_keeps_every_letter(text: str) -> None:
    pieces = read_markup(text, imported=False)
    assert visible(to_plain(pieces)) == visible(text.replace("\x00", ""))


@quick
@given(NOTE)
def test_html_is_escaped_and_every_note_has_a_state(text: str) -> None:
    pieces = read_markup(text + "<script>", imported=True)
    assert "<script" not in to_html(pieces)
    assert text_state_of(pieces) in TEXT_STATES


@quick
@given(FILE, KNOWN)
def test_every_line_stands_in_exactly_one_place(text: str, known: tuple[str, ...]) -> None:
    transcript = parse(text, known_headings=known)
    assert placed(transcript) == Counter((line.number, line.text) for line in transcript.lines)


@quick
@given(FILE)
def test_no_visible_character_of_a_file_is_dropped(text: str) -> None:
    kept = "".join(line.text for line in parse(text).lines)
    assert Counter(filter(str.isalnum, kept)) == Counter(filter(str.isalnum, text))


@quick
@given(FILE, KNOWN)
def test_what_was_parsed_renders_to_what_parses_the_same(text: str, known: tuple[str, ...]) -> None:
    once = parse(text, known_headings=known)
    rendered = render(once)
    assert parse(rendered, known_headings=known) == once
    assert render(parse(rendered, known_headings=known)) == rendered


@quick
@given(FILE)
def test_counts_in_the_summary_are_the_notes_that_are_there(text: str) -> None:
    transcript = parse(text)
    for station, summed in zip(transcript.stations, summary(transcript)["stations"], strict=True):
        assert sum(summed["states"].values()) == summed["counted"] == len(station.notes)


@quick
@given(st.one_of(st.binary(), FILE.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        sentence = f"{read_transcript(data).counted} notes."
    except TranscriptError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence


# The pattern reads every character once and nothing is looked for twice, so twice the length takes twice
# the time; a quadratic step would keep even these from ending.
@pytest.mark.parametrize(
    "unit", ["[", "~~ ", "*a ", "[word?", "[inserted: ~~*a", "a] ", "[[a?]", "..", "\u0301"]
)
def test_a_long_run_of_unfinished_markup_is_read_to_its_end(unit: str) -> None:
    hostile = unit * (LONG // len(unit)) + "end"
    assert to_plain(read_markup(hostile, imported=True)).endswith("end")


@pytest.mark.parametrize("unit", ["\n", "- a\n", "POWER\n\n", "A (1", "-", " \f"])
def test_a_long_run_of_lines_is_read_to_its_end(unit: str) -> None:
    hostile = "Power (1)\n\n- a\n\n" + unit * (LONG // len(unit)) + "end"
    assert parse(hostile).lines[-1].text.endswith("end")
