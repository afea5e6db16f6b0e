"""Who sees what, on every page: one table, and a canary word in everything that has a rule of sight.

The pages come from the resolver, so that a new route fails here until it has an address below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.agenda import add_item
from events.models import Event, Series
from events.record import add_quotation
from journal.models import Post
from outcomes.promises import make_promise
from people.guests import Viewer, remember_guest
from principles.models import PrincipleSet
from responses.board import withdraw_note
from responses.drawing import withdraw_picture
from responses.following import follow_address
from responses.models import (
    Activity,
    Asking,
    Board,
    Cards,
    Drawing,
    Note,
    Option,
    Photo,
    Picture,
    Poll,
    Region,
    Station,
    Stub,
)
from responses.moderation import hide_note
from responses.poll import withdraw_option
from responses.receipts import receipt_for
from responses.stubs import print_stubs, tie_stub, withdraw_stub
from tests.cards import hold_cards
from tests.drawings import hang_one, hold_drawing, made_files
from tests.paper import paper_note
from tests.polls import hold_poll, suggest
from tests.reading import says
from tests.rules.test_access import listed, routes
from tests.sheets import on_paper

VIEWERS = ("cleo", "ben", "researcher", "ada", "steward")
EVERYONE = set(VIEWERS)
# The canary word of each thing, and who may come upon it anywhere on the site.
DRAFT, SHOWN, KEPT, GONE, UNPRINTED = "marramgrass", "openquartz", "hushedfern", "lostheron", "unprintedmoth"
HELD = "veiledwren"  # hidden by the organisers
UNRULED = "pensivelark"  # read at the desk, and nobody ruled on it
SEES = {
    DRAFT: {"ada", "steward"},
    SHOWN: EVERYONE,
    KEPT: {"ben", "ada", "steward"},
    GONE: set(),
    HELD: {"ben", "ada", "steward"},
    UNRULED: {"ada", "steward"},
    UNPRINTED: {"steward"},
}
FOR_SCHOLARS = ("event_tei", "iiif_event", "iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_viewer")
# Where that differs: a file takes no words without consent, and a receipt is a right of its own.
DIFFERS = {
    ("notes_csv", KEPT): set(),
    ("notes_excel", KEPT): set(),
    ("notes_jsonl", KEPT): set(),
    ("poll_csv", KEPT): set(),
    ("poll_json", KEPT): set(),
    **{(name, canary): set() for name in FOR_SCHOLARS for canary in (KEPT, HELD)},
    **{(name, HELD): set() for name in ("notes_csv", "notes_excel", "notes_jsonl")},
    **dict.fromkeys([("receipt", HELD), ("receipt_withdraw", HELD)], EVERYONE),
    ("receipt", KEPT): EVERYONE,
    ("receipt_withdraw", KEPT): EVERYONE,
    ("picture_receipt", KEPT): EVERYONE,
    ("picture_receipt_withdraw", KEPT): EVERYONE,
}
# Where a canary has to be heard, so that silence elsewhere means something.
HEARD = {
    ("asked", SHOWN): EVERYONE,
    ("note_rule", UNRULED): SEES[UNRULED],
    **{(name, DRAFT): SEES[DRAFT] for name in ("reading", "ask_room")},
    ("board", SHOWN): EVERYONE,
    ("board", KEPT): SEES[KEPT],
    ("board", DRAFT): SEES[DRAFT],
    ("board_live", SHOWN): EVERYONE,
    ("board_live", KEPT): SEES[KEPT],
    ("board_projector", SHOWN): EVERYONE,
    ("event", DRAFT): SEES[DRAFT],
    ("board_facilitate", SHOWN): {"ada", "steward"},
    ("board_facilitate", KEPT): {"ada", "steward"},
    ("board_facilitate", HELD): {"ada", "steward"},
    ("note", HELD): SEES[HELD],
    ("note", SHOWN): EVERYONE,
    ("note", KEPT): SEES[KEPT],
    ("notes_jsonl", SHOWN): EVERYONE,
    ("notes_jsonl", DRAFT): SEES[DRAFT],
    **{(name, SHOWN): EVERYONE for name in FOR_SCHOLARS if name != "iiif_other_readings"},
    ("iiif_photo", DRAFT): SEES[DRAFT],
    ("event_tei", DRAFT): SEES[DRAFT],
    ("archive", DRAFT): SEES[DRAFT],
    ("post", UNPRINTED): SEES[UNPRINTED],
    ("join_code", DRAFT): SEES[DRAFT],
    ("poll", SHOWN): EVERYONE,
    ("poll", KEPT): SEES[KEPT],
    ("poll", DRAFT): SEES[DRAFT],
    ("option", KEPT): SEES[KEPT],
    ("poll_json", SHOWN): EVERYONE,
    ("cards", SHOWN): EVERYONE,
    ("cards", DRAFT): SEES[DRAFT],
    ("cards_csv", DRAFT): SEES[DRAFT],
    ("drawing", SHOWN): EVERYONE,
    ("drawing", KEPT): SEES[KEPT],
    ("drawing", DRAFT): SEES[DRAFT],
    ("picture", KEPT): SEES[KEPT],
    ("agenda", DRAFT): SEES[DRAFT],
    ("join_sheet", DRAFT): SEES[DRAFT],
    **{(name, SHOWN): EVERYONE for name in ("photos", "photo")},
    **{(name, DRAFT): SEES[DRAFT] for name in ("board_print", "board_pack", "board_sheets")},
    **{(name, DRAFT): SEES[DRAFT] for name in ("photos", "photo", "photo_edit")},
    **{("photo_boxes", canary): {"ada", "steward"} for canary in (SHOWN, DRAFT)},
}


@dataclass(frozen=True)
class Scene:
    """One event with everything on it."""

    event: Event
    board: Board
    notes: list[Note]
    posts: list[Post]
    principles: PrincipleSet


def of_event(scene: Scene) -> Iterator[dict]:
    yield {"slug": scene.event.slug}


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


def of_agenda(scene: Scene) -> Iterator[dict]:
    for item in scene.event.agenda.all():
        yield {"slug": scene.event.slug, "number": item.pk}


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


def of_principle(scene: Scene) -> Iterator[dict]:
    yield {"set_slug": scene.principles.slug, "slug": scene.principles.principles.first().slug}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("event", "import_transcript", "notes_csv", "notes_excel", "notes_jsonl"), of_event),
    **dict.fromkeys(("event_tei", "iiif_event"), of_event),
    **dict.fromkeys(
        (
            "board",
            "board_facilitate",
            "board_projector",
            "board_count",
            "board_counts",
            "board_merges",
            "board_match",
            "board_print",
            "board_sheets",
            "answer",
        ),
        of_board,
    ),
    "board_live": of_board,
    "board_pack": lambda scene: ({**kwargs, "pack": 1} for kwargs in of_board(scene)),
    "changes": lambda scene: ({"identifier": one.identifier} for one in scene.event.activities.all()),
    "answer_station": of_station,
    **dict.fromkeys(
        ("poll", "poll_add", "poll_csv", "poll_json", "poll_facilitate", "poll_projector"), of_poll
    ),
    **dict.fromkeys(("option", "option_withdraw", "option_desk"), of_options),
    **dict.fromkeys(("poll_new", "agenda", "board_new"), of_event),
    **dict.fromkeys(("rulings", "reading", "ask_room"), of_event),
    "asked": of_askings,
    "asked_note": of_asked_notes,
    "agenda_item": of_agenda,
    **dict.fromkeys(("drawing", "drawing_facilitate", "drawing_projector"), of_drawing),
    "drawing_new": of_event,
    **dict.fromkeys(("cards", "cards_facilitate", "cards_projector", "cards_csv"), of_cards),
    "cards_new": of_event,
    "cards_count": of_counts,
    **dict.fromkeys(("picture", "picture_desk", "my_picture", "my_picture_withdraw"), of_pictures),
    "picture_file": lambda scene: files_of(of_pictures(scene)),
    **dict.fromkeys(("photos", "photos_add"), of_event),
    **dict.fromkeys(("photo", "photo_edit", "photo_cover", "photo_take_down", "photo_original"), of_photos),
    "photo_boxes": of_photos,
    "close_up": of_boxes,
    "photo_file": lambda scene: files_of(of_photos(scene)),
    **dict.fromkeys(("iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_image"), of_photos),
    "iiif_tile": lambda scene: ({**one, "region": "full", "size": "max"} for one in of_photos(scene)),
    **dict.fromkeys(("picture_receipt", "picture_receipt_withdraw"), of_picture_receipts),
    "picture_receipt_file": lambda scene: files_of(of_picture_receipts(scene)),
    "join_code": lambda scene: iter([{"code": scene.board.code}]),
    "join_sheet": lambda scene: ({**kwargs, "kinds": "boards"} for kwargs in of_board(scene)),
    **dict.fromkeys(
        ("note", "note_rule", "read_note", "note_take_down", "my_note", "my_note_withdraw"), of_notes
    ),
    "note_version": of_readings,
    **dict.fromkeys(("receipt", "receipt_withdraw"), of_receipts),
    "receipt_feed": of_feeds,
    "receipt_close_up": of_own_close_ups,
    "tag": lambda scene: ({"slug": tag.slug} for tag in scene.event.tags.all()),
    "series": lambda scene: iter([{"slug": scene.event.series.slug}]),
    "principle_set": lambda scene: iter([{"slug": scene.principles.slug}]),
    "principle": of_principle,
    "wording": lambda scene: ({**kwargs, "version": 1} for kwargs in of_principle(scene)),
    "post": lambda scene: ({"slug": post.slug} for post in scene.posts),
}
# What is asked of an address beside itself: everything that ever changed.
ASKED = {
    "changes": {"after": "0"},
    "iiif_viewer": {"manifest": "/iiif/events/wall-day/manifest.json"},
}
OF_THE_DRAFT = {"event", "import_transcript", "notes_csv", "notes_excel", "notes_jsonl", "board"}
OF_THE_DRAFT |= {
    "answer",
    "answer_station",
    "note",
    "note_version",
    "tag",
    "join_code",
    "join_sheet",
    "board_live",
}
OF_THE_DRAFT |= {"changes", "poll", "poll_csv", "poll_json", "option"}
OF_THE_DRAFT |= {"cards", "cards_csv", "board_counts"}
OF_THE_DRAFT |= {"drawing", "picture", "picture_file"}
OF_THE_DRAFT |= {"photos", "photo", "photo_file"}
OF_THE_DRAFT |= {"event_tei", "reading"}
OF_THE_DRAFT |= {"iiif_event", "iiif_photo", "iiif_notes", "iiif_image", "iiif_tile"}


def pages() -> dict[str, bool]:
    """The name of every route of the project's own, and whether its address has parts."""
    ours = {pattern.name: bool(pattern.pattern.converters) for pattern in routes()}
    return {
        name: ours[name] for name in listed() if name in ours and not name.startswith(("account_", "mfa_"))
    }


