"""Withdrawn for good: no word of a note is left in anything kept of a transcript."""

import time

import pytest

from events.models import Event
from people.guests import Viewer
from responses.board import take_down_note
from responses.forgetting import without_loose, without_note
from responses.imports import Imported, import_transcript
from responses.models import Note, Transcript

LOOSE = "Power (1)\n\n- Share it\n\nAsk Jo Smith, she knows.\n\n- Say why\n"
AS_NOTE = "Power (2)\n\n- Share it\n- Ask Jo Smith, she knows.\n\n- Say why\n"

pytestmark = pytest.mark.django_db


def kept_words() -> str:
    return repr(list(Transcript.objects.values("text", "unplaced", "preamble", "closing", "captions")))


def take_down(words: str, by: Viewer) -> None:
    take_down_note(Note.objects.get(text__contains=words), "It names somebody.", by=by)


@pytest.fixture
def event(make_event: type) -> Event:
    return make_event()


def test_a_line_once_unplaced_is_forgotten_when_its_note_is_taken_down(event: Event, ada: Viewer) -> None:
    import_transcript(event, LOOSE, by=ada)
    assert "Jo Smith" in str(Transcript.objects.get().unplaced)
    import_transcript(event, AS_NOTE, by=ada)
    take_down("Jo Smith", ada)
    assert "Jo Smith" not in kept_words()
    assert "Share it" in kept_words()


def placed(event: Event, ada: Viewer, text: str = LOOSE) -> Imported:
    return import_transcript(event, text, by=ada, placed={5: 0})


def test_a_line_placed_and_taken_down_never_comes_back_as_unplaced(event: Event, ada: Viewer) -> None:
    placed(event, ada)
    take_down("Jo Smith", ada)
    for text in (LOOSE, f"{LOOSE}- One more\n"):
        import_transcript(event, text, by=ada)
        assert "Jo Smith" not in kept_words()
    assert not Note.objects.filter(text__contains="Jo Smith").exists()


def test_a_line_placed_once_stays_placed_and_is_not_doubled(event: Event, ada: Viewer) -> None:
    placed(event, ada)
    again = import_transcript(event, f"{LOOSE}- One more\n", by=ada)
    assert again.added == 1
    assert all(transcript.unplaced == [] for transcript in Transcript.objects.all())


def test_equal_loose_lines_are_placed_one_after_the_other(event: Event, ada: Viewer) -> None:
    text = "Power (1)\n\n- Share it\n\nme too, please.\n\n- Say why\n\nme too, please.\n\n- And how\n"
    assert import_transcript(event, text, by=ada, placed={5: 0}).added == 4
    assert import_transcript(event, text, by=ada, placed={9: 0}).added == 1
    assert import_transcript(event, text, by=ada, placed={9: 0}).added == 0


@pytest.mark.parametrize("line", ["[illegible] [note: Jo Smith]", "[no text] [note: by Jo Smith]"])
def test_what_a_reader_remarked_on_goes_with_the_note(event: Event, ada: Viewer, line: str) -> None:
    import_transcript(event, f"Power (2)\n\n- Share it\n- {line}\n", by=ada)
    take_down_note(Note.objects.exclude(text_state="read").get(), "It names somebody.", by=ada)
    assert "Jo Smith" not in kept_words()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\v"])
def test_a_line_is_forgotten_whatever_ends_it(end: str) -> None:
    text = end.join(["Power (2)", "- Yes", "- Yes, and pay people", ""])
    assert without_note(text, "- Yes") == text.replace("- Yes" + end, "[removed: a withdrawn note]" + end)


def test_another_bullet_before_the_same_words_is_the_same_line() -> None:
    assert without_note("• Yes\n", "- Yes") == "[removed: a withdrawn note]\n"
    assert without_note("- A long one\n  Yes\n", "- Yes") == "- A long one\n  Yes\n"


def test_of_equal_loose_lines_one_is_forgotten() -> None:
    assert without_loose(["Yes", "No", "Yes"], "- Yes") == ["No", "Yes"]


@pytest.mark.parametrize("hostile", [" " * 50_000, "-" + " " * 50_000, "- Yes " * 9_000, "\n" * 50_000])
def test_forgetting_takes_no_time_on_hostile_text(hostile: str) -> None:
    began = time.perf_counter()
    for verbatim in ("- Yes", "- Yes\n  and more", hostile[:1000]):
        without_note(hostile, verbatim)
    assert time.perf_counter() - began < 1
