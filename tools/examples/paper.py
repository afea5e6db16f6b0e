"""Examples of paper walls: photographs, the boxes on them, the reading desk and the pack."""

from collections.abc import Callable

from people.guests import ANYBODY, Viewer
from responses.models import Asking, Photo, Region
from responses.readings.queue import queue_of
from tools.examples.demo import EVENT, PAPER_WALL, Examples


def a_photo() -> Photo:
    """A photograph of the demo that is on show."""
    return Photo.objects.on_show().filter(event__slug=EVENT).in_order()[0]


def a_box() -> tuple[str, str]:
    """A box on it that everybody may see, and where it is."""
    box = Region.objects.visible_to(ANYBODY).filter(photo=a_photo()).in_order()[0]
    return box.identifier, "-".join(map(str, box.box))


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