def addresses(name: str, scene: Scene) -> Iterator[str]:
    asked = ASKED.get(name)
    return (
        reverse(name, kwargs=kwargs, query=asked) for kwargs in PLACES.get(name, lambda _: iter([{}]))(scene)
    )


@pytest.fixture
def published(
    make_set: Callable,
    make_event: Callable,
    make_board: Callable,
    post_note: Callable,
    ben: Viewer,
    dee: Viewer,
) -> Scene:
    principles = make_set()
    event = make_event(principle_sets=[principles], tags=["walls"])
    board = make_board(event=event)
    station = board.stations.get()
    station.pairings.create(principle=principles.principles.first())
    gone = post_note(station, GONE, by=dee)
    kept = post_note(station, KEPT, by=ben, public=False, research=False)
    shown = post_note(station, SHOWN, by=dee)
    withdraw_note(gone, by=dee)
    hidden = post_note(station, HELD, by=ben)
    hide_note(hidden, "It names somebody.", by=None)
    suggest_everything(event, ben, dee)
    hang_everything(event, ben, dee)
    photograph_everything(event, board, shown, kept)
    take_a_sheet_back(board.stations.get(), dee)
    asked = ask_about_one(board.stations.get(), dee)
    hold_cards(event, SHOWN)
    printed = Post.objects.create(slug="printed", title="Printed", published_at=timezone.now())
    unprinted = Post.objects.create(slug="unprinted", title=UNPRINTED, summary=UNPRINTED)
    for post in (printed, unprinted):
        post.events.add(event)
    return Scene(event, board, [gone, kept, shown, hidden, asked], [printed, unprinted], principles)


