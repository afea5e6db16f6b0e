"""Letters to those who have to keep a promise or a decision."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Appointment, Duty, Event
from outcomes.models import Decision, Promise
from outcomes.promises import make_promise, update_promise
from outcomes.reminding import write_due_reminders
from people.guests import Viewer
from people.models import Letter
from tests.conftest import make_person

DUE = date(2027, 3, 31)


@pytest.fixture
def promise(make_event: Callable[..., Event], ada: Viewer) -> Promise:
    return make_promise(make_event(), "We meet again in March.", by=ada, due="2027-03")


def told(days: int) -> list[str]:
    """To whom a letter goes on the day so many days after the due one."""
    before = set(Letter.objects.values_list("pk", flat=True))
    number = write_due_reminders(DUE + timedelta(days=days))
    new = sorted(Letter.objects.exclude(pk__in=before).values_list("to", flat=True))
    assert len(new) == number
    return new


def test_those_who_run_it_are_reminded_a_week_before_and_the_day_after_once_each(promise: Promise) -> None:
    days = (-60, -8, -7, -6, -1, 0, 1, 2, 14, 15, 400)
    assert {day for day in days if told(day)} == {-7, 1}
    before, after = Letter.objects.order_by("pk")
    assert before.subject == "Due soon: a promise of March 2027"
    assert after.subject == "Overdue: a promise of March 2027"
    for letter in (before, after):
        assert "We meet again in March." in letter.text
        assert promise.get_absolute_url() in letter.text


def test_a_site_that_stood_still_catches_up_and_does_not_write_about_years_ago(promise: Promise) -> None:
    assert told(10) == ["ada@example.org"]
    Promise.objects.update(due="2019-03", due_last=date(2019, 3, 31))
    assert told(0) == []


@pytest.mark.parametrize("state", [Promise.State.KEPT, Promise.State.DROPPED, Promise.State.CHANGED])
def test_what_has_ended_is_not_reminded_of(promise: Promise, ada: Viewer, state: str) -> None:
    update_promise(promise, state, "So it went.", by=ada)
    assert told(-7) == told(1) == []


def test_what_was_taken_down_is_not_reminded_of(promise: Promise) -> None:
    Promise.objects.update(taken_down_at=timezone.now())
    assert told(1) == []


def test_a_day_that_was_moved_is_reminded_of_anew(promise: Promise, ada: Viewer) -> None:
    assert told(1)
    update_promise(promise, Promise.State.LATE, "In April.", by=ada, due="2027-04")
    assert told(1) == []
    assert told(30 - 6) == ["ada@example.org"]


def test_whoever_organises_or_answers_for_it_is_told_and_nobody_else(promise: Promise) -> None:
    kim, lee, eve = (make_person(name) for name in ("Kim", "Lee", "Eve"))
    Promise.objects.update(person=kim)
    Appointment.objects.create(person=lee, event=promise.event, duty=Duty.ORGANISER)
    Appointment.objects.create(person=eve, event=promise.event, duty=Duty.FACILITATOR)
    assert told(1) == ["ada@example.org", "kim@example.org", "lee@example.org"]


def test_of_a_promise_in_a_post_whoever_marked_it_is_told(ada: Viewer) -> None:
    make_promise(None, "We write three more.", by=ada, due="2027-03")
    assert told(1) == ["ada@example.org"]


def test_decisions_are_reminded_of_while_they_stand_and_are_open(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    facts = {"event": make_event(), "due": "2027-03", "because": "It rained.", "author": ada.person}
    for kind in Decision.Kind:
        Decision.objects.create(kind=kind, text=f"As {kind}.", published_at=timezone.now(), **facts)
    Decision.objects.create(kind="will_do", text="Drafted.", **facts)
    taken_back = {"withdrawn_at": timezone.now(), "withdrawn_why": "No money."}
    Decision.objects.create(kind="will_do", text="Back.", published_at=timezone.now(), **taken_back, **facts)
    assert len(told(1)) == 2
    letters = "".join(Letter.objects.values_list("text", flat=True))
    assert "As under_way." in letters
    assert "As will_do." in letters
