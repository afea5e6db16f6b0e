"""What was taken from sight, kept in a file outside the database, so that no restored backup brings it back.

One line of JSON for each act: what kind of thing, its permanent id, what was done and when. No word of
anybody's and no name is in it. `people.trace` adds a line when an act is committed; `archive.backup`
mends the file from the trace, and does the acts again after a restore.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

# By kind of thing, as the trace names it: what takes it, or somebody's name or address on it, from sight.
TAKES: dict[str, set[str]] = {
    "note": {
        "note_withdrawn", "mark_taken_back", "note_hidden", "consent_changed", "name_taken_off", "no_note",
    },
    "picture": {"withdrew", "hidden", "waiting", "consent_changed", "taken_off_the_record"},
    "option": {"withdrew", "hidden", "waiting"},
    "stub": {"sheet_taken_back"},
    "photo": {"taken_down", "taken_off_the_record", "covered"},
    "quotation": {"removed", "left_out"},
    "comment": {"withdrew", "removed", "held"},
    "story": {"withdrew", "removed", "held", "consent_changed", "address_forgotten"},
    "illustration": {"withdrawn"},
    "attachment": {"withdrawn"},
    "post": {"unpublished", "took_text_away"},
    "event": {"took_text_away"},
    "signature": {"withdrew", "removed", "let_wait"},
    "promise": {"taken_down"},
    "theme": {"theme_dissolved"},
    "person": {"account_ended", "unlisted", "not_listed"},
    "subscriber": {"unsubscribed"},
    "sign up": {"gave_back", "taken_off"},
    "role": {"role_ended"},
    "appointment": {"appointment_ended"},
    "invitation": {"invitation_withdrawn"},
    "study": {"ended"},
    "saved search": {"thrown_away"},
}  # fmt: skip
# What puts a thing back, and which acts it undoes. A comment's or story's own state says the same for it.
BRINGS_BACK: dict[str, dict[str, set[str]]] = {
    "note": {"note_shown": {"note_hidden", "no_note"}},
    "picture": {"shown": {"hidden", "waiting"}, "put_on_the_record": {"taken_off_the_record"}},
    "option": {"shown": {"hidden", "waiting"}},
    "photo": {"published": {"taken_off_the_record"}},
    "comment": {verb: {"removed", "held"} for verb in ("shown", "undid")},
    "story": {verb: {"removed", "held"} for verb in ("shown", "undid")},
    "post": {
        "published": {"unpublished"}, "redated": {"unpublished"}, "published_text": {"took_text_away"},
    },
    "event": {"published_text": {"took_text_away"}},
    "signature": {"showed": {"removed", "let_wait"}},
    "theme": {"theme_restored": {"theme_dissolved"}},
    "person": {"listed": {"unlisted", "not_listed"}},
}  # fmt: skip
MODE = 0o600


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One act. `standing` is where the thing may still go after it ("public research"), or how it stands."""

    kind: str
    id: str
    what: str
    at: str
    standing: str = ""


def matters(kind: str, what: str) -> bool:
    """Whether an act belongs into the list."""
    return what in TAKES.get(kind, ()) or what in BRINGS_BACK.get(kind, ())


def standing_of(subject: object, what: str) -> str:
    """How a thing stands after an act, where the act alone does not say it; in words of ours."""
    if what == "undid":
        return str(getattr(subject, "state", ""))
    consent = getattr(subject, "consent", None)
    if what != "consent_changed" or consent is None:
        return ""
    return " ".join(word for word in ("public", "research") if getattr(consent, word))


def due(tombstones: Iterable[Tombstone]) -> list[Tombstone]:
    """What has to be done again, in order: without what was undone later, and only the last of a kind."""
    found: dict[tuple[str, str, str], Tombstone] = {}
    for one in sorted(tombstones, key=lambda line: line.at):
        for undone in BRINGS_BACK.get(one.kind, {}).get(one.what, ()):
            found.pop((one.kind, one.id, undone), None)
        found.pop((one.kind, one.id, one.what), None)
        if one.what in TAKES.get(one.kind, ()) or one.standing in TAKES.get(one.kind, ()):
            found[one.kind, one.id, one.what] = one
    return list(found.values())


def append(tombstones: Iterable[Tombstone], path: Path | None = None) -> None:
    """Add lines at the end of the list; they are on disk when this returns. Raises OSError."""
    lines = "".join(f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in tombstones).encode()
    path = path or Path(settings.TOMBSTONES)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, MODE)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        # A line that a power cut left half written must not swallow the next.
        size = os.fstat(file).st_size
        broken = size and os.pread(file, 1, size - 1) != b"\n"
        os.write(file, b"\n" + lines if broken else lines)
        os.fsync(file)
    finally:
        os.close(file)


def read(path: Path | None = None) -> list[Tombstone]:
    """All lines of a list in their order, none where there is no file; half a line is left out."""
    path = path or Path(settings.TOMBSTONES)
    return [*filter(None, map(_line, path.read_bytes().splitlines()))] if path.exists() else []


def _line(text: bytes) -> Tombstone | None:
    """What a line says; None for one that a power cut or a bad disk left without sense, like zeros."""
    try:
        one = Tombstone(**json.loads(text))
        datetime.fromisoformat(one.at)
    except (ValueError, TypeError):
        return None
    return one if all(isinstance(part, str) for part in asdict(one).values()) else None
