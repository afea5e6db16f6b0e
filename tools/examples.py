"""Examples from the demo for every route of the site that takes words."""

from collections.abc import Callable, Sequence

from archive.demo.walls import GUESTS, guest
from events.models import AgendaItem
from people.guests import ANYBODY, Viewer
from responses.following import follow_address
from responses.models import (
    Asking,
    Board,
    Note,
    Option,
    Origin,
    Photo,
    Picture,
    Region,
    Ruling,
    Stub,
    TextState,
)
from responses.readings.queue import queue_of
from responses.receipts import receipt_for
from tools.stage_urls import ERRORS

type Examples = Sequence[tuple[object, ...]]

EVENT = "values-and-principles"
WALL = (EVENT, "demo-wall")
DRAWING = (EVENT, "demo-drawing-a-day-when-it-works")
CARDS = (EVENT, "demo-cards-vote-with-your-feet")
POLL = (EVENT, "demo-poll-what-shall-we-talk-about")
PAPER_WALL = (EVENT, "demo-photographed")


class NoExample(Exception):
    """A sentence about the routes or pages that there is no example of."""


def a_note() -> Note:
    """A note with words, typed by a participant and shown in public."""
    typed = Note.objects.visible_to(ANYBODY).filter(origin=Origin.OWN_DEVICE, text_state=TextState.READ)
    return typed.filter(board__slug=WALL[1]).in_order().first()


def a_paper_note() -> Note:
    """A note from paper that was read in part."""
    return Note.objects.standing().filter(text_state=TextState.PARTLY).in_order().first()


def a_photographed_note() -> Note:
    """A note on a photograph: one reading of it was rejected and another accepted."""
    return Note.objects.filter(board__slug=PAPER_WALL[1], rulings__action=Ruling.Action.REJECT)[0]


def author_of_the_note() -> Viewer:
    """The guest of the demo who typed it; raises NoExample where somebody else did."""
    note = a_note()
    for viewer in map(guest, range(GUESTS)):
        if note.board.token_of(viewer) == note.participant.token:
            return viewer
    raise NoExample("The first note of the demo's wall was not typed by a guest of the demo.")


def notes() -> Examples:
    withdrawn = Note.objects.filter(ending=Note.Ending.WITHDRAWN).first()
    shown = (a_note(), a_paper_note(), withdrawn, a_photographed_note())
    return [(note.identifier,) for note in shown]


def an_option() -> tuple[str]:
    """A suggestion of the demo's poll, by the guest whose note is shown."""
    own = Option.objects.of(author_of_the_note()).standing().filter(poll__slug=POLL[1])
    return (own.first().identifier,)


POLL_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "poll": lambda: [POLL, (EVENT, "demo-poll-what-comes-first")],
    "poll_new": lambda: [(EVENT,)],
    "poll_add": lambda: [POLL],
    "poll_facilitate": lambda: [POLL],
    "poll_projector": lambda: [POLL],
    "poll_csv": lambda: [POLL],
    "poll_json": lambda: [POLL],
    "option": lambda: [an_option()],
    "option_withdraw": lambda: [an_option()],
    "option_desk": lambda: [an_option()],
    "agenda": lambda: [(EVENT,)],
    "agenda_item": lambda: [(EVENT, AgendaItem.objects.filter(event__slug=EVENT)[0].pk)],
}


def a_photo() -> Photo:
    """A photograph of the demo that is on show."""
    return Photo.objects.on_show().filter(event__slug=EVENT).in_order()[0]


def a_box() -> tuple[str, str]:
    """A box on it that everybody may see, and where it is."""
    box = Region.objects.visible_to(ANYBODY).filter(photo=a_photo()).in_order()[0]
    return box.identifier, "-".join(map(str, box.box))


PHOTO_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "photos": lambda: [(EVENT,)],
    "photos_add": lambda: [(EVENT,)],
    **dict.fromkeys(
        ("photo", "photo_boxes", "photo_edit", "photo_cover", "photo_take_down", "photo_original"),
        lambda: [(a_photo().identifier,)],
    ),
    "photo_file": lambda: [(a_photo().identifier, "small.jpg")],
    "close_up": lambda: [a_box()],
    "iiif_event": lambda: [(EVENT,)],
    **dict.fromkeys(
        ("iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image"),
        lambda: [(a_photo().identifier,)],
    ),
    "iiif_tile": lambda: [(a_photo().identifier, "full", "max")],
}


