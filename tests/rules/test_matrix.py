"""Who sees what, on every page: one table, and a canary word in everything that has a rule of sight.

The pages come from the resolver, so that a new route fails here until it has an address below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
from responses.models import Activity, Board, Cards, Drawing, Note, Option, Picture, Poll
from responses.moderation import hide_note
from responses.poll import withdraw_option
from responses.receipts import receipt_for
from tests.cards import hold_cards
from tests.drawings import hang_one, hold_drawing
from tests.polls import hold_poll, suggest
from tests.rules.test_access import listed, routes

VIEWERS = ("cleo", "ben", "researcher", "ada", "steward")
EVERYONE = set(VIEWERS)
# The canary word of each thing, and who may come upon it anywhere on the site.
DRAFT, SHOWN, KEPT, GONE, UNPRINTED = "marramgrass", "openquartz", "hushedfern", "lostheron", "unprintedmoth"
HELD = "veiledwren"  # hidden by the organisers
SEES = {
    DRAFT: {"ada", "steward"},
    SHOWN: EVERYONE,
    KEPT: {"ben", "ada", "steward"},
    GONE: set(),
    HELD: {"ben", "ada", "steward"},
    UNPRINTED: {"steward"},
}
# Where that differs: a file takes no words without consent, and a receipt is a right of its own.
DIFFERS = {
    ("notes_csv", KEPT): set(),
    ("notes_excel", KEPT): set(),
    ("notes_jsonl", KEPT): set(),
    ("poll_csv", KEPT): set(),
    ("poll_json", KEPT): set(),
    **{(name, HELD): set() for name in ("notes_csv", "notes_excel", "notes_jsonl")},
    **dict.fromkeys([("receipt", HELD), ("receipt_withdraw", HELD)], EVERYONE),
    ("receipt", KEPT): EVERYONE,
    ("receipt_withdraw", KEPT): EVERYONE,
    ("picture_receipt", KEPT): EVERYONE,
    ("picture_receipt_withdraw", KEPT): EVERYONE,
}
# Where a canary has to be heard, so that silence elsewhere means something.
HEARD = {
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


def files_of(kwargs: Iterator[dict]) -> Iterator[dict]:
    return ({**one, "name": "small.jpg"} for one in kwargs)


def of_agenda(scene: Scene) -> Iterator[dict]:
    for item in scene.event.agenda.all():
        yield {"slug": scene.event.slug, "number": item.pk}


def of_receipts(scene: Scene) -> Iterator[dict]:
    """Only of the published event: whoever holds a receipt sees its note, wherever it stands."""
    return ({"code": receipt_for(note.key)} for note in scene.notes if DRAFT not in note.text)


def of_principle(scene: Scene) -> Iterator[dict]:
    yield {"set_slug": scene.principles.slug, "slug": scene.principles.principles.first().slug}


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("event", "import_transcript", "notes_csv", "notes_excel", "notes_jsonl"), of_event),
    **dict.fromkeys(
        ("board", "board_facilitate", "board_projector", "board_count", "board_merges", "answer"), of_board
    ),
    "board_live": of_board,
    "changes": lambda scene: ({"identifier": one.identifier} for one in scene.event.activities.all()),
    "answer_station": of_station,
    **dict.fromkeys(
        ("poll", "poll_add", "poll_csv", "poll_json", "poll_facilitate", "poll_projector"), of_poll
    ),
    **dict.fromkeys(("option", "option_withdraw", "option_desk"), of_options),
    **dict.fromkeys(("poll_new", "agenda", "board_new"), of_event),
    "agenda_item": of_agenda,
    **dict.fromkeys(("drawing", "drawing_facilitate", "drawing_projector"), of_drawing),
    "drawing_new": of_event,
    **dict.fromkeys(("cards", "cards_facilitate", "cards_projector", "cards_csv"), of_cards),
    "cards_new": of_event,
    "cards_count": of_counts,
    **dict.fromkeys(("picture", "picture_desk", "my_picture", "my_picture_withdraw"), of_pictures),
    "picture_file": lambda scene: files_of(of_pictures(scene)),
    **dict.fromkeys(("picture_receipt", "picture_receipt_withdraw"), of_picture_receipts),
    "picture_receipt_file": lambda scene: files_of(of_picture_receipts(scene)),
    "join_code": lambda scene: iter([{"code": scene.board.code}]),
    "join_sheet": lambda scene: ({**kwargs, "kinds": "boards"} for kwargs in of_board(scene)),
    **dict.fromkeys(("note", "note_take_down", "my_note", "my_note_withdraw"), of_notes),
    "note_version": of_readings,
    **dict.fromkeys(("receipt", "receipt_withdraw"), of_receipts),
    "tag": lambda scene: ({"slug": tag.slug} for tag in scene.event.tags.all()),
    "series": lambda scene: iter([{"slug": scene.event.series.slug}]),
    "principle_set": lambda scene: iter([{"slug": scene.principles.slug}]),
    "principle": of_principle,
    "wording": lambda scene: ({**kwargs, "version": 1} for kwargs in of_principle(scene)),
    "post": lambda scene: ({"slug": post.slug} for post in scene.posts),
}
# What is asked of an address beside itself: everything that ever changed.
ASKED = {"changes": {"after": "0"}}
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
OF_THE_DRAFT |= {"cards", "cards_csv"}
OF_THE_DRAFT |= {"drawing", "picture", "picture_file"}


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
    hold_cards(event, SHOWN)
    printed = Post.objects.create(slug="printed", title="Printed", body="x", published_at=timezone.now())
    unprinted = Post.objects.create(slug="unprinted", title=UNPRINTED, summary=UNPRINTED, body=UNPRINTED)
    for post in (printed, unprinted):
        post.events.add(event)
    return Scene(event, board, [gone, kept, shown, hidden], [printed, unprinted], principles)


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
