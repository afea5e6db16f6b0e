"""Who hears by mail of an amendment."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone

from outcomes.amendments import accept_amendment, withdraw_amendment
from outcomes.models import OutcomeFollower
from people.guests import Viewer
from people.models import Subscriber
from principles.models import Principle
from responses.models import Follower, Mark, Note, Station
from tests.outcomes.amending import WORDS, asking, opened, proposed

Post = Callable[..., Note]


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    return asking(make_set, station)


def subscriber(name: str) -> Subscriber:
    return Subscriber.objects.create(email=f"{name}@example.org", confirmed_at=timezone.now())


def told() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_whoever_follows_a_note_hears_that_other_words_answer_it(
    power: Principle, station: Station, post_note: Post, ada: Viewer, do_work: Callable
) -> None:
    note = post_note(station, "Shared by whom?", mark=Mark.SQUARE)
    Follower.objects.create(note=note, subscriber=subscriber("ben"))
    amendment = opened(power, ada, notes=[note])
    do_work()
    assert told() == ["ben@example.org"]
    assert amendment.get_absolute_url() in mail.outbox[0].body
    assert not any(words in mail.outbox[0].body for words in (WORDS, "Shared by whom?"))


def test_whoever_follows_an_amendment_hears_what_was_decided_and_nobody_else_does(
    power: Principle, station: Station, ada: Viewer, do_work: Callable
) -> None:
    amendment, other = opened(power, ada), opened(power, ada, "Power is lent.")
    OutcomeFollower.objects.create(subscriber=subscriber("ben"), amendment=amendment)
    OutcomeFollower.objects.create(subscriber=subscriber("cleo"), amendment=other)
    OutcomeFollower.objects.create(subscriber=subscriber("dee"), event=station.board.event)
    do_work()
    mail.outbox.clear()
    accept_amendment(amendment, "It was asked for.", by=ada)
    do_work()
    assert told() == ["ben@example.org"]


def test_nobody_hears_of_a_draft(
    power: Principle, station: Station, post_note: Post, ada: Viewer, do_work: Callable
) -> None:
    note = post_note(station, "Shared by whom?", mark=Mark.SQUARE)
    Follower.objects.create(note=note, subscriber=subscriber("ben"))
    withdraw_amendment(proposed(power, ada, notes=[note]), "I thought again.", by=ada)
    do_work()
    assert told() == []


def test_an_event_where_it_was_worked_out_tells_its_followers(
    power: Principle, station: Station, ada: Viewer, do_work: Callable
) -> None:
    OutcomeFollower.objects.create(subscriber=subscriber("dee"), event=station.board.event)
    opened(power, ada, event=station.board.event)
    do_work()
    assert told() == ["dee@example.org"]
