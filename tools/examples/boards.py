"""Examples of boards, of the notes on them and of the receipts of those who wrote them."""

from collections.abc import Callable

from responses.following import follow_address
from responses.models import Board, Note, Ruling, Stub, TextState
from responses.receipts import receipt_for
from tools.examples.demo import EVENT, PAPER_WALL, WALL, Examples, a_note


def a_paper_note() -> Note:
    """A note from paper that was read in part."""
    return Note.objects.standing().filter(text_state=TextState.PARTLY).in_order().first()


def a_photographed_note() -> Note:
    """A note on a photograph: one reading of it was rejected and another accepted."""
    return Note.objects.filter(board__slug=PAPER_WALL[1], rulings__action=Ruling.Action.REJECT)[0]


def notes() -> Examples:
    withdrawn = Note.objects.filter(ending=Note.Ending.WITHDRAWN).first()
    shown = (a_note(), a_paper_note(), withdrawn, a_photographed_note())
    return [(note.identifier,) for note in shown]


def receipts() -> Examples:
    """Of a note from a phone, of a sheet that waits on paper, and of a note on a photograph."""
    waiting = Stub.objects.filter(station__board__slug=PAPER_WALL[1], note=None)[0]
    return [(receipt_for(one.key),) for one in (a_note(), waiting, a_sheet())]


def a_sheet() -> Stub:
    """A sheet of the demo whose note stands, and shows on a photograph."""
    return Stub.objects.filter(note__withdrawn_at=None, note__regions__isnull=False)[0]


def own_close_up() -> tuple[str, str, str]:
    stub = a_sheet()
    region = stub.note.regions.get()
    return receipt_for(stub.key), region.identifier, "-".join(map(str, region.box))


BOARD_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "board": lambda: [WALL, (EVENT, "demo-paper"), PAPER_WALL],
    "board_live": lambda: [WALL],
    "answer": lambda: [WALL],
    "answer_station": lambda: [(*WALL, "POS")],
    "join_code": lambda: [(Board.objects.get(slug=WALL[1]).code,)],
    "join_sheet": lambda: [(EVENT, "boards", WALL[1])],
    "note": notes,
    "note_version": lambda: [(a_note().identifier, 1)],
    "board_facilitate": lambda: [WALL],
    "board_projector": lambda: [WALL, (EVENT, "demo-paper")],
    "board_count": lambda: [WALL],
    "board_merges": lambda: [WALL],
    "board_counts": lambda: [(EVENT, "demo-paper"), PAPER_WALL],
    "note_rule": lambda: [(a_paper_note().identifier,), (a_photographed_note().identifier,)],
    "rulings": lambda: [(EVENT,)],
    "board_new": lambda: [(EVENT,)],
    "note_take_down": lambda: [(a_note().identifier,)],
    "my_note": lambda: [(a_note().identifier,)],
    "my_note_withdraw": lambda: [(a_note().identifier,)],
    "receipt": receipts,
    "receipt_withdraw": receipts,
    "receipt_feed": lambda: [(follow_address(a_note()).split("/")[-3],)],
    "receipt_close_up": lambda: [own_close_up()],
}
