"""Following what comes of something by mail: asked for, confirmed, told, ended."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.models import Event
from outcomes.decisions import update_decision
from outcomes.declining import decline_notes
from outcomes.models import OutcomeFollower
from outcomes.statements import draft_statement
from people.guests import Viewer
from people.models import Letter, Subscriber
from people.subscribing import token_of
from responses.models import Follower, Note, Station
from tests.outcomes.makers import decided, heard

BEN = "ben@example.org"
SECRET = "Say who counts the chairs."
Work = Callable[[], int]


@pytest.fixture
def note(station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station, SECRET)


def subscriber(email: str = BEN, **fields: object) -> Subscriber:
    return Subscriber.objects.create(email=email, confirmed_at=timezone.now(), **fields)


def told() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def follow_page(event: Event) -> str:
    return f"/follow/event/{event.identifier}/"


def test_an_event_is_followed_once_the_address_is_confirmed(
    client: Client, note: Note, ada: Viewer, do_work: Work
) -> None:
    event = note.board.event
    assert f'href="{follow_page(event)}"' in client.get(f"/events/{event.slug}/outcomes/").text
    client.post(follow_page(event), {"email": BEN})
    do_work()
    asked = mail.outbox.pop()
    heard(note, ada)
    do_work()
    assert mail.outbox == [], "not before it is confirmed"
    address = re.search(r"http://[^/]+(/news/\S+)", asked.body)[1]
    assert event.name in client.get(address).text
    client.post(address, {"act": "confirm"})
    statement = heard(note, ada, "And who counts.")
    do_work()
    assert told() == [BEN]
    assert statement.get_absolute_url() in mail.outbox[0].body
    assert "who counts" not in mail.outbox[0].message().as_string()


def test_the_same_is_said_of_a_known_address_as_of_a_new_one(client: Client, note: Note) -> None:
    subscriber("known@example.org")
    pages = [
        client.post(follow_page(note.board.event), {"email": email}, follow=True).text
        for email in ("known@example.org", "new@example.org")
    ]
    assert all("We have written to that address" in page for page in pages)


def test_a_mistyped_address_is_given_back_with_a_sentence(client: Client, note: Note) -> None:
    answer = client.post(follow_page(note.board.event), {"email": "ben at example"})
    assert answer.status_code == 422
    assert "ben at example" in answer.text
    assert not OutcomeFollower.objects.exists()


@pytest.mark.parametrize("path", ["event/nothing", "person/x", "decision/x", "note/x"])
def test_nothing_else_can_be_followed(client: Client, path: str, db: None) -> None:
    assert client.get(f"/follow/{path}/").status_code == 404


def test_a_draft_cannot_be_followed(client: Client, make_event: Callable[..., Event]) -> None:
    event = make_event(status=Event.Status.DRAFT)
    assert client.post(follow_page(event), {"email": BEN}).status_code == 404
    assert not Subscriber.objects.exists()


def test_one_letter_ends_it_with_one_click(client: Client, note: Note, ada: Viewer, do_work: Work) -> None:
    follow = OutcomeFollower.objects.create(subscriber=subscriber(), event=note.board.event)
    heard(note, ada)
    do_work()
    stop = re.search(r"<http://[^/]+(/news/[^>]+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]
    assert "Stop following it" in client.get(stop).text
    assert OutcomeFollower.objects.filter(pk=follow.pk).exists(), "looking ends nothing"
    client.post(stop)
    assert not OutcomeFollower.objects.exists()
    assert Subscriber.objects.count() == 1
    assert client.get(stop).status_code == 410


def test_somebody_elses_address_stops_nothing(client: Client, note: Note) -> None:
    event = note.board.event
    OutcomeFollower.objects.create(subscriber=subscriber(), event=event)
    other = token_of(subscriber("cleo@example.org"))
    assert client.post(f"/news/{other}/stop/event/{event.identifier}/").status_code == 410
    assert OutcomeFollower.objects.count() == 1


def test_whoever_follows_the_note_and_the_event_is_told_once(note: Note, ada: Viewer, do_work: Work) -> None:
    ben = subscriber()
    Follower.objects.create(note=note, subscriber=ben)
    OutcomeFollower.objects.create(subscriber=ben, event=note.board.event)
    heard(note, ada)
    do_work()
    assert told() == [BEN]
    assert note.label in mail.outbox[0].subject


def test_the_way_of_a_note_is_told_step_by_step(note: Note, ada: Viewer, do_work: Work) -> None:
    Follower.objects.create(note=note, subscriber=subscriber())
    statement = heard(note, ada)
    decision = decided(statement, "will_do", ada)
    update_decision(decision, "The first list hangs.", by=ada, kind="done")
    do_work()
    subjects = [letter.subject for letter in mail.outbox]
    for said in ("what they heard", "it was answered", "there is news"):
        assert sum(said in subject for subject in subjects) == 1, said
    assert all(SECRET not in letter.message().as_string() for letter in mail.outbox)


def test_a_no_is_told_with_where_the_reason_stands(note: Note, ada: Viewer, do_work: Work) -> None:
    Follower.objects.create(note=note, subscriber=subscriber())
    decline_notes([note], "There are no chairs.", by=ada)
    do_work()
    assert note.get_absolute_url() in mail.outbox[0].body
    assert "There are no chairs" not in mail.outbox[0].body


def test_nobody_is_told_of_a_draft_or_of_what_they_did_not_ask_for(
    note: Note, ada: Viewer, do_work: Work
) -> None:
    Follower.objects.create(note=note, subscriber=subscriber())
    OutcomeFollower.objects.create(
        subscriber=subscriber("quiet@example.org", wants_notes=False), event=note.board.event
    )
    draft_statement(note.board.event, "A draft.", by=ada, notes=[note])
    do_work()
    assert mail.outbox == []
    heard(note, ada)
    do_work()
    assert told() == [BEN]


def test_news_that_is_sent_twice_is_one_letter(note: Note, ada: Viewer, do_work: Work) -> None:
    OutcomeFollower.objects.create(subscriber=subscriber(), event=note.board.event)
    decision = decided(heard(note, ada), "will_do", ada)
    for _ in range(2):
        update_decision(decision, "It hangs.", by=ada, kind="done")
    do_work()
    assert Letter.objects.filter(kind="outcome").count() == 3


def test_all_that_is_followed_stands_on_the_page_of_the_letters(client: Client, note: Note) -> None:
    ben = subscriber()
    OutcomeFollower.objects.create(subscriber=ben, event=note.board.event)
    page = client.get(f"/news/{token_of(ben)}/").text
    assert note.board.event.name in page
    assert "Stop following it" in page