def suggest_everything(event: Event, ben: Viewer, dee: Viewer) -> None:
    poll = hold_poll(event, phase="propose")
    withdraw_option(suggest(poll, GONE, by=dee), by=dee)
    suggest(poll, KEPT, by=ben, public=False)
    suggest(poll, SHOWN, by=dee)
    add_item(event, by=None, title="Tea")


def hang_everything(event: Event, ben: Viewer, dee: Viewer) -> None:
    drawing = hold_drawing(event)
    withdraw_picture(hang_one(drawing, GONE, by=dee, group=GONE, expression=GONE), by=dee)
    hang_one(drawing, KEPT, by=ben, group=KEPT, expression=KEPT, public=False)
    hang_one(drawing, SHOWN, by=dee, group=SHOWN, expression=SHOWN)


def ask_about_one(station: Station, dee: Viewer) -> Note:
    """A note on a photograph on show that Dee read through a link, and nobody else so far."""
    event, note = station.board.event, paper_note(station)
    box = {"number": 1, "x": 1, "y": 1, "width": 9, "height": 9, "station": station}
    photograph(event, SHOWN, board=station.board).regions.create(**box, note=note)
    until = timezone.now() + timedelta(days=1)
    Asking.objects.create(event=event, message=f"Who can read {SHOWN}?", until=until)
    says(note, UNRULED, by=replace(dee, reads_for=event.pk), comment=UNRULED)
    return note


