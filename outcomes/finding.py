"""Finding notes to cite while something is being written: by words, or those that read alike."""

from dataclasses import dataclass, field

from django.http import QueryDict

from events.models import Event
from outcomes.citable import citable
from outcomes.picking import picked_notes
from outcomes.similar import notes_like
from people.guests import Viewer
from responses.models import Note

MOST = 30  # notes offered at once


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked for and what was found; nothing of it is chosen yet."""

    words: str = ""
    notes: list[Note] = field(default_factory=list)
    looked: bool = False


def finding_for(event: Event, viewer: Viewer, asked: QueryDict) -> Finding:
    """Notes of `event` as `asked` looks for them, without those that are ticked already."""
    words = asked.get("words", "").replace("\0", "").strip()[:100]
    picked = picked_notes(event, viewer, asked.getlist("pick"))
    act = asked.get("act")
    if act == "find" and words:
        known = [note.pk for note in picked]
        notes = citable(event, viewer).filter(text__icontains=words).exclude(pk__in=known)
        return Finding(words, list(notes.for_showing().in_order()[:MOST]), looked=True)
    if act == "like":
        known = {note.pk for note in picked}
        alike = notes_like(picked or asked.get("text", ""), event, viewer, most=MOST)
        return Finding(words, [note for note, _ in alike if note.pk not in known], looked=True)
    return Finding(words)
