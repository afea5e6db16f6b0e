"""Examples from the demo for every route of the site that takes words."""

from collections.abc import Callable, Sequence

from archive.demo.followers import CONFIRMED, UNCONFIRMED
from archive.demo.people import BODY, demo_speaker
from archive.demo.walls import GUESTS, guest
from events.models import AgendaItem, SignUp
from events.sign_ups import token_of as token_of_place
from journal.models import Attachment, Comment, Film, Illustration, State, Story, StoryCall
from people.guests import ANYBODY, Viewer
from people.models import Organisation, Person, Subscriber
from people.subscribing import token_of
from responses.following import follow_address
from responses.models import (
    Asking,
    Board,
    Follower,
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
COMING = "demo-a-reading-afternoon"
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


def demo_places() -> list[SignUp]:
    """Who has a place at what is coming, who waits for one, and who did not answer yet."""
    states = (SignUp.State.GOING, SignUp.State.WAITING, SignUp.State.UNCONFIRMED)
    return [SignUp.objects.filter(event__slug=COMING, state=state)[0] for state in states]


def an_option() -> tuple[str]:
    """A suggestion of the demo's poll, by the guest whose note is shown."""
    own = Option.objects.of(author_of_the_note()).standing().filter(poll__slug=POLL[1])
    return (own.first().identifier,)


def address_with_letters(*, confirmed: bool = True) -> str:
    """The secret part of the links in the letters to an address of the demo."""
    return token_of(Subscriber.objects.get(email=CONFIRMED if confirmed else UNCONFIRMED))


def a_follow() -> tuple[str, str]:
    return address_with_letters(), Follower.objects.get(subscriber__email=CONFIRMED).note.identifier


LETTER_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "news_own": lambda: [(address_with_letters(),), (address_with_letters(confirmed=False),)],
    "news_stop": lambda: [(address_with_letters(),)],
    "news_stop_note": lambda: [a_follow()],
    "receipt_follow": lambda: [(receipt_for(a_note().key),)],
    "my_note_follow": lambda: [(a_note().identifier,)],
}


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
    **dict.fromkeys(
        ("event_edit", "event_state", "event_copy", "event_calendar", "sign_ups_csv"), lambda: [(EVENT,)]
    ),
    **dict.fromkeys(("sign_up", "sign_ups"), lambda: [(COMING,)]),
    "my_sign_up": lambda: [(token_of_place(place),) for place in demo_places()],
    **dict.fromkeys(
        ("series_edit", "series_calendar", "series_feed", "series_roles"),
        lambda: [("coalitions-for-change",)],
    ),
    **dict.fromkeys(("agenda", "event_roles", "event_log"), lambda: [(EVENT,)]),
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


def people() -> Examples:
    """Somebody with an account who is listed, and somebody without one who is not."""
    listed = Person.objects.visible_to(ANYBODY).exclude(email=None)[0]
    return [(listed.identifier,), (demo_speaker().identifier,)]


PEOPLE_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "person": people,
    **dict.fromkeys(("person_edit", "person_invite"), lambda: [(demo_speaker().identifier,)]),
    **dict.fromkeys(
        ("organisation", "organisation_edit"),
        lambda: [(Organisation.objects.get(name=BODY).identifier,)],
    ),
}


def a_call() -> tuple[str]:
    """The call for stories of the demo."""
    return (StoryCall.objects.visible_to(ANYBODY)[0].slug,)


def stories() -> Examples:
    return [(story.identifier,) for story in Story.objects.visible_to(ANYBODY).shown()[:1]]


def codes_of_stories() -> Examples:
    """Of one that is shown, and of one that waits."""
    each = (Story.objects.shown()[0], Story.objects.held()[0])
    return [(receipt_for(story.key),) for story in each]


def codes_of_comments() -> Examples:
    """Of one that is shown, one that waits, and one that was taken away."""
    each = (Comment.objects.filter(state=state)[0] for state in (State.SHOWN, State.HELD, State.REMOVED))
    return [(receipt_for(comment.key),) for comment in each]


JOURNAL_EXAMPLES: dict[str, Callable[[], Examples]] = {
    **dict.fromkeys(("post_series", "post_series_feed"), lambda: [("how-we-read-a-wall",)]),
    **dict.fromkeys(("post_tag", "post_tag_feed"), lambda: [("counting",)]),
    "author_feed": lambda: people()[:1],
    "post": lambda: [("both-numbers-stay",)],
    "post_edit": lambda: [("both-numbers-stay",)],
    **dict.fromkeys(("story_call", "story_call_edit", "story_tell"), lambda: [a_call()]),
    "story": stories,
    "my_story": codes_of_stories,
    "post_comment": lambda: [("both-numbers-stay",)],
    "event_comment": lambda: [(EVENT,)],
    "my_comment": codes_of_comments,
    "report": lambda: [("note", a_note().identifier)],
    **dict.fromkeys(("film", "film_edit"), lambda: [(Film.objects.get().identifier,)]),
    **dict.fromkeys(("attachment", "attachment_edit"), lambda: [(Attachment.objects.get().identifier,)]),
    "illustration_edit": lambda: [(Illustration.objects.get().identifier,)],
    "illustration_file": lambda: [(Illustration.objects.get().identifier, "small.jpg")],
}

# Versions that readers saw, and one that only those who write see.
TEXT_EXAMPLES: dict[str, Callable[[], Examples]] = {
    "event_versions": lambda: [(EVENT,)],
    "event_version": lambda: [(EVENT, 1), (EVENT, 2), (EVENT, 3)],
    "event_compare": lambda: [(EVENT, 1, 2), (EVENT, 2, 3)],
    "post_versions": lambda: [("both-numbers-stay",)],
    "post_version": lambda: [("both-numbers-stay", 1)],
    "post_compare": lambda: [("both-numbers-stay", 1, 2)],
    **dict.fromkeys(("event_write", "event_preview"), lambda: [(EVENT,)]),
    **dict.fromkeys(("post_write", "post_preview"), lambda: [("both-numbers-stay",)]),
    "event_enclose": lambda: [(EVENT, kind) for kind in ("photo", "film", "file", "note", "story")],
    "post_enclose": lambda: [("both-numbers-stay", "illustration")],
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
    **JOURNAL_EXAMPLES,
    **POLL_EXAMPLES,
    **DRAWING_EXAMPLES,
    **PHOTO_EXAMPLES,
    **CARDS_EXAMPLES,
    **PAPER_EXAMPLES,
    **LETTER_EXAMPLES,
    **PEOPLE_EXAMPLES,
    **TEXT_EXAMPLES,
    "error": lambda: [(status,) for status in ERRORS],
}
