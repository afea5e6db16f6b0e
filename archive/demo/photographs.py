"""The demo's photographed wall: drawn, read by a few guests, ruled on in part, one note taken back."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from uuid import UUID

from django.db import transaction

from archive.demo.accounts import email_of
from archive.demo.drawn_wall import BLUE, CANARY, GREEN, PINK, Box, DrawnNote, Wall, draw_wall
from archive.demo.paper import BASIS
from archive.demo.tables import read_table
from archive.demo.walls import guest, new_board, new_station
from coproduce.images.photographs import finish
from coproduce.work import run_ready
from events.models import Event
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from responses.board import withdraw_note
from responses.models import Board, Note, Photo, Reading, Station
from responses.photos.adding import add_photo
from responses.photos.making import say_made
from responses.photos.publishing import Said, describe_photo, publish_photo
from responses.photos.regions import add_region, make_note
from responses.readings.asking import ask_the_room
from responses.readings.reading import read_note
from responses.readings.ruling import accept_reading, reject_reading
from responses.receipts import receipt_for
from responses.reconciling import remark_on_counts, rows_of
from responses.stubs import print_stubs, tie_stub
from responses.transcription import read_markup, text_state_of

KEY = UUID("6d1f7b52-6c0a-4f0e-9a5e-0d8f3c1b2a47")
SIZE = (1600, 1200)  # enough to read every word, and soon made ready
COLOURS = (CANARY, PINK, BLUE, GREEN, CANARY)
NO_WORDS = ("no_text", "illegible")


def hang_photographed_wall() -> None:
    """The wall and all that was read on it, unless it hangs already; outside any transaction.

    Only a photograph that is committed can be made ready. Begun again at any point, and beside a
    worker, it ends the same.
    """
    table = read_table("photographs")
    organiser = Viewer(person=Person.objects.get(email=email_of(Role.Kind.ORGANISER)))
    event = Event.objects.get(slug=table["event"])
    if event.activities.filter(slug=table["slug"]).exists():
        return
    wall = _drawn(table)
    photo = add_photo(event, BytesIO(wall.as_jpeg()), by=organiser, key=KEY).photo
    if not photo.is_made:
        say_made(photo, finish(photo.files))
        photo.refresh_from_db()
    with transaction.atomic():
        if Board.objects.filter(event=Event.objects.select_for_update().get(pk=event.pk), slug=table["slug"]):
            return
        _put_on_record(photo, wall.boxes, table, by=organiser)
    # What was taken back is covered on it.
    run_ready()


def _drawn(table: dict) -> Wall:
    headings = [station["heading"] for station in table["stations"]]
    notes = [
        DrawnNote(row.get("drawn", ""), row["mark"], colour, row["sheet"])
        for row, colour in zip(table["notes"], cycle(COLOURS), strict=False)
    ]
    return draw_wall(notes, headings=headings, seed=6, size=SIZE)


def _put_on_record(photo: Photo, boxes: Sequence[Box], table: dict, *, by: Viewer) -> None:
    board = new_board(table["event"], table["slug"], table["name"], table["question"])
    stations = [new_station(board, position, row) for position, row in enumerate(table["stations"], 1)]
    words = {"alt": table["alt"], "caption": table["caption"], "words_basis": BASIS}
    describe_photo(photo, Said(board=board, basis=Photo.Basis.NOBODY, **words), by=by)
    ask_the_room(board.event, by=by, message=table["asks"], days=table["days"])
    taken_back = []
    for box, row in zip(boxes, table["notes"], strict=True):
        note = make_note(add_region(photo, box, by=by, station=stations[row["sheet"]]), by=by)
        _read(note, row, organiser=by)
        taken_back += [note] if row.get("withdrawn") else []
    # Last: no guest reads on a photograph on which something is still to be covered.
    for note in taken_back:
        _take_back(note, by=by)
    publish_photo(photo, by=by)
    _give_sheet(stations[1], by=by)
    for row, numbers in zip(table["stations"], rows_of(board, by), strict=True):
        if "remark" in row:
            remark_on_counts(numbers.station, row["remark"], by=by, seen=numbers.seen)


def _read(note: Note, row: dict, *, organiser: Viewer) -> None:
    readings = [_reading(note, *said, organiser=organiser) for said in row["read"]]
    for number, why in row.get("rejected", ()):
        reject_reading(readings[number - 1], why, by=organiser)
    if number := row.get("ruled"):
        accept_reading(readings[number - 1], by=organiser)


def _reading(
    note: Note, who: int | str, markup: str, mark: str, wish: str = "", *, organiser: Viewer
) -> Reading:
    """What a guest who was asked, or the organiser, reads on the photograph."""
    reader = organiser if who == "organiser" else replace(guest(who), reads_for=note.board.event_id)
    state = text_state_of(read_markup(markup, imported=False))
    said = "" if state in NO_WORDS else markup
    return read_note(note, by=reader, state=state, markup=said, mark=mark, wants_better_photo=bool(wish))


def _take_back(note: Note, *, by: Viewer) -> None:
    """Its writer holds the stub of a printed sheet, and takes the note back with the code on it."""
    stub = next(one for one in print_stubs(note.board, by=by, each=1) if one.station_id == note.station_id)
    tie_stub(note, stub.number, by=by, ticked=consent_given(public=True, research=True))
    withdraw_note(note, by=ANYBODY, receipt=receipt_for(stub.key))


def _give_sheet(station: Station, *, by: Viewer) -> None:
    """One writer kept their stub, and a further pack lies ready to be written on."""
    note = station.notes.standing().exclude(accepted=None).first()
    ticked = consent_given(public=True, research=True)
    tie_stub(note, station.stubs.get(note=None).number, by=by, ticked=ticked)
    print_stubs(station.board, by=by, each=4)
