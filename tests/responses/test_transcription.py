"""Transcript files: what opens a station, what is a note, and what is kept beside them."""

from pathlib import Path

import pytest

from responses import transcription
from responses.transcription import (
    MAX_BYTES,
    MAX_NOTES,
    Transcript,
    TranscriptError,
    heading_key,
    heading_names,
    parse,
    read_file,
    read_transcript,
    similar_heading,
    summary,
)

SAMPLES = Path(__file__).parent / "samples"
RECORD = Path(__file__).parents[3] / "shared" / "records" / "001_first_part.txt"
KNOWN = ("Respect for expertise", "Knowledge")

WHOLE_WALL = [
    ("Make Time", 7, 7),
    ("Asset-based", 9, 9),
    ("Diversity | Strengths", None, 7),
    ("Positive-Sum", 4, 4),
    ("Power", 15, 15),
    ("Not decided in advance", 11, 11),
    ("Self aware", 8, 8),
    ("Transparent", 6, 6),
    ("Engaged", 6, 7),
    ("Respect for Expertise", None, 6),
    ("Knowledge", None, 2),
    ("Communication (what is missing?)", None, 2),
]


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def counts(transcript: Transcript) -> list[tuple[str, int | None, int]]:
    return [(station.heading, station.stated, station.counted) for station in transcript.stations]


def texts(lines: tuple[transcription.Line | transcription.LooseLine, ...]) -> list[str]:
    return [line.text.strip() for line in lines]


@pytest.mark.skipif(not RECORD.exists(), reason=f"the shared record {RECORD.name} is not beside this clone")
def test_the_beginning_of_the_real_record_has_its_counts() -> None:
    transcript = read_transcript(RECORD.read_bytes())
    summed = summary(transcript)
    assert counts(transcript) == WHOLE_WALL[:3]
    assert summed["stations"][0]["states"] == {
        "read": 5,
        "partly": 0,
        "illegible": 0,
        "no_text": 2,
        "drawing": 0,
        "waiting": 0,
    }
    assert summed["captions"] == ["ASSET-BASED"]
    assert summed["unplaced"] == []
    assert not transcript.closing


@pytest.mark.parametrize("known", [(), KNOWN])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_whole_wall_keeps_stated_and_counted_side_by_side(known: tuple[str, ...], line_end: str) -> None:
    transcript = parse("\ufeff" + sample("whole_wall.txt").replace("\n", line_end), known_headings=known)
    assert counts(transcript) == WHOLE_WALL
    assert texts(transcript.unplaced) == [
        "Every rower an expert",
        "Trust people",
        "and say where you heard it",
    ]
    assert {line.station for line in transcript.unplaced} == {9}
    assert len(transcript.closing) == 2
    assert transcript.stations[-1].is_missing
    assert len(transcript.captions) == 7


def test_captions_go_to_the_station_they_name() -> None:
    stations = parse(sample("whole_wall.txt")).stations
    assert stations[1].captions == ("ASSET-BASED",)
    assert stations[4].captions == ("POWER", "POWER")
    assert stations[9].captions == ("RESPECT FOR EXPERTISE",)
    assert stations[10].captions == ("KNOWLEDGE",)


def test_a_wall_without_blank_lines_is_read_too() -> None:
    transcript = parse(sample("tight_wall.txt"))
    assert counts(transcript) == [
        ("Patience", 3, 3),
        ("Fair shares", 4, 4),
        ("Knowledge", None, 2),
        ("Welcome", 2, 2),
        ("What is missing?", None, 3),
    ]
    assert transcript.stations[0].notes[2].verbatim == "- Wait for the slowest\n  and then a little longer"
    assert transcript.stations[0].notes[2].markup == "Wait for the slowest\nand then a little longer"


def test_without_any_count_the_first_heading_over_a_note_ends_the_preamble() -> None:
    transcript = parse(sample("uncounted_wall.txt"))
    assert [name for name, _, _ in counts(transcript)] == ["Quiet", "Noise", "Opening hours", "Books / Films"]
    assert len(transcript.preamble) == 2
    assert len(transcript.closing) == 1


