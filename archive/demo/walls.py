"""The demo's boards, with notes in every mark, state and origin that there can be."""

from itertools import count
from uuid import uuid4

from archive.demo.paper import BASIS, put_up_note
from archive.demo.tables import read_table, read_text
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from principles.models import Principle
from responses.board import add_note, take_back_mark, withdraw_note
from responses.imports import import_transcript
from responses.models import Board, Note, Origin, Pairing, Station
from responses.room import open_activity

GUESTS = 17


def guest(number: int) -> Viewer:
    """One of the demo's guests, from 0."""
    return Viewer(guest_key=f"demo-guest-{number}")


def put_up_boards(*, by: Viewer) -> None:
    """The boards that are open for answers, each note by one of seventeen guests in turn."""
    guests = (guest(number % GUESTS) for number in count())
    for row in read_table("walls")["boards"]:
        board = new_board(row["event"], row["slug"], row["name"], row["question"])
        open_activity(board, by=by)
        for position, sheet in enumerate(row["stations"], 1):
            station = new_station(board, position, sheet)
            for note in sheet["notes"]:
                _stick(station, *note, by=next(guests), organiser=by)


def new_board(event: str, slug: str, name: str, question: str) -> Board:
    """A closed board, the last of the event, that says it is invented."""
    on_record = Event.objects.get(slug=event)
    position = on_record.activities.count() + 1
    return Board.objects.create(
        event=on_record, slug=slug, name=name, question=question, position=position, is_invented=True
    )


def new_station(board: Board, position: int, sheet: dict) -> Station:
    """A heading with its principles, by the row of a table."""
    station = board.stations.create(
        heading=sheet["heading"],
        code=sheet["code"],
        position=position,
        is_missing=sheet.get("missing", False),
        captions=sheet.get("captions", []),
        stated_count=sheet.get("stated"),
    )
    for address in sheet.get("principles", ()):
        in_set, slug = address.split("/")
        principle = Principle.objects.get(set__slug=in_set, slug=slug)
        Pairing.objects.create(station=station, principle=principle)
    return station


def _stick(
    station: Station,
    mark: str,
    state: str,
    origin: str,
    words: str = "",
    fate: str = "",
    *,
    by: Viewer,
    organiser: Viewer,
) -> None:
    """One note of the table: from the guest's own device, or put up by the organiser for the room."""
    if origin != Origin.OWN_DEVICE:
        put_up_note(station, by=organiser, mark=mark, text_state=state, origin=origin, text=words)
        return
    consent = consent_given(public=fate != "kept", research=fate != "kept")
    signed = fate.removeprefix("signed ") if fate.startswith("signed ") else ""
    note = add_note(station, by=by, key=uuid4(), mark=mark, consent=consent, words=words, signed=signed).note
    _meet(note, fate, by=by)


def _meet(note: Note, fate: str, *, by: Viewer) -> None:
    if fate == "withdrawn":
        withdraw_note(note, by=by)
    if fate == "taken_back":
        take_back_mark(note, by=by)


def put_up_transcript(*, by: Viewer) -> None:
    """The closed board of notes from paper; one sheet states fewer notes than it has."""
    board = new_board(
        "values-and-principles",
        "demo-paper",
        "Demonstration of a typed-up wall",
        "Invented notes beneath headings and numbers from the record.",
    )
    import_transcript(board.event, read_text("transcript.txt"), by=by, board=board, basis=BASIS)
