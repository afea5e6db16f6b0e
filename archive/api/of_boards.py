"""Notes, as the API tells them."""

from django.db.models import F, QuerySet

from archive.api.facts import (
    MAYBE_NUMBER,
    MOMENT,
    NUMBER,
    WORDS,
    YES_NO,
    Fact,
    of_thing,
    one_of,
    own,
    record,
    several,
)
from archive.api.kinds import Kind
from archive.cite.of_boards import may_be_quoted, with_readings
from people.guests import ANYBODY
from people.models import Consent
from responses.models import Mark, Note, Origin, TextState

CONSENT = record({"public": YES_NO, "research": YES_NO, "wording": MAYBE_NUMBER, "basis": WORDS})
WITHHELD = {"type": ["string", "null"], "enum": ["not_for_research", None]}


def _notes() -> QuerySet[Note]:
    return Note.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at"))


def _whole(notes: QuerySet[Note]) -> QuerySet[Note]:
    return with_readings(notes.select_related("consent__wording")).prefetch_related(
        "station__principles", "wordings"
    )


def _consent(consent: Consent) -> dict[str, object]:
    version = consent.wording.version if consent.wording else None
    return {
        "public": consent.public,
        "research": consent.research,
        "wording": version,
        "basis": consent.basis,
    }


def _withheld(note: Note) -> str | None:
    return "not_for_research" if note.text and not may_be_quoted(note.consent) else None


FACTS: tuple[Fact, ...] = (
    own("label", WORDS, "What it is called on its board: the station’s code and a number."),
    of_thing("event", WORDS, "The event, as in its address.", lambda note: note.board.event.slug),
    of_thing("board", WORDS, "The board, as in its address.", lambda note: note.board.slug),
    of_thing("station", WORDS, "The permanent id of its station.", lambda note: note.station.identifier),
    of_thing("heading", WORDS, "The heading it stands under, as written.", lambda note: note.station.heading),
    of_thing(
        "principles", several(WORDS), "The ids of the principles its station asks about.",
        lambda note: [one.identifier for one in note.station.principles.all()],
    ),
    of_thing(
        "wordings", several(WORDS), "The ids of the wordings it answered, as they read then.",
        lambda note: [one.identifier for one in note.wordings.all()],
    ),
    own("mark", one_of(Mark.choices), "What it does to the principle."),
    own("text_state", one_of(TextState.choices), "What is known of its words."),
    own("origin", one_of(Origin.choices), "Where it came from."),
    of_thing("words_withheld", WITHHELD, "Why words is null although the note has words.", _withheld),
    of_thing(
        "consent", CONSENT, "The two answers of whoever wrote it, or on what basis it was imported.",
        lambda note: _consent(note.consent),
    ),
    own("number", NUMBER, "Its place at its station."),
    own("added_at", MOMENT, "When it was added to its board, in UTC."),
)  # fmt: skip

NOTES = Kind(
    "notes",
    "note",
    "Single responses that everybody may read. Tallies count more: also those kept to their board.",
    _notes,
    _whole,
    FACTS,
    is_searched=True,
)
