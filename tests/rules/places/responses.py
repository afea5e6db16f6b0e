"""Where the activities of a scene stand, what people said in them, and the photographs."""

from collections.abc import Callable, Iterator

from people.subscribing import token_of
from responses.following import follow_address
from responses.models import Cards, Drawing, Follower, Option, Photo, Picture, Poll, Region, Stub
from responses.receipts import receipt_for
from tests.rules.canaries import DRAFT
from tests.rules.places.events import of_event
from tests.rules.scenes import Scene


def of_board(scene: Scene) -> Iterator[dict]:
    yield {"event": scene.event.slug, "slug": scene.board.slug}


def of_station(scene: Scene) -> Iterator[dict]:
    for station in scene.board.stations.all():
        yield {"event": scene.event.slug, "slug": scene.board.slug, "code": station.code}


def of_notes(scene: Scene) -> Iterator[dict]:
    return ({"identifier": note.identifier} for note in scene.notes)


def of_readings(scene: Scene) -> Iterator[dict]:
    return ({"identifier": note.identifier, "number": 1} for note in scene.notes)


def of_poll(scene: Scene) -> Iterator[dict]:
    for poll in Poll.objects.filter(event=scene.event):
        yield {"event": scene.event.slug, "slug": poll.slug}


def of_options(scene: Scene) -> Iterator[dict]:
    for option in Option.objects.filter(poll__event=scene.event):
        yield {"identifier": option.identifier}


def of_cards(scene: Scene) -> Iterator[dict]:
    for cards in Cards.objects.filter(event=scene.event):
        yield {"event": scene.event.slug, "slug": cards.slug}


def of_counts(scene: Scene) -> Iterator[dict]:
    return ({**kwargs, "number": 1, "when": "before"} for kwargs in of_cards(scene))


def of_drawing(scene: Scene) -> Iterator[dict]:
    for drawing in Drawing.objects.filter(event=scene.event):
        yield {"event": scene.event.slug, "slug": drawing.slug}


def of_pictures(scene: Scene) -> Iterator[dict]:
    for picture in Picture.objects.filter(drawing__event=scene.event):
        yield {"identifier": picture.identifier}


def of_picture_receipts(scene: Scene) -> Iterator[dict]:
    """Only of the published event, as with those of notes."""
    for picture in Picture.objects.filter(drawing__event=scene.event).exclude(alt=DRAFT):
        yield {"code": receipt_for(picture.key)}


def of_photos(scene: Scene) -> Iterator[dict]:
    for photo in Photo.objects.filter(event=scene.event):
        yield {"identifier": photo.identifier}


def files_of(kwargs: Iterator[dict]) -> Iterator[dict]:
    return ({**one, "name": "small.jpg"} for one in kwargs)


def of_boxes(scene: Scene) -> Iterator[dict]:
    for region in Region.objects.filter(photo__event=scene.event):
        yield {"identifier": region.identifier, "box": "-".join(map(str, region.box))}


def of_askings(scene: Scene) -> Iterator[dict]:
    return ({"token": asking.token} for asking in scene.event.askings.all())


def of_asked_notes(scene: Scene) -> Iterator[dict]:
    return ({**kwargs, **note} for kwargs in of_askings(scene) for note in of_notes(scene))


def of_receipts(scene: Scene) -> Iterator[dict]:
    """Only of the published event: whoever holds a receipt sees its note, wherever it stands."""
    held = [note for note in scene.notes if DRAFT not in note.text]
    sheets = Stub.objects.filter(station__board=scene.board) if held else ()
    return ({"code": receipt_for(one.key)} for one in (*held, *sheets))


def of_feeds(scene: Scene) -> Iterator[dict]:
    for one in (*scene.notes, *Stub.objects.filter(station__board=scene.board)):
        yield {"code": follow_address(one).split("/")[-3]}


def of_own_close_ups(scene: Scene) -> Iterator[dict]:
    for stub in Stub.objects.filter(note__board=scene.board):
        for region in Region.objects.filter(photo__event=scene.event):
            box = "-".join(map(str, region.box))
            yield {"code": receipt_for(stub.key), "identifier": region.identifier, "box": box}


def of_followers(scene: Scene) -> Iterator[dict]:
    for one in Follower.objects.filter(note__board=scene.board).select_related("subscriber", "note"):
        yield {"token": token_of(one.subscriber), "identifier": one.note.identifier}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("event_copy", "import_transcript", "reading", "rulings", "ask_room"), of_event),
    **dict.fromkeys(("board_new", "poll_new", "cards_new", "drawing_new", "photos", "photos_add"), of_event),
    **dict.fromkeys(("board", "board_facilitate", "board_projector", "board_live", "answer"), of_board),
    **dict.fromkeys(("board_count", "board_counts", "board_merges", "board_match"), of_board),
    **dict.fromkeys(("board_print", "board_sheets"), of_board),
    "board_pack": lambda scene: ({**kwargs, "pack": 1} for kwargs in of_board(scene)),
    "changes": lambda scene: ({"identifier": one.identifier} for one in scene.event.activities.all()),
    "answer_station": of_station,
    "join_code": lambda scene: iter([{"code": scene.board.code}]),
    "join_sheet": lambda scene: ({**kwargs, "kinds": "boards"} for kwargs in of_board(scene)),
    **dict.fromkeys(("poll", "poll_add", "poll_facilitate", "poll_projector"), of_poll),
    **dict.fromkeys(("option", "option_withdraw", "option_desk"), of_options),
    **dict.fromkeys(("cards", "cards_facilitate", "cards_projector"), of_cards),
    "cards_count": of_counts,
    **dict.fromkeys(("drawing", "drawing_facilitate", "drawing_projector"), of_drawing),
    **dict.fromkeys(("picture", "picture_desk", "my_picture", "my_picture_withdraw"), of_pictures),
    "picture_file": lambda scene: files_of(of_pictures(scene)),
    **dict.fromkeys(("picture_receipt", "picture_receipt_withdraw"), of_picture_receipts),
    "picture_receipt_file": lambda scene: files_of(of_picture_receipts(scene)),
    **dict.fromkeys(("photo", "photo_edit", "photo_cover", "photo_take_down", "photo_original"), of_photos),
    "photo_boxes": of_photos,
    "photo_file": lambda scene: files_of(of_photos(scene)),
    "close_up": of_boxes,
    **dict.fromkeys(("note", "note_rule", "read_note", "note_take_down"), of_notes),
    **dict.fromkeys(("my_note", "my_note_withdraw", "my_note_follow"), of_notes),
    "note_version": of_readings,
    "asked": of_askings,
    "asked_note": of_asked_notes,
    **dict.fromkeys(("receipt", "receipt_withdraw", "receipt_follow"), of_receipts),
    "receipt_close_up": of_own_close_ups,
    "news_stop_note": of_followers,
}
