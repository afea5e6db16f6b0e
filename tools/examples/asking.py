"""Examples of what the room is asked beside notes: polls, drawings and cards."""

from collections.abc import Callable

from people.guests import ANYBODY
from responses.models import Option, Picture
from responses.receipts import receipt_for
from tools.examples.demo import EVENT, Examples, author_of_the_note

DRAWING = (EVENT, "demo-drawing-a-day-when-it-works")
CARDS = (EVENT, "demo-cards-vote-with-your-feet")
POLL = (EVENT, "demo-poll-what-shall-we-talk-about")


def an_option() -> tuple[str]:
    """A suggestion of the demo's poll, by the guest whose note is shown."""
    own = Option.objects.of(author_of_the_note()).standing().filter(poll__slug=POLL[1])
    return (own.first().identifier,)


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

CARDS_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "cards": lambda: [CARDS],
    "cards_new": lambda: [(EVENT,)],
    "cards_count": lambda: [(*CARDS, 1, "after")],
    "cards_facilitate": lambda: [CARDS],
    "cards_projector": lambda: [CARDS],
    "cards_csv": lambda: [CARDS],
}

ASKING_EXAMPLES: dict[str, Callable[[], Examples]] = {
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
    **DRAWING_EXAMPLES,
    **CARDS_EXAMPLES,
}