def take_a_sheet_back(station: Station, dee: Viewer) -> None:
    """Before it was digitised: its words are on record for nobody. A second sheet still waits."""
    first, _ = print_stubs(station.board, by=None, each=2)
    withdraw_stub(first, by=dee, receipt=receipt_for(first.key))
    tie_stub(on_paper(station, GONE), first.number, by=None)


def photograph_everything(event: Event, board: Board, shown: Note, kept: Note) -> None:
    """One on show, one that is not published, and one that shows what is kept to the room."""
    box = {"number": 1, "x": 1, "y": 1, "width": 9, "height": 9, "station": shown.station}
    photograph(event, SHOWN, board=board).regions.create(**box, note=shown)
    photograph(event, DRAFT, published_at=None)
    photograph(event, DRAFT, board=board).regions.create(**box, note=kept)
    gone = {
        "files": "",
        "digest": "",
        "alt": "",
        "caption": "",
        "published_at": None,
        "taken_down_at": timezone.now(),
    }
    photograph(event, "", **gone, why=UNPRINTED)


def photograph(event: Event, words: str, **fields: object) -> Photo:
    files = made_files()
    facts = {
        "key": uuid4(), "digest": files.folder, "files": files.folder, "width": files.width,
        "height": files.height, "making": Photo.Making.MADE, "alt": words, "caption": words,
        "basis": Photo.Basis.NOBODY, "published_at": timezone.now(), "zoom": 100,
    }  # fmt: skip
    return event.photos.create(**(facts | fields))