def test_bullets_before_the_first_counted_heading_are_preamble() -> None:
    transcript = parse("Speakers\n\n- one\n\nPower (1)\n\n- a")
    assert texts(transcript.preamble) == ["Speakers", "- one"]
    assert counts(transcript) == [("Power", 1, 1)]


@pytest.mark.parametrize(
    "heading", ["Power (2)", "Power(2)", "Power (2) \t", "Power ( 2 ):", "Power (2 notes)"]
)
def test_a_count_is_understood_however_it_is_spaced(heading: str) -> None:
    assert counts(parse(f"{heading}\n- a")) == [("Power", 2, 1)]


@pytest.mark.parametrize("again", ["Power", "Power (3)", "Power (continued)", "POWERS (3)"])
def test_a_heading_that_comes_again_takes_its_station_up(again: str) -> None:
    transcript = parse(f"Power (3)\n\n- a\n\nTrust (1)\n\n- t\n\n{again}\n\n- b\n- c")
    assert counts(transcript) == [("Power", 3, 3), ("Trust", 1, 1)]
    assert [line.number for line in transcript.stations[0].lines] == [1, 9]


def test_the_same_name_with_another_count_is_another_station() -> None:
    assert counts(parse("Power (1)\n- a\n\nPower (2)\n- b\n- c")) == [("Power", 1, 1), ("Power", 2, 2)]


def test_a_caption_never_opens_a_station() -> None:
    transcript = parse("Power (1)\n\n- a\n\nKNOWLEDGE\n\n- b\n\nPOSITIVE-SUM and POWER\n")
    assert counts(transcript) == [("Power", 1, 2)]
    assert texts(transcript.captions) == ["KNOWLEDGE", "POSITIVE-SUM and POWER"]


def test_capitals_right_under_a_note_continue_it() -> None:
    transcript = parse("Power (1)\n- SHARE\nTHE MONEY\n")
    assert transcript.stations[0].notes[0].markup == "SHARE\nTHE MONEY"


def test_a_caption_in_two_lines_still_speaks_for_its_heading() -> None:
    text = "Engaged (1)\n\n- a\n\nRESPECT FOR\nEXPERTISE\n\nRespect for Expertise\n\nloose here\n\n- b"
    assert counts(parse(text))[1] == ("Respect for Expertise", None, 1)


def test_a_known_heading_is_believed_where_its_shape_alone_is_not() -> None:
    text = "Power (3)\n\n- a\n\ngood neighbours\n\n- b"
    assert counts(parse(text)) == [("Power", 3, 2)]
    assert counts(parse(text, known_headings=["Good neighbour"])) == [
        ("Power", 3, 1),
        ("good neighbours", None, 1),
    ]


@pytest.mark.parametrize(
    "loose", ["Everyone's an expert", "We trust people", "Yes", "Ask first.", "and more"]
)
def test_a_line_that_reads_like_a_sentence_is_left_to_be_placed(loose: str) -> None:
    transcript = parse(f"Power (1)\n\n- a\n\n{loose}\n\n- b")
    assert counts(transcript) == [("Power", 1, 2)]
    assert texts(transcript.unplaced) == [loose]


def test_a_station_short_of_its_stated_count_is_not_ended_by_shape_alone() -> None:
    assert texts(parse("Power (2)\n\n- a\n\nTrust\n\n- b").unplaced) == ["Trust"]
    assert counts(parse("Power (1)\n\n- a\n\nTrust\n\n- b"))[1] == ("Trust", None, 1)


def test_what_follows_next_steps_is_closing_text_bullets_included() -> None:
    transcript = parse("Power (1)\n\n- a\n\nNext steps\n\n- Meet again\n\nTHE END")
    assert counts(transcript) == [("Power", 1, 1)]
    assert texts(transcript.closing) == ["Next steps", "- Meet again", "THE END"]


