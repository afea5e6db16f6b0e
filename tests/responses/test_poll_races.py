"""One participant, one choice of a suggestion: whatever arrives at the same moment."""

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from events.models import Event
from people.guests import Viewer
from responses.models import Choice, Option, Poll
from responses.poll_results import results_of
from tests.polls import choose, hold_poll, suggest
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TRIALS = 3


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event()


@pytest.mark.parametrize("is_ranked", [True, False])
def test_twelve_at_once_choose_once(event: Event, is_ranked: bool) -> None:
    for trial in range(TRIALS):
        poll = hold_poll(event, "Tea", "Cake", is_ranked=is_ranked)
        at_once(12, lambda _, poll=poll: choose(poll, "ben", "Tea", "Cake"))
        assert Choice.objects.filter(option__poll=poll).count() == 2, trial
        assert poll.changes.filter(kind="chosen").count() == 1


def test_twelve_different_choices_at_once_leave_one_of_them_whole(event: Event) -> None:
    poll = hold_poll(event, "Tea", "Cake", "A walk")
    orders = [("Tea", "Cake"), ("A walk",), ("Cake", "A walk")]
    at_once(12, lambda number: choose(poll, "ben", *orders[number % 3]))
    left = set(Choice.objects.values_list("option__text", flat=True))
    assert left in [set(order) for order in orders]
    results = results_of(poll, Option.objects.on_the_list())
    assert (results.choosers, sum(row.devices for row in results.rows)) == (1, len(left))


def test_fifteen_people_at_once_are_fifteen(event: Event) -> None:
    poll = hold_poll(event, "Tea", "Cake")
    at_once(15, lambda number: choose(poll, f"guest {number}", "Tea"))
    assert results_of(poll, Option.objects.on_the_list()).choosers == 15


def test_twelve_suggestions_of_one_key_are_one(event: Event) -> None:
    poll, key = hold_poll(event, phase=Poll.Phase.PROPOSE), uuid4()
    made = at_once(12, lambda _: suggest(poll, key=key).pk)
    assert len(set(made)) == 1


def test_twelve_suggestions_have_twelve_numbers(event: Event) -> None:
    poll = hold_poll(event, phase=Poll.Phase.PROPOSE)
    at_once(12, lambda number: suggest(poll, f"Thing {number}", by=Viewer(guest_key=f"guest {number}")))
    assert sorted(poll.options.values_list("number", flat=True)) == list(range(1, 13))


def test_the_database_itself_refuses_a_second_choice_of_one_suggestion(event: Event) -> None:
    poll = hold_poll(event, "Tea", "Cake", is_ranked=True)
    choose(poll, "ben", "Tea")
    (there,) = Choice.objects.all()
    for again in ({"option": there.option, "rank": 2}, {"option": poll.options.get(text="Cake"), "rank": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Choice.objects.create(participant=there.participant, ballot=there.ballot, **again)
    assert Counter(Choice.objects.values_list("option__text", flat=True)) == {"Tea": 1}
