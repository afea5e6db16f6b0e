"""Events with everything on them that has a rule of sight: one published, and a draft beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from events.agenda import add_item
from events.models import Event, Series
from events.record import add_quotation
from events.sign_ups import add_by_hand
from journal.models import Post
from journal.posts import edit_post
from outcomes.models import OutcomeFollower
from outcomes.promises import make_promise
from people.cases import send_case
from people.guests import Viewer
from people.models import Subscriber
from principles.models import PrincipleSet
from responses.board import withdraw_note
from responses.models import Asking, Board, Follower, Note
from responses.moderation import hide_note
from responses.stubs import print_stubs
from tests.calls import call_everything, called
from tests.cards import hold_cards
from tests.drawings import hang_one, hold_drawing
from tests.polls import hold_poll, suggest
from tests.rules.archived import take_away
from tests.rules.canaries import (
    COMES,
    DRAFT,
    GONE,
    HELD,
    KEPT,
    SHOWN,
    UNPRINTED,
    UNREAD,
    UNSHARED,
    UNSIGNED,
    UNTOLD,
)
from tests.rules.contents import (
    about,
    ask_about_one,
    enclose_everything,
    group_everything,
    hang_everything,
    hear_everything,
    photograph,
    photograph_everything,
    propose_everything,
    put_people_on_record,
    say_everything,
    study_everything,
    suggest_everything,
    take_a_sheet_back,
    tell_everything,
    write_texts,
)
from tests.stories import call_for


@dataclass(frozen=True)
class Scene:
    """One event with everything on it."""

    event: Event
    board: Board
    notes: list[Note]
    posts: list[Post]
    principles: PrincipleSet


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
    send_case("note", UNPRINTED, by=dee, key=uuid4(), network="", email="dee@example.org")
    Event.objects.filter(pk=event.pk).update(joining_note=COMES)
    add_by_hand(event, by=None, name=COMES, access_needs=COMES)
    follower = Subscriber.objects.create(email="reader@example.org", confirmed_at=timezone.now())
    Follower.objects.create(note=kept, subscriber=follower)
    OutcomeFollower.objects.create(event=event, subscriber=follower)
    printed = Post.objects.create(slug="printed", title="Printed", published_at=timezone.now())
    unprinted = Post.objects.create(slug="unprinted", title=UNPRINTED, summary=UNPRINTED)
    for post in (printed, unprinted):
        post.events.add(event)
    edit_post(unprinted, by=None, **about(UNPRINTED) | {"events": [event]})
    tell_everything(event, ada, dee)
    say_everything(event, ada, ben, dee)
    write_texts(event, [printed, unprinted], ada)
    group_everything(event, SHOWN, author=ada.person)
    group_everything(event, GONE, dissolved_at=timezone.now())
    hear_everything(event, ada, SHOWN, UNREAD)
    propose_everything(principles.principles.first(), event, ada, SHOWN, UNREAD)
    study_everything(event, ada, UNSHARED)
    take_away(ada)
    call_everything(event, shown, ada, open_=SHOWN, hidden=UNSIGNED, gone=GONE)
    return Scene(event, board, [gone, kept, shown, hidden, asked], [printed, unprinted], principles)


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
    called(note, ada, f"Plant {DRAFT}")
    group_everything(event, DRAFT, author=ada.person)
    hear_everything(event, ada, DRAFT, DRAFT)
    propose_everything(published.principles.principles.first(), event, ada, SHOWN, UNREAD)
    Post.objects.get(slug="printed").events.add(event)
    enclose_everything(event.writing, DRAFT)
    words = {"title": f"Stories of {UNTOLD}", "prompt": UNTOLD, "topics": [UNTOLD]}
    call_for(ada, **words, opens_at=None, events=[event])
    return Scene(event, board, [note], [], published.principles)