CARDS_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "cards": lambda: [CARDS],
    "cards_new": lambda: [(EVENT,)],
    "cards_count": lambda: [(*CARDS, 1, "after")],
    "cards_facilitate": lambda: [CARDS],
    "cards_projector": lambda: [CARDS],
    "cards_csv": lambda: [CARDS],
}


def a_picture() -> Picture:
    """A picture of the demo's drawing, by a guest of the demo."""
    return Picture.objects.visible_to(ANYBODY).filter(drawing__slug=DRAWING[1]).order_by("number")[0]


def pictures() -> Examples:
    withdrawn = Picture.objects.once_visible_to(ANYBODY)[0]
    return [(picture.identifier,) for picture in (a_picture(), withdrawn)]


DRAWING_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "drawing": lambda: [DRAWING],
    "drawing_new": lambda: [(EVENT,)],
    "drawing_facilitate": lambda: [DRAWING],
    "drawing_projector": lambda: [DRAWING],
    "picture": pictures,
    "picture_file": lambda: [(a_picture().identifier, "small.jpg")],
    "picture_desk": lambda: [(a_picture().identifier,)],
    "my_picture": lambda: [(a_picture().identifier,)],
    "my_picture_withdraw": lambda: [(a_picture().identifier,)],
    "picture_receipt": lambda: [(receipt_for(a_picture().key),)],
    "picture_receipt_withdraw": lambda: [(receipt_for(a_picture().key),)],
    "picture_receipt_file": lambda: [(receipt_for(a_picture().key), "small.jpg")],
}


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


def asked_note() -> tuple[str, str]:
    """The link of the demo that asks the room, and an open note that two read without agreeing."""
    asking = Asking.objects.open().filter(event__slug=EVENT)[0]
    queue = queue_of(asking.event, Viewer(guest_key="stage", reads_for=asking.event_id))
    return asking.token, max(queue.to_read, key=lambda entry: entry.readers).note.identifier


PAPER_EXAMPLES: dict[str, Callable[[], Examples]] = {
    **dict.fromkeys(("reading", "ask_room"), lambda: [(EVENT,)]),
    "read_note": lambda: [asked_note()[1:]],
    "asked": lambda: [asked_note()[:1]],
    "asked_note": lambda: [asked_note()],
    "board_match": lambda: [PAPER_WALL],
    "board_print": lambda: [PAPER_WALL],
    "board_sheets": lambda: [PAPER_WALL],
    "board_pack": lambda: [(*PAPER_WALL, 2)],
    "receipt": receipts,
    "receipt_withdraw": receipts,
    "receipt_feed": lambda: [(follow_address(a_note()).split("/")[-3],)],
    "receipt_close_up": lambda: [own_close_up()],
}

EXAMPLES: dict[str, Callable[[], Examples]] = {
    "event": lambda: [("shaping-the-coalition",), (EVENT,), ("report-launch",)],
    "series": lambda: [("coalitions-for-change",)],
    "principle_set": lambda: [("elephants",), ("terrapins",)],
    "principle": lambda: [("elephants", "power"), ("terrapins", "relational")],
    "wording": lambda: [("elephants", "power", 1)],
    "board": lambda: [WALL, (EVENT, "demo-paper"), PAPER_WALL],
    "board_live": lambda: [WALL],
    "answer": lambda: [WALL],
    "answer_station": lambda: [(*WALL, "POS")],
    "join_code": lambda: [(Board.objects.get(slug=WALL[1]).code,)],
    "join_sheet": lambda: [(EVENT, "boards", WALL[1])],
    "note": notes,
    "note_version": lambda: [(a_note().identifier, 1)],
    "import_transcript": lambda: [(EVENT,)],
    "notes_csv": lambda: [(EVENT,)],
    "notes_excel": lambda: [(EVENT,)],
    "notes_jsonl": lambda: [(EVENT,)],
    "event_tei": lambda: [(EVENT,)],
    "tag": lambda: [("sticky-notes",)],
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
    "post": lambda: [("both-numbers-stay",)],
    **POLL_EXAMPLES,
    **DRAWING_EXAMPLES,
    **PHOTO_EXAMPLES,
    **CARDS_EXAMPLES,
    **PAPER_EXAMPLES,
    "error": lambda: [(status,) for status in ERRORS],
}
