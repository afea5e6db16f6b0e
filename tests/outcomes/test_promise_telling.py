"""Who is told by mail of a promise, and of what became of it."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from events.models import Event
from outcomes.models import OutcomeFollower, Promise
from outcomes.promises import make_promise, take_down_promise, update_promise
from people.guests import Viewer
from people.models import Letter, Subscriber


@pytest.fixture
def follow(db: None) -> Callable[..., Subscriber]:
    def make(email: str, **thing: object) -> Subscriber:
        facts = {"confirmed_at": timezone.now(), "wants_notes": True}
        subscriber, _ = Subscriber.objects.get_or_create(email=email, defaults=facts)
        OutcomeFollower.objects.create(subscriber=subscriber, **thing)
        return subscriber

    return make


def test_followers_of_the_event_and_of_the_promise_hear_of_each_step_once(
    make_event: Callable[..., Event],
    follow: Callable[..., Subscriber],
    ada: Viewer,
    do_work: Callable[[], int],
) -> None:
    event = make_event()
    follow("event@example.org", event=event)
    promise = make_promise(event, "We meet again.", by=ada)
    do_work()
    assert Letter.objects.filter(kind="outcome").count() == 1
    follow("promise@example.org", promise=promise)
    for _ in range(2):
        update_promise(promise, Promise.State.DROPPED, "The money went.", by=ada)
    do_work()
    assert Letter.objects.filter(kind="outcome").count() == 3


def test_of_a_promise_in_a_post_nobody_hears_who_follows_something_else(
    make_event: Callable[..., Event],
    follow: Callable[..., Subscriber],
    ada: Viewer,
    do_work: Callable[[], int],
) -> None:
    other = make_promise(make_event(), "We meet again.", by=ada)
    do_work()
    follow("other@example.org", promise=other)
    make_promise(None, "We write three more.", by=ada)
    do_work()
    assert not Letter.objects.filter(kind="outcome").exists()


def test_nobody_hears_of_a_promise_of_a_draft_or_of_one_that_was_taken_down(
    make_event: Callable[..., Event],
    follow: Callable[..., Subscriber],
    ada: Viewer,
    do_work: Callable[[], int],
) -> None:
    hidden, shown = make_event("hidden-day", status=Event.Status.DRAFT), make_event()
    for event in (hidden, shown):
        follow("reader@example.org", event=event)
    make_promise(hidden, "We plant a hedge.", by=ada)
    take_down_promise(make_promise(shown, "Kim pays.", by=ada), "It named somebody.", by=None)
    do_work()
    assert not Letter.objects.filter(kind="outcome").exists()
