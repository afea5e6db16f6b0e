"""A board with a transcript and a photograph of its wall, and all that matching has to leave alone."""

from uuid import uuid4

from events.models import Event
from responses.imports import import_transcript
from responses.models import Board, Note, Photo, Reading, Region
from responses.tallies import tally_of_board

LINES = (
    "Share the keys with the tenants",
    "Nobody asked the night shift",
    "Count the cups before lunch",
    "Write in large letters",
    "Wait for the last bus",
)
TEXT = "POWER\n\nPower (5)\n" + "".join(f"- {line}\n" for line in LINES) + "\nTime (1)\n- [no text]\n"
STEP = 100


def hold_wall(event: Event) -> tuple[Board, Photo]:
    """A board with an imported transcript, and a photograph of its wall."""
    board = import_transcript(event, TEXT, by=None).board
    photo = Photo.objects.create(
        event=event, board=board, key=uuid4(), digest=uuid4().hex, files=uuid4().hex,
        width=2000, height=1000, making=Photo.Making.MADE,
    )  # fmt: skip
    return board, photo


def line(board: Board, number: int) -> Note:
    return board.notes.get(station__heading="Power", number=number)


def picture_of(board: Board) -> dict[str, object]:
    """Everything that matching has to leave as it was: notes, readings, boxes and every count."""
    notes = Note.objects.filter(board=board).order_by("pk")
    readings = Reading.objects.filter(note__board=board).order_by("pk")
    boxes = Region.objects.order_by("pk")
    said = ("pk", "text", "text_state", "mark", "number")
    about = ("note", "is_held", "region", "token", "handed_from")
    columns = ("ending", "withdrawn_at", "moderation", "consent", "accepted", "receipt_hash")
    tally = tally_of_board(board)
    return {
        "notes": list(notes.values_list(*said, *columns)),
        "readings": list(readings.values_list(*said, *about)),
        "boxes": list(boxes.values_list("pk", "note", "station", "before", "matching")),
        "tally": (tally.marks, tally.text_states, tally.total, tally.withdrawn),
    }
