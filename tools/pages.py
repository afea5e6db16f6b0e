"""Which pages there are to look at: every route of the site, with examples from the demo."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from archive.demo.walls import GUESTS, guest
from events.models import AgendaItem
from people.guests import ANYBODY, Viewer
from responses.models import Board, Note, Option, Origin, Picture, TextState
from responses.receipts import receipt_for
from tools.stage_urls import ERRORS

type Examples = Sequence[tuple[object, ...]]

# Routes that the demo has no example of, and why.
LEFT_OUT = {
    "mfa_remove_webauthn": "needs a passkey, and so a real device",
    "mfa_edit_webauthn": "needs a passkey, and so a real device",
    "mfa_reauthenticate_webauthn": "needs a passkey, and so a real device",
    "mfa_reauthenticate": "needs an authenticator app",
    "mfa_deactivate_totp": "needs an authenticator app",
    "mfa_view_recovery_codes": "needs an authenticator app",
    "mfa_download_recovery_codes": "needs an authenticator app",
    "account_reauthenticate": "needs a password",
    "changes": "is what a stream carries, and no page",
    "shown_mail": "is there in development only",
}
EVENT = "values-and-principles"
WALL = (EVENT, "demo-wall")
DRAWING = (EVENT, "demo-drawing-a-day-when-it-works")
CARDS = (EVENT, "demo-cards-vote-with-your-feet")
POLL = (EVENT, "demo-poll-what-shall-we-talk-about")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to photograph: the name of its route, its address and how it should answer."""

    route: str
    path: str

    @property
    def status(self) -> int:
        """An address of errors says which it shows; everything else is in order."""
        return int(self.path.strip("/").rpartition("/")[2]) if self.route == "error" else 200

    @property
    def stem(self) -> str:
        """What the names of its photographs begin with."""
        return self.path.strip("/").replace("/", "_") or self.route


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


def notes() -> Examples:
    paper = Note.objects.standing().filter(text_state=TextState.PARTLY).in_order().first()
    withdrawn = Note.objects.filter(ending=Note.Ending.WITHDRAWN).first()
    return [(note.identifier,) for note in (a_note(), paper, withdrawn)]


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

EXAMPLES: dict[str, Callable[[], Examples]] = {
    "event": lambda: [("shaping-the-coalition",), (EVENT,), ("report-launch",)],
    "series": lambda: [("coalitions-for-change",)],
    "principle_set": lambda: [("elephants",), ("terrapins",)],
    "principle": lambda: [("elephants", "power"), ("terrapins", "relational")],
    "wording": lambda: [("elephants", "power", 1)],
    "board": lambda: [WALL, (EVENT, "demo-paper")],
    "board_live": lambda: [WALL],
    "answer": lambda: [WALL],
    "answer_station": lambda: [(*WALL, "POS")],
    "join_code": lambda: [(Board.objects.get(slug=WALL[1]).code,)],
    "join_sheet": lambda: [(EVENT, "boards", WALL[1])],
    "note": notes,
    "note_version": lambda: [(a_note().identifier, 1)],
    "receipt": lambda: [(receipt_for(a_note().key),)],
    "import_transcript": lambda: [(EVENT,)],
    "notes_csv": lambda: [(EVENT,)],
    "notes_excel": lambda: [(EVENT,)],
    "notes_jsonl": lambda: [(EVENT,)],
    "tag": lambda: [("sticky-notes",)],
    "board_facilitate": lambda: [WALL],
    "board_projector": lambda: [WALL, (EVENT, "demo-paper")],
    "board_count": lambda: [WALL],
    "board_merges": lambda: [WALL],
    "board_new": lambda: [(EVENT,)],
    "note_take_down": lambda: [(a_note().identifier,)],
    "receipt_withdraw": lambda: [(receipt_for(a_note().key),)],
    "my_note": lambda: [(a_note().identifier,)],
    "my_note_withdraw": lambda: [(a_note().identifier,)],
    "post": lambda: [("both-numbers-stay",)],
    **POLL_EXAMPLES,
    **DRAWING_EXAMPLES,
    **CARDS_EXAMPLES,
    "error": lambda: [(status,) for status in ERRORS],
}


def pages() -> list[Page]:
    """Every page of the site, by the order of its addresses; raises NoExample."""
    routes = [route for route in named_routes() if route.name not in LEFT_OUT]
    missing = [route.name for route in routes if needs_words(route) and route.name not in EXAMPLES]
    if missing:
        raise NoExample(
            f"There is no example for {', '.join(missing)}. Give one in tools/pages.py, "
            "or say in LEFT_OUT why there can be none."
        )
    return [page for route in routes for page in pages_of(route)]


def choose(wanted: Sequence[str]) -> list[Page]:
    """The pages of these routes or at these addresses, or all; raises NoExample for an unknown name."""
    every = pages()
    known = {page.route for page in every}
    if unknown := [word for word in wanted if word not in known and not word.startswith("/")]:
        raise NoExample(
            f"No page is called {', '.join(unknown)}. There are: {', '.join(sorted(known))}; "
            "or give an address that begins with a slash."
        )
    addresses = [Page("", word) for word in wanted if word.startswith("/")]
    return [page for page in every if not wanted or page.route in wanted] + addresses


def pages_of(route: URLPattern) -> list[Page]:
    examples = EXAMPLES[route.name]() if route.name in EXAMPLES else [()]
    return [Page(route.name, reverse(route.name, "tools.stage_urls", args)) for args in examples]


def needs_words(route: URLPattern) -> bool:
    return bool(route.pattern.converters)


def named_routes(within: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (within or get_resolver("tools.stage_urls")).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_routes(pattern)
        elif pattern.name:
            yield pattern
