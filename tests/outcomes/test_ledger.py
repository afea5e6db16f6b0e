"""The ledger of promises."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from outcomes.models import Promise
from outcomes.promises import make_promise
from people.guests import ANYBODY

State = Promise.State


def test_the_ledger_begins_with_what_flatters_least(make_event: Callable[..., Event]) -> None:
    event = make_event()
    for state in (State.KEPT, State.CHANGED, State.UNKNOWN, State.DROPPED, State.LATE):
        make_promise(event, f"We promise {state}.", by=None, state=state)
    order = Promise.objects.visible_to(ANYBODY).unflattering_first()
    assert [promise.state for promise in order] == list(Promise.UNFLATTERING)
    assert order[0].state == State.LATE
    assert order[4].state == State.KEPT


def test_a_promise_shows_what_became_of_it_and_the_evidence(
    client: Client, make_event: Callable[..., Event]
) -> None:
    event, later = make_event(), make_event("later", name="Later day")
    make_promise(event, "Meet again.", by=None, state=State.KEPT, kept_at=later, due="2019-03")
    make_promise(event, "Write it up.", by=None)
    page = client.get("/promises/").text
    for said in ("Meet again.", "Kept", "Due March 2019", "/events/later/", "Nobody has told us"):
        assert said in page


def test_a_promise_made_at_a_draft_is_not_on_the_ledger(
    client: Client, make_event: Callable[..., Event]
) -> None:
    make_promise(make_event(status=Event.Status.DRAFT), "A secret promise.", by=None)
    page = client.get("/promises/").text
    assert "A secret promise." not in page
    assert "No promises on record" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_takes_as_many_queries_for_one_promise_as_for_three(
    client: Client, make_event: Callable[..., Event], django_assert_num_queries: Callable, number: int
) -> None:
    for n in range(number):
        make_promise(make_event(f"day-{n}"), "Meet again.", by=None)
    with django_assert_num_queries(5):
        client.get("/promises/")
