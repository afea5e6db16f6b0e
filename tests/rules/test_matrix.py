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

from coproduce.images.keeping import original_in
from events.agenda import add_item
from events.models import Event, Series
from events.record import add_quotation
from events.sign_ups import add_by_hand
from events.sign_ups import token_of as place_token
from journal.comments import withdraw_comment
from journal.judging import judge
from journal.models import Attachment, Film, Illustration, Post, State, Story, Version, Writing
from journal.posts import edit_post
from journal.stories import withdraw_story
from outcomes.promises import make_promise
from people.guests import Viewer, remember_guest
from people.models import Organisation, Person, Subscriber
from people.records import affiliate, found_organisation, list_person, put_on_record
from people.subscribing import token_of
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
    Follower,
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
from tests.drawings import folder_of, hang_one, hold_drawing, made_files
from tests.paper import paper_note
from tests.polls import hold_poll, suggest
from tests.reading import says
from tests.rules.test_access import listed, routes
from tests.sent import say
from tests.sheets import on_paper
from tests.stories import call_for, told
from tests.stories import shown as story_shown
from tests.texts import names, quoted, saved, words
from tests.texts import published as saved_and_shown

# Who has a role in both events of the scene, beside those who organise them.
HELPERS = {"facilitator", "transcriber", "moderator"}
VIEWERS = ("cleo", "ben", "researcher", "transcriber", "moderator", "facilitator", "ada", "steward")
RUN, LEAD, LOOK = {"ada", "steward"}, {"ada", "steward", "facilitator"}, {"facilitator", "moderator"}
EVERYONE = set(VIEWERS)
# The canary word of each thing, and who may come upon it anywhere on the site.
DRAFT, SHOWN, KEPT, GONE, UNPRINTED = "marramgrass", "openquartz", "hushedfern", "lostheron", "unprintedmoth"
HELD = "veiledwren"  # hidden by the organisers
COMES = "shyotter"  # who comes to an event, what they need, and what only they are told
UNTOLD = "quietcurlew"  # told in stories that wait, or that not everybody may read
UNSAID = "huskyplover"  # said in comments that wait or were taken away
UNLISTED = "sorrelcroft"  # on record without an account, and never asked whether to be listed
UNREAD = "mutedbadger"  # saved as a version, and not published
UNRULED = "pensivelark"  # read at the desk, and nobody ruled on it
SEES = {
    DRAFT: RUN | HELPERS,
    SHOWN: EVERYONE,
    KEPT: {"ben"} | RUN | LOOK,
    GONE: set(),
    HELD: {"ben"} | RUN | LOOK,
    UNRULED: {"ada", "steward"},
    UNREAD: {"ada", "steward"},
    UNLISTED: {"ada", "steward"},
    UNTOLD: {"ada", "steward"},
    UNSAID: {"ben"} | RUN | LOOK,
    COMES: {"ada", "steward"},
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
    # Whoever draws boxes on a photograph sees the paper itself.
    ("photo_boxes", KEPT): RUN | {"transcriber"},
    ("my_story", UNTOLD): EVERYONE,
    ("my_comment", UNSAID): EVERYONE,
    ("my_sign_up", COMES): EVERYONE,
    ("picture_receipt", KEPT): EVERYONE,
    ("picture_receipt_withdraw", KEPT): EVERYONE,
}
# Where a canary has to be heard, so that silence elsewhere means something.
HEARD = {
    ("asked", SHOWN): EVERYONE,
    ("note_rule", UNRULED): SEES[UNRULED],
    **{(name, UNREAD): SEES[UNREAD] for name in ("event_versions", "event_version", "event_compare")},
    **{(name, UNREAD): SEES[UNREAD] for name in ("event_write", "event_preview", "film", "attachment")},
    **{(name, UNREAD): SEES[UNREAD] for name in ("film_edit", "attachment_edit", "illustration_edit")},
    **{(name, SHOWN): EVERYONE for name in ("film", "attachment")},
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post_write", "post_preview", "film", "attachment")},
    **{(name, SHOWN): EVERYONE for name in ("event", "event_version", "post_version")},
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post_version", "post_compare")},
    ("post_compare", SHOWN): EVERYONE,
    ("event_version", DRAFT): SEES[DRAFT],
    ("person", UNLISTED): SEES[UNLISTED],
    ("organisation", UNLISTED): SEES[UNLISTED],
    **{(name, SHOWN): EVERYONE for name in ("person", "people", "organisation")},
    ("reading", DRAFT): SEES[DRAFT],
    ("ask_room", DRAFT): RUN,
    ("board", SHOWN): EVERYONE,
    ("board", KEPT): SEES[KEPT],
    ("board", DRAFT): SEES[DRAFT],
    ("board_live", SHOWN): EVERYONE,
    ("board_live", KEPT): SEES[KEPT],
    ("board_projector", SHOWN): EVERYONE,
    ("event", DRAFT): SEES[DRAFT],
    **{("board_facilitate", canary): RUN | LOOK for canary in (SHOWN, KEPT, HELD)},
    ("note", HELD): SEES[HELD],
    ("note", SHOWN): EVERYONE,
    ("note", KEPT): SEES[KEPT],
    ("notes_jsonl", SHOWN): EVERYONE,
    ("notes_jsonl", DRAFT): SEES[DRAFT],
    **{(name, SHOWN): EVERYONE for name in FOR_SCHOLARS if name != "iiif_other_readings"},
    ("iiif_photo", DRAFT): SEES[DRAFT],
    ("event_tei", DRAFT): SEES[DRAFT],
    ("archive", DRAFT): SEES[DRAFT],
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post", "post_edit", "post_series", "post_tag")},
    **{(name, SHOWN): EVERYONE for name in ("story_call", "story")},
    ("story_call", UNTOLD): SEES[UNTOLD],
    ("story", UNTOLD): SEES[UNTOLD],
    ("my_story", UNTOLD): EVERYONE,
    ("my_comment", UNSAID): EVERYONE,
    ("my_comment", SHOWN): EVERYONE,
    ("event", UNSAID): {"ben"},
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
    ("agenda", DRAFT): LEAD,
    **{(name, DRAFT): RUN for name in ("event_roles", "event_log")},
    **{(name, COMES): SEES[COMES] for name in ("sign_ups", "sign_ups_csv", "event_edit")},
    ("my_sign_up", COMES): EVERYONE,
    ("join_sheet", DRAFT): LEAD | LOOK,
    **{(name, SHOWN): EVERYONE for name in ("photos", "photo")},
    **{(name, DRAFT): LEAD for name in ("board_print", "board_pack")},
    ("board_sheets", DRAFT): RUN | {"transcriber"},
    **{(name, DRAFT): SEES[DRAFT] for name in ("photos", "photo")},
    ("photo_edit", DRAFT): RUN | {"transcriber"},
    **{("photo_boxes", canary): RUN | {"transcriber"} for canary in (SHOWN, DRAFT)},
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


def of_people(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Person.objects.filter(email=None))


def of_organisations(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Organisation.objects.all())


def of_subscribers(scene: Scene) -> Iterator[dict]:
    return ({"token": token_of(one)} for one in Subscriber.objects.all())


def of_followers(scene: Scene) -> Iterator[dict]:
    for one in Follower.objects.filter(note__board=scene.board).select_related("subscriber", "note"):
        yield {"token": token_of(one.subscriber), "identifier": one.note.identifier}


def of_series(scene: Scene) -> Iterator[dict]:
    yield {"slug": scene.event.series.slug}


def of_places(scene: Scene) -> Iterator[dict]:
    return ({"token": place_token(place)} for place in scene.event.sign_ups.all())


def of_posts(scene: Scene) -> Iterator[dict]:
    return ({"slug": post.slug} for post in scene.posts)


def of_post_series(scene: Scene) -> Iterator[dict]:
    return ({"slug": post.series.slug} for post in scene.posts if post.series)


def of_post_tags(scene: Scene) -> Iterator[dict]:
    return ({"slug": tag.slug} for post in scene.posts for tag in post.tags.all())


def of_calls(scene: Scene) -> Iterator[dict]:
    return ({"slug": call.slug} for call in scene.event.story_calls.all())


def of_stories(scene: Scene) -> Iterator[dict]:
    stories = Story.objects.filter(call__in=scene.event.story_calls.all())
    return ({"identifier": story.identifier} for story in stories)


def of_story_pictures(scene: Scene) -> Iterator[dict]:
    for picture in Illustration.objects.filter(story__call__in=scene.event.story_calls.all()):
        facts = {"identifier": picture.identifier, "name": "small.jpg"}
        yield {"code": receipt_for(picture.story.key), **facts}


def of_story_codes(scene: Scene) -> Iterator[dict]:
    stories = Story.objects.filter(call__in=scene.event.story_calls.all())
    return ({"code": receipt_for(story.key)} for story in stories)


def of_comment_codes(scene: Scene) -> Iterator[dict]:
    return ({"code": receipt_for(comment.key)} for comment in scene.event.comments.all())


def of_reported(scene: Scene) -> Iterator[dict]:
    """One of everything that can be reported, whoever may see it."""
    event = scene.event
    boards = Note.objects.filter(board__event=event), Option.objects.filter(poll__event=event)
    pictures = Picture.objects.filter(drawing__event=event), event.photos.all()
    told = Story.objects.filter(call__in=event.story_calls.all())
    for things in (*boards, *pictures, event.comments.all(), told, scene.posts, [event]):
        for thing in things:
            yield {"kind": thing._meta.model_name, "identifier": thing.identifier}


def of_versions(scene: Scene) -> Iterator[dict]:
    for version in Version.objects.filter(writing__event=scene.event):
        yield {"slug": scene.event.slug, "number": version.number}


def _of_texts(scene: Scene) -> list[Writing]:
    return [scene.event.writing, *(post.writing for post in scene.posts)]


def of_films(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Film.objects.filter(writing__in=_of_texts(scene)))


def of_attachments(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Attachment.objects.filter(writing__in=_of_texts(scene)))


def of_illustrations(scene: Scene) -> Iterator[dict]:
    for one in Illustration.objects.filter(writing__in=_of_texts(scene)):
        yield {"identifier": one.identifier, "name": "small.jpg"}


def enclosing(kwargs: Iterator[dict], *kinds: str) -> Iterator[dict]:
    return ({**one, "kind": kind} for one in kwargs for kind in kinds)


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
    **dict.fromkeys(("poll_new", "agenda", "board_new", "event_roles", "event_log"), of_event),
    "invitation": lambda _: iter([{"token": "nothing"}]),
    **dict.fromkeys(("event_edit", "event_state", "event_copy", "sign_up", "sign_ups"), of_event),
    **dict.fromkeys(("sign_ups_csv", "event_calendar"), of_event),
    "my_sign_up": of_places,
    **dict.fromkeys(("series_edit", "series_roles", "series_calendar", "series_feed"), of_series),
    **dict.fromkeys(("rulings", "reading", "ask_room"), of_event),
    "event_versions": of_event,
    "event_version": of_versions,
    "event_compare": lambda scene: ({**one, "first": 1, "second": 2} for one in of_event(scene)),
    "post_versions": of_posts,
    "post_version": lambda scene: ({**one, "number": 1} for one in of_posts(scene)),
    "post_compare": lambda scene: ({**one, "first": 1, "second": 2} for one in of_posts(scene)),
    **dict.fromkeys(("event_write", "event_draft", "event_preview", "event_together"), of_event),
    **dict.fromkeys(("post_write", "post_draft", "post_preview", "post_together"), of_posts),
    "event_enclose": lambda scene: enclosing(of_event(scene), "photo", "film", "file", "note", "story"),
    "post_enclose": lambda scene: enclosing(of_posts(scene), "photo", "film", "file", "illustration"),
    "film": of_films,
    "attachment": of_attachments,
    "film_edit": of_films,
    "attachment_edit": of_attachments,
    "illustration_edit": lambda scene: ({"identifier": one["identifier"]} for one in of_illustrations(scene)),
    "illustration_file": of_illustrations,
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
    "series": of_series,
    "principle_set": lambda scene: iter([{"slug": scene.principles.slug}]),
    "principle": of_principle,
    "wording": lambda scene: ({**kwargs, "version": 1} for kwargs in of_principle(scene)),
    **dict.fromkeys(("post", "post_edit"), of_posts),
    **dict.fromkeys(("post_series", "post_series_feed"), of_post_series),
    **dict.fromkeys(("post_tag", "post_tag_feed"), of_post_tags),
    "author_feed": of_people,
    **dict.fromkeys(("story_call", "story_call_edit", "story_tell"), of_calls),
    "story": of_stories,
    "my_story": of_story_codes,
    "my_comment": of_comment_codes,
    "event_comment": of_event,
    "post_comment": of_posts,
    "report": of_reported,
    "my_story_picture": of_story_pictures,
    **dict.fromkeys(("person", "person_edit", "person_listing", "person_invite"), of_people),
    **dict.fromkeys(("organisation", "organisation_edit"), of_organisations),
    **dict.fromkeys(("news_own", "news_stop"), of_subscribers),
    "news_stop_note": of_followers,
    "receipt_follow": of_receipts,
    "my_note_follow": of_notes,
}
# What is asked of an address beside itself: everything that ever changed.
ASKED = {
    "changes": {"after": "0"},
    "iiif_viewer": {"manifest": "/iiif/events/wall-day/manifest.json"},
}
# Of these, what is not for everybody with a role in the event.
FOR_SOME = {"import_transcript": RUN, "join_sheet": LEAD | LOOK}
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
OF_THE_DRAFT |= {"event_versions", "event_version", "event_comment", "report"}
OF_THE_DRAFT |= {"film", "attachment", "illustration_file"}
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
    ada: Viewer,
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
    put_people_on_record()
    Event.objects.filter(pk=event.pk).update(joining_note=COMES)
    add_by_hand(event, by=None, name=COMES, access_needs=COMES)
    follower = Subscriber.objects.create(email="reader@example.org", confirmed_at=timezone.now())
    Follower.objects.create(note=kept, subscriber=follower)
    printed = Post.objects.create(slug="printed", title="Printed", published_at=timezone.now())
    unprinted = Post.objects.create(slug="unprinted", title=UNPRINTED, summary=UNPRINTED)
    for post in (printed, unprinted):
        post.events.add(event)
    edit_post(unprinted, by=None, **about(UNPRINTED) | {"events": [event]})
    tell_everything(event, ada, dee)
    say_everything(event, ada, ben, dee)
    write_texts(event, [printed, unprinted], ada)
    return Scene(event, board, [gone, kept, shown, hidden, asked], [printed, unprinted], principles)