@pytest.fixture
def draft(
    published: Scene, make_event: Callable, make_board: Callable, post_note: Callable, dee: Viewer
) -> Scene:
    """An event nobody was told of: beside the published one in its series, under the same principle."""
    series = Series.objects.create(slug="walks", name="Walks")
    Event.objects.filter(pk=published.event.pk).update(series=series, position=1)
    published.event.refresh_from_db()
    words = {"name": f"Day of {DRAFT}", "summary": DRAFT, "body": f"<p>{DRAFT}</p>", "place": DRAFT}
    event = make_event(
        "hidden-day", status=Event.Status.DRAFT, series=series, position=2,
        principle_sets=[published.principles], tags=[DRAFT], **words,
    )  # fmt: skip
    board = make_board(f"Heading {DRAFT}", event=event, slug="hidden-wall")
    Board.objects.filter(pk=board.pk).update(name=f"Wall of {DRAFT}")
    station = board.stations.get()
    station.pairings.create(principle=published.principles.principles.first())
    note = post_note(station, DRAFT, by=dee)
    suggest(hold_poll(event, f"Sow {DRAFT}", phase="propose"), DRAFT, by=dee)
    hold_cards(event, f"Sow {DRAFT}", zones=[f"Yes to {DRAFT}", "No"])
    hang_one(hold_drawing(event, f"Draw {DRAFT}"), DRAFT, by=dee, expression=DRAFT)
    photograph(event, DRAFT, board=board)
    print_stubs(board, by=None, each=1)
    Asking.objects.create(event=event, message=DRAFT, until=timezone.now() + timedelta(days=1))
    add_item(event, by=None, title=f"A walk through {DRAFT}")
    add_quotation(event, DRAFT, said_by=DRAFT, by=None)
    make_promise(event, f"We will plant {DRAFT}", by=None)
    Post.objects.get(slug="printed").events.add(event)
    return Scene(event, board, [note], [], published.principles)


@pytest.fixture
def browser_of(
    client: Client, ada: Viewer, steward: Viewer, researcher: Viewer, ben: Viewer, cleo: Viewer
) -> Callable[[str], Client]:
    cast = {"ada": ada, "steward": steward, "researcher": researcher, "ben": ben, "cleo": cleo}

    def browser(name: str) -> Client:
        viewer = cast[name]
        if viewer.person:
            client.force_login(viewer.person)
        elif viewer.guest_key:
            remember_guest(welcomed := HttpResponse(), viewer)
            client.cookies.update(welcomed.cookies)
        return client

    return browser


def test_every_route_with_parts_has_an_address_here() -> None:
    assert sorted(name for name, has_parts in pages().items() if has_parts and name not in PLACES) == []
    assert sorted(set(PLACES) - set(pages())) == []


def heard(client: Client, address: str) -> tuple[int, set[str]]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = content.decode(errors="replace") + repr(dict(answer.headers))
    # A page may repeat the address it was asked for: that tells nobody anything new.
    return answer.status_code, {canary for canary in SEES if canary in said.replace(address, "")}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_comes_upon_what_is_not_theirs(
    viewer: str, published: Scene, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client, leaks, silent = browser_of(viewer), [], []
    for name in pages():
        everything: set[str] = set()
        for scene in (published, draft):
            for address in addresses(name, scene):
                status, canaries = heard(client, address)
                assert status < 500, address
                everything |= canaries
                leaks += [(address, c) for c in canaries if viewer not in DIFFERS.get((name, c), SEES[c])]
        expected = {canary for (page, canary), who in HEARD.items() if page == name and viewer in who}
        silent += [(name, canary) for canary in expected - everything]
    assert leaks == []
    assert silent == []


@pytest.mark.parametrize("viewer", ["cleo", "ben", "researcher"])
def test_no_page_tells_a_code_to_whoever_is_not_in_the_room(
    viewer: str, published: Scene, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client = browser_of(viewer)
    codes = list(Activity.objects.exclude(code=None).values_list("code", flat=True))
    assert len(codes) == 10
    for name in pages():
        for address in (one for scene in (published, draft) for one in addresses(name, scene)):
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = (content.decode(errors="replace") + repr(dict(answer.headers))).replace(" ", "")
            # The page of a code is asked for with it.
            assert [code for code in codes if code in said and code not in address] == [], address


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_draft_is_not_there_for_strangers(
    viewer: str, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client = browser_of(viewer)
    for name in OF_THE_DRAFT:
        for address in addresses(name, draft):
            answer = client.get(address)
            signs_in = answer.status_code == 302 and "/account/login/" in answer.url
            if viewer in SEES[DRAFT]:
                assert answer.status_code == 200, address
            else:
                assert answer.status_code == 404 or signs_in, address