def test_capitals_under_the_closing_text_are_captions_only_where_they_name_a_station() -> None:
    transcript = parse("Power (1)\n\n- a\n\nWe met again in June.\n\nTHE END\n\nPOWER")
    assert texts(transcript.closing) == ["We met again in June.", "THE END"]
    assert texts(transcript.captions) == ["POWER"]


def test_a_year_in_brackets_is_no_count() -> None:
    assert counts(parse("A book (2016)\n\n- x\n\nPower (1)\n\n- a")) == [("Power", 1, 1)]


@pytest.mark.parametrize(
    ("line", "number", "state"),
    [
        ("- [no text] x 4", 4, "no_text"),
        ("-\t[No Text]\t×\t3", 3, "no_text"),
        ("- [blank] (x2)", 2, "no_text"),
        ("- 2 x [no text]", 2, "no_text"),
        ("- [illegible] x 2", 2, "illegible"),
        ("[no text] x 4", 4, "no_text"),
        ("[no text]", 1, "no_text"),
        ("-", 1, "no_text"),
        ("- [no text] x 0", 1, "read"),
    ],
)
def test_several_identical_empties_are_as_many_notes(line: str, number: int, state: str) -> None:
    notes = parse(f"Power (1)\n\n{line}\n").stations[0].notes
    assert [(note.part, note.parts) for note in notes] == [(part + 1, number) for part in range(number)]
    assert {note.text_state for note in notes} == {state}
    assert {note.verbatim for note in notes} == {line}


@pytest.mark.parametrize("bullet", ["- ", "–\t", "—\xa0", "• ", "•", "* ", "  - ", "\u200b- "])
def test_any_bullet_makes_a_note_and_stays_in_its_verbatim_line(bullet: str) -> None:
    (note,) = parse(f"Power (1)\n\n{bullet}a word  ").stations[0].notes
    assert (note.markup, note.verbatim, note.number) == ("a word", f"{bullet}a word  ", 3)


def test_a_new_page_ends_a_note() -> None:
    assert texts(parse("Power (1)\n- a\n\fnot a continuation\n- b").unplaced) == ["not a continuation"]


def test_headings_are_compared_without_case_punctuation_plural_and_count() -> None:
    assert similar_heading("Self aware (8)", "SELF-AWARE")
    assert similar_heading("Strengths", "strength")
    assert not similar_heading("Power", "Powerless")
    assert not similar_heading("…", "!")
    assert heading_key("People’s Access") == heading_key("2. people's access (4)")
    assert heading_names("Diversity | Strengths (7)") == ("Diversity", "Strengths")
    assert heading_names("Communication (what is missing?)") == ("Communication",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        (b"\xef\xbb\xbf", "white space"),
        (b"Power (1)\n- a\x00", "not plain text"),
        (b"%PDF-1.7", "not plain text"),
        (b"PK\x03\x04", "not plain text"),
        (b"\x01\x02\x03\x04 a", "not plain text"),
        ("Power (1)".encode("utf-16"), "UTF-16"),
        (b"Power (1)\n- caf\xe9\n", "Line 2 of this file is not UTF-8 (byte 16 of the file)"),
        (b"a" * (MAX_BYTES + 1), "2 MB"),
        (b"a" * 10_000_000, "9.5 MB"),
        (b"nothing but a sentence", "No heading"),
        (b"Power (1)\n", "No note"),
        (b"Power (1)\n- a\n- [no text] x 201\n", "Line 3 "),
        (b"Power (1)\n" + b"- [no text] x 200\n" * 26, "Line 27 "),
        (b"Power (1)\n" + b"- a\n" * (MAX_NOTES + 1), "5001 notes"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(TranscriptError) as refusal:
        read_transcript(data)
    assert said in str(refusal.value)
    assert str(refusal.value).count(". ") == 0


def test_a_file_in_utf_8_is_read_with_or_without_its_mark() -> None:
    assert read_file("\ufeffPower (1)".encode()) == read_file(b"Power (1)")
