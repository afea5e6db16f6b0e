"""What of the demo the examples are about, and the notes that several of them need."""

from collections.abc import Sequence

from archive.demo.walls import GUESTS, guest
from people.guests import ANYBODY, Viewer
from responses.models import Note, Origin, TextState

type Examples = Sequence[tuple[object, ...]]

EVENT = "values-and-principles"
COMING = "demo-a-reading-afternoon"
WALL = (EVENT, "demo-wall")
PAPER_WALL = (EVENT, "demo-photographed")


class NoExample(Exception):
    """A sentence about the routes or pages that there is no example of."""


def a_note() -> Note:
    """A note with words, typed by a participant and shown in public."""
    typed = Note.objects.visible_to(ANYBODY).filter(origin=Origin.OWN_DEVICE, text_state=TextState.READ)
    return typed.filter(board__slug=WALL[1]).in_order().first()


def author_of_the_note() -> Viewer:
    """The guest of the demo who typed it; raises NoExample where somebody else did."""
    note = a_note()
    for viewer in map(guest, range(GUESTS)):
        if note.board.token_of(viewer) == note.participant.token:
            return viewer
    raise NoExample("The first note of the demo's wall was not typed by a guest of the demo.")
