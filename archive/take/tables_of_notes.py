"""Tables of a package about what was said: notes, their readings, and the stations that asked."""

from django.db.models import QuerySet

from archive.columns import COLUMNS
from archive.take.row_sql import LISTS
from archive.take.rows import Taking
from archive.take.table import IDENTIFIER, PERMALINK, Field, Table, field
from archive.take.tabular import NUMBERS, TIMES, TRUTHS
from people.guests import ANYBODY
from responses.models import Board, Mark, Origin, Pairing, Reading, Station, TextState
from responses.models.notes import words_as_plain

POINTS = {"event": ("events", "slug"), "station": ("stations", "identifier")}


def _type_of(name: str) -> str:
    if name in TRUTHS:
        return "boolean"
    return "integer" if name in NUMBERS else "datetime" if name in TIMES else "string"


def _column(column: object) -> Field:
    more = " Several are separated by a space." if column.name in LISTS else ""
    # Truths have their own type, which says what they can be.
    values = () if column.name in TRUTHS else column.values
    return Field(
        column.name, column.meaning + more, lambda _: None, _type_of(column.name), values,
        POINTS.get(column.name),
    )  # fmt: skip


def _readings(taking: Taking) -> QuerySet[Reading]:
    """Of notes on paper: what somebody typed and then put right is not one of two readings."""
    shown = Reading.objects.filter(note__in=taking.notes, note__origin=Origin.PAPER, is_held=False)
    if not taking.restricted:
        shown = shown.filter(note__consent__public=True)
    return shown.filter(note__consent__research=True).select_related("note").order_by("note", "number")


def _pairings(_taking: Taking) -> QuerySet[Pairing]:
    stations = Station.objects.visible_to(ANYBODY)
    return Pairing.objects.filter(station__in=stations).select_related("station", "principle", "wording")


def _is_accepted(reading: Reading) -> bool:
    return reading.note.accepted_id == reading.pk


NOTES = Table(
    "notes", "Notes", "One row for each note that counts, also for those whose words stay with their board.",
    ("note",), lambda taking: taking.notes, tuple(map(_column, COLUMNS)), Taking.csv_lines,
)  # fmt: skip
READINGS = Table(
    "readings",
    "Readings",
    "How notes on paper were read, each reading that everybody may see. No reader is named.",
    ("note", "number"),
    _readings,
    (
        field("note", "The note that was read.", "note.identifier", at=("notes", "note")),
        field("number", "Which reading of it this is, from 1.", type="integer"),
        PERMALINK,
        field("witness", "What it was read from.", values=tuple(Reading.Witness.choices)),
        field("text_state", "What is known of its words.", values=tuple(TextState.choices)),
        field("mark", "What it does to the principle.", values=tuple(Mark.choices)),
        field("markup", "Its words in the transcript markup.", "text"),
        Field("plain", "Its words, with doubt said in brackets.",
              lambda one: words_as_plain(one.text, Origin.PAPER)),
        field("verbatim", "The source line it was read from, exactly."),
        field("confidence", "How sure its reader was.", values=tuple(Reading.Confidence.choices)),
        field("at", "When, in UTC.", type="datetime"),
        Field("accepted", "Whether the note stands on it by a ruling.", _is_accepted, "boolean"),
    ),
)  # fmt: skip
BOARDS = Table(
    "boards", "Boards", "Walls of sticky notes, one row each.", ("identifier",),
    lambda _: Board.objects.visible_to(ANYBODY).select_related("event").order_by("pk"),
    (
        IDENTIFIER,
        field("slug", "Its name in its address, within its event."),
        field("event", "The event.", "event.slug", at=("events", "slug")),
        field("name", "What it is called."),
        field("question", "What was asked, above all stations."),
        field("state", "Whether it takes answers.", values=tuple(Board.State.choices)),
        field("may_include_under_18s", "Whether under-18s may have taken part.", type="boolean"),
        field("is_invented", "Whether what is on it is demonstration.", type="boolean"),
        PERMALINK,
    ),
)  # fmt: skip
STATIONS = Table(
    "stations", "Stations", "Headings on boards, as written on the wall.", ("identifier",),
    lambda _: Station.objects.visible_to(ANYBODY).select_related("board__event").order_by("pk"),
    (
        IDENTIFIER,
        field("board", "The board.", "board.identifier", at=("boards", "identifier")),
        field("position", "Its place on the board.", type="integer"),
        field("code", "Begins the label of each note: POW for POW-15."),
        field("heading", "As written."),
        field("stated_count", "How many notes the record says there are; never corrected.", type="integer"),
        field("is_missing", "Whether it asks what is missing.", type="boolean"),
    ),
)  # fmt: skip
PAIRINGS = Table(
    "pairings", "Pairings",
    "Which principles each station asks about, and in which words where that is fixed.",
    ("station", "principle"), lambda taking: _pairings(taking).order_by("pk"),
    (
        field("station", "The station.", "station.identifier", at=("stations", "identifier")),
        field("principle", "The principle.", "principle.identifier", at=("principles", "identifier")),
        field("wording", "The wording on its sheet.", "wording.identifier", at=("wordings", "identifier")),
    ),
)  # fmt: skip
OF_NOTES = (NOTES, READINGS, BOARDS, STATIONS, PAIRINGS)