def put_people_on_record() -> None:
    """One who agreed to be listed and one who was not asked, both of one organisation."""
    body = found_organisation("A club", by=None)
    for name in (SHOWN, UNLISTED):
        affiliate(put_on_record(name, by=None, about=name), body, by=None, position=name)
    list_person(Person.objects.get(name=SHOWN), by=None)


def about(words: str) -> dict:
    """What is known of a post, with `words` in all of it."""
    return {
        "title": words, "summary": words, "byline": words, "authors": [words], "series": words, "part": 1,
        "tags": [words], "takes_comments": True,
    }  # fmt: skip


def tell_everything(event: Event, ada: Viewer, dee: Viewer) -> None:
    """One story for everybody, one that waits, one kept from readers, and one taken back."""
    call = call_for(ada, events=[event])
    story_shown(call, ada, SHOWN, by=dee, title=SHOWN, name=SHOWN)
    told(call, UNTOLD, by=dee, title=UNTOLD, name=UNTOLD)
    story_shown(call, ada, UNTOLD, by=dee, title=UNTOLD, public=False)
    gone = story_shown(call, ada, GONE, by=dee, title=GONE, name=GONE)
    withdraw_story(gone.story, by=dee, receipt=gone.receipt)


def say_everything(event: Event, ada: Viewer, ben: Viewer, dee: Viewer) -> None:
    """One comment for everybody, one that waits, one taken away by those who moderate, and one taken back."""
    judge(say(event, SHOWN, by=dee, name=SHOWN), State.SHOWN, by=ada)
    say(event, UNSAID, by=ben, name=UNSAID)
    judge(say(event, UNSAID, by=ben), State.REMOVED, by=ada, why="It names somebody.")
    withdraw_comment(say(event, GONE, by=dee, name=GONE), by=dee)


