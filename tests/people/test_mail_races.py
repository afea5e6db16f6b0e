"""Mail asked for by many at once: one letter, one address, one copy, and nothing after a withdrawal."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from archive.digests import write_due_digests
from coproduce.work import run_ready
from journal.models import Post
from people.guests import ANYBODY, Viewer
from people.letters import in_words
from people.models import Letter, Subscriber
from people.outbox import TO_ONE_ADDRESS, ask_to_send, post
from people.refusals import Refused
from people.subscribing import Wishes, subscribe
from responses.board import withdraw_note
from responses.models import Follower, Note, Station
from responses.telling import follow_note
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
BEN = "ben@example.org"


@pytest.fixture(autouse=True)
def no_counts_are_left() -> Iterator[None]:
    """What was counted is no model's, and so stays after a test that really commits."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_ratecount")


def write(key: str | None = None) -> Letter | None:
    with transaction.atomic():
        return post("test", BEN, in_words("News", "Something happened."), key)


def test_the_same_told_by_eight_at_once_is_one_letter() -> None:
    written = at_once(8, lambda _: write("shown 1"))
    assert sum(letter is not None for letter in written) == 1


def test_the_limit_of_an_address_holds_for_many_at_once() -> None:
    written = at_once(8, lambda _: [write() for _ in range(4)])
    assert sum(letter is not None for few in written for letter in few) == TO_ONE_ADDRESS.most


def test_two_workers_send_one_copy_of_a_letter_that_was_asked_for_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask_to_send(write())
    is_being_sent, other_is_done, copies = Event(), Event(), []

    class Slow:
        """A letter that is being sent until the other worker has done all it finds."""

        def send(self) -> None:
            copies.append(1)
            is_being_sent.set()
            other_is_done.wait(timeout=30)

    def work(number: int) -> None:
        if number:
            is_being_sent.wait(timeout=30)
        run_ready()
        other_is_done.set()

    monkeypatch.setattr("people.outbox.message_of", lambda _: Slow())
    at_once(2, work)
    assert copies == [1]


def test_one_address_given_eight_times_at_once_is_kept_once() -> None:
    at_once(8, lambda number: subscribe(BEN.upper() if number % 2 else BEN, Wishes(), by=ANYBODY))
    assert Subscriber.objects.count() == 1


def test_a_digest_written_by_four_at_once_is_one_letter() -> None:
    then = timezone.now() - timedelta(days=40)
    Subscriber.objects.create(email=BEN, confirmed_at=then, told_until=then)
    Post.objects.create(slug="a", title="A", published_at=timezone.now())
    assert sum(at_once(4, lambda _: write_due_digests())) == 1
    assert Letter.objects.count() == 1


def test_nobody_follows_a_note_that_is_withdrawn_at_the_same_moment(
    station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    for number in range(6):
        note = post_note(station, f"Note {number}.")

        def act(which: int, note: Note = note) -> None:
            try:
                follow_note(note, BEN, by=ANYBODY) if which else withdraw_note(note, by=ben)
            except Refused:
                return

        at_once(2, act)
        assert not Follower.objects.filter(note=note).exists()
