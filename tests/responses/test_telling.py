"""Following a note by mail: what is told, to whom, how often, and never what the note says."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.guests import ANYBODY, Viewer
from people.models import Letter, Subscriber
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Follower, Mark, Note, Station
from responses.moderation import hide_note
from responses.readings.reading import read_note
from responses.readings.ruling import accept_reading
from responses.receipts import receipt_for
from responses.telling import SAID, follow_note, stop_following, stop_following_address, tell_followers
from tests.paper import paper_note

pytestmark = pytest.mark.django_db
Work, Post = Callable[[], int], Callable[..., Note]
BEN, SECRET = "ben@example.org", "Say who decides."


@pytest.fixture
def note(station: Station, post_note: Post) -> Note:
    return post_note(station, SECRET)


def followed(note: Note, email: str = BEN, **fields: object) -> Subscriber:
    """A confirmed address that follows the note, and has been told so on an earlier day."""
    subscriber = Subscriber.objects.create(email=email, confirmed_at=timezone.now(), **fields)
    Follower.objects.create(note=note, subscriber=subscriber)
    return subscriber


def test_a_note_is_followed_from_its_receipt_once_the_address_is_confirmed(
    client: Client, note: Note, do_work: Work
) -> None:
    path = f"/receipt/{receipt_for(note.key)}/"
    assert f'href="{path}follow/"' in client.get(path).text
    client.post(f"{path}follow/", {"email": BEN})
    do_work()
    asked = mail.outbox.pop()
    tell_followers(note, "cited")
    assert not Letter.objects.filter(kind="note").exists(), "not before it is confirmed"
    client.post(re.search(r"http://[^/]+(/news/\S+)", asked.body)[1], {"act": "confirm"})
    tell_followers(note, "cited", where="/events/wall-day/")
    do_work()
    assert [letter.to for letter in mail.outbox] == [[BEN]]
    assert "http://localhost:8000/events/wall-day/" in mail.outbox[0].body


def test_an_account_or_a_cookie_follows_its_own_note_and_no_other(
    client: Client, note: Note, ada: Viewer
) -> None:
    client.force_login(ada.person)
    assert client.post(f"/my-notes/{note.identifier}/follow/", {"email": BEN}).status_code == 404
    assert not Follower.objects.exists()


@pytest.mark.parametrize("event", sorted(SAID))
def test_no_letter_holds_a_word_of_the_note(note: Note, do_work: Work, event: str) -> None:
    followed(note)
    tell_followers(note, event)
    do_work()
    said = mail.outbox[0].message().as_string()
    assert note.label in mail.outbox[0].subject
    assert not [word for word in ("decides", receipt_for(note.key)) if word in said]


def test_a_note_is_told_of_once_a_day_to_each_address(note: Note, do_work: Work) -> None:
    followed(note)
    followed(note, "cleo@example.org")
    for event in ("read", "accepted", "cited"):
        tell_followers(note, event)
    do_work()
    assert sorted(letter.to[0] for letter in mail.outbox) == [BEN, "cleo@example.org"]


def test_an_answer_is_told_also_where_something_else_was_told_that_day(note: Note) -> None:
    followed(note)
    for event in ("cited", "heard", "answered", "answered"):
        tell_followers(note, event)
    assert Letter.objects.count() == 3


def test_only_those_who_follow_this_note_and_want_to_hear_are_told(
    note: Note, station: Station, post_note: Post, do_work: Work
) -> None:
    followed(note)
    followed(note, "quiet@example.org", wants_notes=False)
    followed(post_note(station, "Another."), "other@example.org")
    tell_followers(note, "cited")
    do_work()
    assert [letter.to for letter in mail.outbox] == [[BEN]]


def test_a_ruling_and_a_reading_are_told(station: Station, ada: Viewer, ben: Viewer) -> None:
    note = paper_note(station)
    kept = followed(note)
    reading = read_note(note, by=ada, state="read", markup="We decide.", mark=Mark.TICK)
    assert Letter.objects.get().key.startswith(f"note {note.identifier} {kept.pk}")
    Letter.objects.all().delete()
    accept_reading(reading, by=ada)
    letter = Letter.objects.get()
    assert "accepted" in letter.text
    assert "We decide" not in letter.text


def test_hiding_is_told_without_the_reason(note: Note, ada: Viewer) -> None:
    followed(note)
    hide_note(note, "It names somebody.", by=ada)
    letter = Letter.objects.get()
    assert "hid it" in letter.text
    assert "names somebody" not in letter.text


def test_nobody_follows_a_note_that_was_withdrawn(note: Note, ben: Viewer) -> None:
    followed(note)
    withdraw_note(note, by=ben)
    assert not Follower.objects.exists()
    with pytest.raises(Refused):
        follow_note(note, BEN, by=ANYBODY)
    note.refresh_from_db()
    tell_followers(note, "cited")
    assert not Letter.objects.exists()


def test_following_twice_is_following_once(note: Note) -> None:
    for _ in range(2):
        follow_note(note, BEN, by=ANYBODY)
    assert Follower.objects.count() == 1


def test_one_click_ends_the_letters_of_one_note_and_no_other(
    note: Note, station: Station, post_note: Post
) -> None:
    other = post_note(station, "Another.")
    kept = followed(note)
    Follower.objects.create(note=other, subscriber=kept)
    path = stop_following_address(note, kept).removeprefix("http://localhost:8000")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Follower.objects.count() == 2
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [follower.note for follower in Follower.objects.all()] == [other]
    assert strict.get(path).status_code == 410


def test_the_link_of_one_address_stops_no_other(note: Note) -> None:
    followed(note)
    other = Subscriber.objects.create(email="cleo@example.org", confirmed_at=timezone.now())
    path = stop_following_address(note, other).removeprefix("http://localhost:8000")
    assert Client().post(path).status_code == 410
    assert Follower.objects.count() == 1


def test_stopping_twice_leaves_one_trace(note: Note) -> None:
    from people.models import Act

    kept = followed(note)
    for _ in range(2):
        stop_following(note, kept, by=ANYBODY)
    assert Act.objects.filter(verb="unfollowed").count() == 1
