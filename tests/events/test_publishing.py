"""The steps of an event."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from events.planning import plan_event
from events.publishing import (
    cancel_event,
    complete_record,
    publish_event,
    publish_when_due,
    reinstate_event,
    reopen_record,
    schedule_event,
    start_record,
    unschedule_event,
)
from people.guests import ANYBODY, Viewer
from people.refusals import Refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def days_ahead(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def draft(ada: Viewer) -> Event:
    return plan_event(by=ada, name="Garden day", date=days_ahead(30))


def is_public(event: Event) -> bool:
    return Event.objects.visible_to(ANYBODY).filter(pk=event.pk).exists()


def test_what_is_still_to_come_is_announced_and_what_is_over_becomes_a_record(
    draft: Event, ada: Viewer
) -> None:
    assert publish_event(draft, by=ada).status == Event.Status.ANNOUNCED
    past = plan_event(by=ada, name="Last year", date=days_ahead(-1))
    assert publish_event(past, by=ada).status == Event.Status.IN_PROGRESS
    assert [(c.kind, c.what) for c in past.changes.all()] == [("published", "First published.")]


def test_an_event_goes_from_announced_to_complete_and_back_to_work_in_progress(
    draft: Event, ada: Viewer
) -> None:
    event = publish_event(draft, by=ada)
    for step in (start_record, complete_record, reopen_record):
        event = step(event, by=ada)
    assert event.status == Event.Status.IN_PROGRESS
    assert event.changes.count() == 4


@pytest.mark.parametrize("step", [start_record, complete_record, reopen_record])
def test_no_step_is_left_out(draft: Event, ada: Viewer, step: Callable) -> None:
    with pytest.raises(Refused, match="“Draft” now"):
        step(draft, by=ada)


def test_it_is_published_once(draft: Event, ada: Viewer) -> None:
    publish_event(draft, by=ada)
    for act in (lambda: publish_event(draft, by=ada), lambda: schedule_event(draft, later(), by=ada)):
        with pytest.raises(Refused, match="public already"):
            act()


def later() -> timezone.datetime:
    return timezone.now() + HOUR


def move_its_time_to(event: Event, at: timezone.datetime) -> None:
    Event.objects.filter(pk=event.pk).update(publish_at=at)


def test_a_draft_is_published_by_itself_when_its_time_has_come(
    draft: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    schedule_event(draft, later(), by=ada)
    assert not is_public(draft)
    move_its_time_to(draft, timezone.now() - HOUR)
    do_work()
    assert is_public(draft)
    assert draft.changes.get().by is None


def test_a_task_that_comes_too_early_publishes_nothing(
    draft: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    schedule_event(draft, later(), by=ada)
    do_work()
    assert not is_public(draft)


def test_what_was_put_off_or_called_off_is_not_published(
    draft: Event, ada: Viewer, do_work: Callable[[], int]
) -> None:
    schedule_event(draft, later(), by=ada)
    unschedule_event(draft, by=ada)
    do_work()
    publish_when_due.func(draft.pk)
    assert not is_public(draft)


def test_doing_it_twice_publishes_once(draft: Event, ada: Viewer) -> None:
    schedule_event(draft, later(), by=ada)
    move_its_time_to(draft, timezone.now() - HOUR)
    publish_when_due.func(draft.pk)
    publish_when_due.func(draft.pk)
    assert draft.changes.count() == 1


def test_a_time_that_is_over_is_refused(draft: Event, ada: Viewer) -> None:
    with pytest.raises(Refused, match="That time is over"):
        schedule_event(draft, timezone.now() - HOUR, by=ada)


def test_a_cancelled_event_stays_and_says_so_everywhere(draft: Event, ada: Viewer, client: Client) -> None:
    publish_event(draft, by=ada)
    cancel_event(draft, "The hall is flooded.", by=ada)
    page = client.get("/events/garden-day/").text
    for said in ("This event is cancelled.", "The hall is flooded.", "Cancelled"):
        assert said in page
    assert "Cancelled" in client.get("/events/").text
    reinstate_event(draft, by=ada)
    assert "This event is cancelled." not in client.get("/events/garden-day/").text


def test_what_is_over_and_no_record_yet_is_not_said_to_be_coming(
    make_event: Callable[..., Event], client: Client
) -> None:
    make_event(status="announced", takes_sign_ups=True)
    page = client.get("/events/wall-day/").text
    assert "still to be put on record" in page
    assert "Sign up" not in page


def test_a_cancelled_event_becomes_no_record(draft: Event, ada: Viewer) -> None:
    cancel_event(publish_event(draft, by=ada), "Flood.", by=ada)
    with pytest.raises(Refused, match="cancelled"):
        start_record(draft, by=ada)


@pytest.mark.parametrize(
    ("status", "why", "sentence"),
    [
        ("draft", "Flood.", "announced"),
        ("complete", "Flood.", "announced"),
        ("announced", " ", "in a sentence"),
    ],
)
def test_only_what_is_announced_is_cancelled_and_with_a_reason(
    make_event: Callable[..., Event], ada: Viewer, status: str, why: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        cancel_event(make_event(status=status), why, by=ada)


def test_only_those_who_run_it_take_a_step(draft: Event, researcher: Viewer) -> None:
    steps = (publish_event, start_record, complete_record, reopen_record, reinstate_event, unschedule_event)
    for act in (
        *(lambda step=step: step(draft, by=researcher) for step in steps),
        lambda: schedule_event(draft, later(), by=researcher),
        lambda: cancel_event(draft, "Mine.", by=researcher),
    ):
        with pytest.raises(Refused, match="Only those who run"):
            act()


def test_the_page_takes_each_step_and_says_why_one_cannot_be_taken(
    draft: Event, ada: Viewer, client: Client
) -> None:
    client.force_login(ada.person)
    address = f"/events/{draft.slug}/state/"
    assert client.post(address, {"act": "complete"}).status_code == 422
    assert client.post(address, {"act": "schedule", "at": "soon"}).status_code == 422
    at = timezone.localtime(later()).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address, {"act": "schedule", "at": at}).status_code == 302
    assert "Becomes public by itself" in client.get(address).text
    for act in ("unschedule", "publish", "start", "complete", "reopen"):
        assert client.post(address, {"act": act}).status_code == 302
    assert client.post(address, {"act": "cancel", "why": ""}).status_code == 422
    draft.refresh_from_db()
    assert draft.status == Event.Status.IN_PROGRESS


def test_looking_changes_nothing(draft: Event, ada: Viewer, client: Client) -> None:
    client.force_login(ada.person)
    client.get(f"/events/{draft.slug}/state/", {"act": "publish"})
    assert not is_public(draft)
