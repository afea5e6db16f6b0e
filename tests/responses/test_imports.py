"""Transcripts on record: whole, once, and again without doubling anything."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from principles.models import PrincipleSet
from responses.board import end_note
from responses.changes import locked
from responses.imports import NAME, SLUG, Imported, digest_of, import_transcript
from responses.models import Board, Mark, Note, Origin, Reading, TextState
from responses.tallies import tallies_by_station
from responses.transcription import parse, summary

RECORD = Path(__file__).parents[3] / "shared" / "records" / "001_first_part.txt"
TEXT = """A day at the hall
Somebody welcomed everyone.

POWER

Power (4)
- Say who decides.
- [no text] x 2
- Shared with
  whom?

Strengths | Time

- Ask ~~what~~ [...] first
- [illegible]
- ↑ →
- [no text]

What is missing? (1)
- Food [food/flood?]
"""
LOOSE = TEXT.replace("- [illegible]\n", "- [illegible]\n\nA line that somebody left between two notes.\n\n")


@pytest.fixture
def event(make_set: Callable[..., PrincipleSet], make_event: Callable[..., Event]) -> Event:
    event = make_event()
    event.principle_sets.add(make_set("Power", "Time", "Strength"))
    return event


@pytest.fixture
def imported(event: Event) -> Imported:
    return import_transcript(event, TEXT, by=None)


def counts(board: Board) -> dict[str, int]:
    stations = list(board.stations.all())
    tallies = tallies_by_station(stations)
    return {station.heading: tallies[station.pk].total for station in stations}


def note_with(board: Board, words: str) -> Note:
    return board.notes.get(text__contains=words)


def test_an_import_brings_every_station_with_both_its_counts(imported: Imported) -> None:
    board = imported.board
    assert (board.slug, board.name, board.is_open) == (SLUG, NAME, False)
    stated = dict(board.stations.values_list("heading", "stated_count"))
    assert stated == {"Power": 4, "Strengths | Time": None, "What is missing?": 1}
    assert counts(board) == {"Power": 4, "Strengths | Time": 4, "What is missing?": 1}
    assert imported.added == 9
    assert [s.code for s in board.stations.all()] == ["POW", "ST", "WIM"]
    assert [s.is_missing for s in board.stations.all()] == [False, False, True]


def test_each_note_is_three_facts_and_no_mark_is_guessed(imported: Imported) -> None:
    notes = imported.board.notes.all()
    assert {(note.origin, note.mark) for note in notes} == {(Origin.PAPER, Mark.NOT_RECORDED)}
    there = list(notes.filter(station__heading="Strengths | Time").values_list("text_state", flat=True))
    assert there == [TextState.PARTLY, TextState.ILLEGIBLE, TextState.DRAWING, TextState.NO_TEXT]


def test_each_note_keeps_its_verbatim_line_as_reading_1_of_the_imported_record(imported: Imported) -> None:
    readings = Reading.objects.filter(note__board=imported.board)
    assert readings.count() == 9
    assert set(readings.values_list("number", "witness")) == {(1, "imported_record")}
    assert note_with(imported.board, "whom").readings.get().verbatim == "- Shared with\n  whom?"


def test_stations_are_paired_with_the_principles_their_headings_name(imported: Imported) -> None:
    named = {s.heading: [p.name for p in s.principles.all()] for s in imported.board.stations.all()}
    assert named == {"Power": ["Power"], "Strengths | Time": ["Time", "Strength"], "What is missing?": []}
    assert note_with(imported.board, "~~what~~").wordings.count() == 2


def test_the_source_is_kept_whole_with_what_became_no_note(imported: Imported) -> None:
    kept = imported.board.transcripts.get()
    assert kept.text == TEXT
    assert kept.preamble.splitlines() == ["A day at the hall", "Somebody welcomed everyone."]
    assert (kept.captions, kept.unplaced, kept.added) == (["POWER"], [], 9)


def test_an_import_carries_the_basis_on_which_it_was_published(imported: Imported) -> None:
    (consent,) = {note.consent for note in imported.board.notes.select_related("consent")}
    assert consent.public
    assert consent.research
    assert "record" in consent.basis


def test_the_same_file_again_changes_nothing(imported: Imported, event: Event) -> None:
    before = list(Note.objects.values_list("pk", "number", "key").order_by("pk"))
    again = import_transcript(event, TEXT.replace("\n", "\r\n"), by=None)
    assert (again.added, again.already_there) == (0, 9)
    assert list(Note.objects.values_list("pk", "number", "key").order_by("pk")) == before
    board = Board.objects.get(pk=imported.board.pk)
    assert board.change_number == board.changes.count() == 1
    assert board.transcripts.count() == 1
    assert event.changes.filter(what__contains="imported").count() == 1


def test_a_longer_file_adds_only_what_is_new(imported: Imported, event: Event) -> None:
    longer = TEXT.replace("- Say who decides.", "- Say who decides.\n- Rotate the chair\n- [no text]")
    again = import_transcript(event, longer + "- A second one\n\nRoom (1)\n- Bring a lamp\n", by=None)
    assert (again.added, again.already_there) == (4, 9)
    assert counts(imported.board) == {
        "Power": 6, "Strengths | Time": 4, "What is missing?": 2, "Room": 1,
    }  # fmt: skip
    numbers = imported.board.notes.filter(station__heading="Power").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_a_later_stated_count_does_not_replace_the_first(imported: Imported, event: Event) -> None:
    import_transcript(event, TEXT.replace("Power (4)", "Power (6)"), by=None)
    assert imported.board.stations.get(heading="Power").stated_count == 4
    assert event.changes.filter(what__contains="states 6 at “Power”").exists()


def test_a_heading_in_other_letters_is_the_same_station(imported: Imported, event: Event) -> None:
    again = import_transcript(event, TEXT.replace("Power (4)", "POWERS: (4)").replace("POWER\n", ""), by=None)
    assert again.added == 0
    assert imported.board.stations.count() == 3


def test_a_loose_line_is_kept_until_somebody_places_it(event: Event, ada: Viewer) -> None:
    first = import_transcript(event, LOOSE, by=ada)
    (line,) = first.transcript.unplaced
    assert first.board.transcripts.get().unplaced == [line.text]
    placed = import_transcript(event, LOOSE, by=ada, placed={line.number: 1})
    assert (placed.added, placed.already_there) == (1, 9)
    assert note_with(first.board, "somebody left").station.heading == "Strengths | Time"
    kept = first.board.transcripts.get()
    assert (kept.unplaced, kept.added) == ([], 10)


@pytest.mark.parametrize("placed", [{1: 0}, {999: 0}, {17: 99}, {17: -1}])
def test_a_place_that_is_none_is_refused(event: Event, placed: dict[int, int]) -> None:
    with pytest.raises(Refused, match="preview"):
        import_transcript(event, LOOSE, by=None, placed=placed)
    assert not event.activities.exists()


def test_a_note_withdrawn_since_stays_withdrawn_in_a_longer_file(imported: Imported, event: Event) -> None:
    note = note_with(imported.board, "whom")
    with locked(imported.board) as board:
        end_note(board, note, Note.Ending.TAKEN_DOWN, by=None)
    again = import_transcript(event, TEXT + "- One more\n", by=None)
    assert again.added == 1
    assert not Note.objects.filter(text__contains="whom").exists()
    assert not Reading.objects.filter(verbatim__contains="whom").exists()
    for kept in imported.board.transcripts.all():
        assert "whom" not in kept.text
        assert "Say who decides." in kept.text


def test_only_those_who_run_the_event_may_import(
    event: Event, ada: Viewer, ben: Viewer, cleo: Viewer, researcher: Viewer
) -> None:
    for viewer in (ben, cleo, researcher):
        with pytest.raises(Refused, match="run this event"):
            import_transcript(event, TEXT, by=viewer)
    assert not event.activities.exists()
    assert import_transcript(event, TEXT, by=ada).added == 9


def test_other_boards_of_the_event_are_left_alone(
    event: Event, make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    board = make_board("Power", event=event)
    post_note(board.stations.get())
    import_transcript(event, TEXT, by=None)
    assert (board.notes.count(), board.stations.count(), event.activities.count()) == (1, 1, 2)


def test_an_import_takes_as_many_questions_for_ten_notes_as_for_a_hundred(
    event: Event, django_assert_max_num_queries: Callable
) -> None:
    many = "Power (100)\n" + "".join(f"- Note number {number}\n" for number in range(100))
    with django_assert_max_num_queries(40):
        import_transcript(event, many, by=None)


def test_codes_of_stations_never_meet(event: Event) -> None:
    headings = ("Power (1)", "Powder (1)", "Power of two (1)", "Pots of tea (1)", "Сила (1)", "Время (1)")
    text = "\n".join(f"{heading}\n- Something about {heading[0]}\n" for heading in headings)
    board = import_transcript(event, text, by=None).board
    codes = [station.code for station in board.stations.all()]
    assert len(set(codes)) == len(headings)
    assert all(code.isascii() and 0 < len(code) <= 6 for code in codes)


BAD = {
    "empty": b"",
    "blank": b" \n\n\t\n",
    "binary": bytes(range(256)) * 40,
    "utf-16": TEXT.encode("utf-16"),
    "latin-1": "Power (1)\n- Café £5\n".encode("latin-1"),
    "huge": b"Power (1)\n" + b"- a line of words\n" * (10 * 1024 * 1024 // 18),
    "no heading": b"Just a few words on one line.\n",
    "no note": b"Power (7)\n\n",
    "too many": b"Power (1)\n- [no text] x 999999999\n",
    "many notes": b"Power (1)\n" + b"- x\n" * 6000,
    "one long line": b"Power (1)\n- " + b"[" * 3_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence_and_changes_nothing(event: Event, tmp_path: Path, name: str) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(BAD[name])
    with pytest.raises(CommandError) as caught:
        call_command("import_transcript", event.slug, file)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert not event.activities.exists()
    assert event.changes.count() == 1


@pytest.mark.parametrize(
    ("slug", "file", "says"),
    [
        ("wall-dya", "x.txt", "Did you mean wall-day?"),
        ("wall-day", "nowhere.txt", "There is no file nowhere.txt"),
        ("wall-day", ".", "is a folder"),
        ("wall-day", "a\0b", "cannot be read"),
    ],
)
def test_the_command_says_what_to_do(event: Event, slug: str, file: str, says: str) -> None:
    with pytest.raises(CommandError, match=says.replace("?", r"\?")):
        call_command("import_transcript", slug, file)


def test_a_dry_run_as_json_prints_the_summary_and_nothing_else(
    event: Event, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(TEXT)
    call_command("import_transcript", event.slug, file, "--dry-run", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert printed == summary(parse(TEXT, known_headings=["Power", "Time", "Strength"]))
    assert not event.activities.exists()


def test_the_table_of_the_command_shows_stated_beside_counted(
    event: Event, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(LOOSE)
    call_command("import_transcript", event.slug, file)
    printed = capsys.readouterr().out
    assert "Power                  4        4  2 read, 2 no text" in printed
    assert "line 17: A line that somebody left between two notes." in printed
    assert "9 added, 0 there before" in printed


@pytest.mark.skipif(not RECORD.exists(), reason="The sample records are not beside this clone.")
def test_the_sample_record_imports_with_its_counts(event: Event) -> None:
    done = import_transcript(event, RECORD.read_text(), by=None)
    assert counts(done.board) == {"Make Time": 7, "Asset-based": 9, "Diversity | Strengths": 7}
    assert list(done.board.stations.values_list("stated_count", flat=True)) == [7, 9, None]
    assert import_transcript(event, RECORD.read_text(), by=None).added == 0


def test_a_digest_does_not_mind_line_ends() -> None:
    assert digest_of("a\r\nb\rc\n") == digest_of("a\nb\nc\n") != digest_of("a\nb\nc")