def write_texts(event: Event, posts: list[Post], ada: Viewer) -> None:
    """One version that names everything there is, past the act that would refuse that, and one to come."""
    text = saved_and_shown(event, words(f"<p>{SHOWN}</p>"), quoted(SHOWN, SHOWN), by=ada)
    kinds = {"note": Note.objects.filter(board__event=event), "photo": event.photos.all()}
    rows = [(kind, row) for kind, query in kinds.items() for row in query]
    named = [names(kind, row.identifier, f"n{n}") for n, (kind, row) in enumerate(rows)]
    text.writing.versions.update(blocks=[*text.blocks, *named])
    saved(event, words(f"<p>{UNREAD}</p>"), by=ada, why=UNREAD)
    enclose_everything(text.writing, SHOWN)
    enclose_everything(text.writing, UNREAD, is_shown=False)
    for post, said in zip(posts, (SHOWN, UNPRINTED), strict=True):
        saved_and_shown(post, words(f"<p>{said}</p>"), by=None)
        version = saved_and_shown(post, words(f"<p>{said}, once more</p>"), by=None)
        enclose_everything(version.writing, said)


def enclose_everything(writing: Writing, said: str, *, is_shown: bool = True) -> None:
    """A film, a file and a picture beside a text, past the acts that would look at them."""
    files = made_files()
    original_in(folder_of(files.folder), said.encode())
    writing.films.create(host="vimeo", key="1", title=said, alternative=said, is_shown=is_shown)
    writing.attachments.create(
        title=said, file_name=f"{said}.pdf", kind="pdf", folder=files.folder, size=1, is_shown=is_shown
    )
    facts = {"alt": said, "caption": said, "basis": "nobody", "is_shown": is_shown}
    writing.illustrations.create(files=files.folder, width=96, height=64, **facts)


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
    published: Scene,
    make_event: Callable,
    make_board: Callable,
    post_note: Callable,
    ada: Viewer,
    dee: Viewer,
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
    enclose_everything(event.writing, DRAFT)
    words = {"title": f"Stories of {UNTOLD}", "prompt": UNTOLD, "topics": [UNTOLD]}
    call_for(ada, **words, opens_at=None, events=[event])
    return Scene(event, board, [note], [], published.principles)


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest,
    client: Client,
    ada: Viewer,
    steward: Viewer,
    researcher: Viewer,
    ben: Viewer,
    cleo: Viewer,
) -> Callable[[str], Client]:
    cast = {"ada": ada, "steward": steward, "researcher": researcher, "ben": ben, "cleo": cleo}

    def browser(name: str) -> Client:
        # Those with a role in the events are made when the events are there.
        viewer = cast.get(name) or request.getfixturevalue(name)
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


@pytest.mark.parametrize("viewer", ["cleo", "ben", "researcher", "transcriber"])
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
            if viewer in FOR_SOME.get(name, SEES[DRAFT]):
                assert answer.status_code == 200, address
            else:
                assert answer.status_code == 404 or signs_in, address
