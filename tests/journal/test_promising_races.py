"""Promises under many hands at once."""

from collections.abc import Callable

import pytest

from events.models import Event
from journal.models import Sentence
from journal.promising import mark_promise
from outcomes.models import Promise
from outcomes.promises import make_promise, update_promise
from people.guests import Viewer
from people.models import Act
from tests.events.test_sign_up_races import at_once
from tests.texts import published, words

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 6
SAID = "We will write to everybody in May."


def test_a_sentence_that_many_mark_at_once_is_one_promise(
    make_event: Callable[..., Event], ada: Viewer, steward: Viewer
) -> None:
    event = make_event()
    published(event, words(f"<p>{SAID}</p>"), by=ada)
    presses = [lambda: mark_promise(event.writing, "a1", SAID, by=ada)] * CROWD
    at_once([*presses, lambda: make_promise(event, SAID, by=steward)])
    assert Promise.objects.count() == Sentence.objects.count() == 1
    assert Act.objects.filter(verb="promised").count() == 1


def test_what_is_said_of_a_promise_at_once_is_numbered_without_gaps(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    promise = make_promise(make_event(), SAID, by=ada)
    at_once([lambda n=n: update_promise(promise, "late", f"Not yet, {n % 3}.", by=ada) for n in range(CROWD)])
    numbers = list(promise.updates.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 3
