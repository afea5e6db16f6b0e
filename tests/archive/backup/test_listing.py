"""The list of what was taken from sight: what gets into it, what holds, and how it is made whole."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from archive.backup.doing_again import AGAIN, MODELS
from archive.backup.listing import mend_list
from archive.backup.replaying import replay
from coproduce.tombstones import BRINGS_BACK, TAKES, Tombstone, append, due, read
from people.consent import consent_given
from people.guests import Viewer
from responses.board import change_consent, withdraw_note
from responses.models import Note, Station
from responses.moderation import hide_note, show_note

pytestmark = pytest.mark.django_db

AT = "2026-11-01T10:00:00+00:00"


@pytest.fixture
def path(settings: object, tmp_path: Path) -> Path:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    return settings.TOMBSTONES


def test_every_taking_can_be_done_again() -> None:
    assert TAKES.keys() == AGAIN.keys() == MODELS.keys()
    for kind, verbs in TAKES.items():
        # How a thing stands after a decision was undone is told beside it.
        assert AGAIN[kind].keys() - {"undid"} == verbs, kind
    assert BRINGS_BACK.keys() <= TAKES.keys()


def test_an_act_writes_its_line_when_it_is_committed_and_without_a_word(
    path: Path,
    station: Station,
    post_note: Callable[..., Note],
    ben: Viewer,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    note, other = post_note(station, "Lapwing words."), post_note(station, "More words.")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_note(note, by=ben)
        change_consent(other, consent_given(public=False, research=True), by=ben)
        assert read() == []
    said = {(one.kind, one.id, one.what, one.standing) for one in read()}
    assert said == {
        ("note", note.identifier, "note_withdrawn", ""),
        ("note", other.identifier, "consent_changed", "research"),
    }
    assert "Lapwing" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_the_list_is_made_whole_from_the_trace(
    path: Path, station: Station, post_note: Callable[..., Note], ben: Viewer, ada: Viewer
) -> None:
    """The disk was full, or the process died: nothing was written when the acts were done."""
    note, hidden = post_note(station, "One."), post_note(station, "Two.")
    withdraw_note(note, by=ben)
    hide_note(hidden, "It names somebody.", by=ada)
    assert mend_list() == 2
    assert mend_list() == 0
    assert {one.id for one in due(read())} == {note.identifier, hidden.identifier}
    show_note(hidden, by=ada)
    assert mend_list() == 1
    assert {one.id for one in due(read())} == {note.identifier}


def test_only_what_was_not_undone_is_done_again() -> None:
    lines = [
        Tombstone("photo", "a", "covered", "1"),
        Tombstone("photo", "a", "taken_off_the_record", "2"),
        Tombstone("photo", "a", "published", "3"),
        Tombstone("comment", "b", "removed", "1"),
        Tombstone("comment", "b", "undid", "2", "shown"),
        Tombstone("story", "c", "shown", "1"),
        Tombstone("story", "c", "undid", "2", "held"),
        Tombstone("note", "d", "consent_changed", "2", ""),
        Tombstone("note", "d", "consent_changed", "1", "public"),
    ]
    assert [(one.kind, one.what, one.standing) for one in due(lines)] == [
        ("photo", "covered", ""),
        ("story", "undid", "held"),
        ("note", "consent_changed", ""),
    ]


def test_half_a_line_loses_no_other(path: Path) -> None:
    one = Tombstone("note", "abc", "note_withdrawn", AT)
    append([one])
    with path.open("a") as file:
        file.write('{"kind": "no')
    append([one])
    assert read() == [one, one]


@pytest.mark.parametrize(
    "bad",
    [b"\0\0\0", b"\xff\xfe", b"null", b'{"kind": "note", "id": "abc", "what": "note_withdrawn", "at": 5}'],
)
def test_a_line_without_sense_loses_no_other(path: Path, bad: bytes) -> None:
    one = Tombstone("note", "abc", "note_withdrawn", AT)
    append([one])
    with path.open("ab") as file:
        file.write(bad + b"\n")
    append([one])
    assert read() == [one, one]
    assert mend_list() == 0


def test_what_one_line_does_keeps_none_after_it_from_being_done() -> None:
    lines = [
        Tombstone("role", "none such", "role_ended", AT),
        Tombstone("role", "7", "role_ended", AT.replace("2026", "2027")),
    ]
    told = replay(lines, datetime.fromisoformat(AT))
    assert len(told.failed) == 1
    assert told.absent == 1
