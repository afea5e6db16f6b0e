"""What on the desk is due: promises, decisions, amendments to decide, notes without an answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coproduce.desk.due import due_for, to_decide, unanswered
from events.models import Event
from outcomes.models import Amendment, Decision, Promise
from outcomes.promises import make_promise
from people.guests import Viewer
from principles.models import PrincipleSet
from responses.models import Board, Note
from tests.conftest import make_person


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_promises_and_decisions_stand_together_the_oldest_day_first(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    event = make_event()
    for text, due in (("Far off.", 61), ("Soon.", 59), ("Past.", -1)):
        make_promise(event, text, by=ada, due=day(due))
    make_promise(event, "Kept.", by=ada, due=day(-2), state=Promise.State.KEPT)
    facts = {"event": event, "due": day(-400), "author": ada.person, "kind": "will_do"}
    Decision.objects.create(text="Long decided.", published_at=timezone.now(), **facts)
    Decision.objects.create(text="Drafted.", **facts)
    due = due_for(ada, timezone.localdate())
    assert [(one.thing.text, one.is_overdue) for one in due] == [
        ("Long decided.", True),
        ("Past.", True),
        ("Soon.", False),
    ]


def test_nobody_has_the_promises_of_others_on_their_desk(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    make_promise(make_event(), "Past.", by=ada, due=day(-1))
    for viewer in (Viewer(person=make_person("Eve")), Viewer(person=None)):
        assert due_for(viewer, timezone.localdate()) == []


def test_a_promise_given_in_a_post_is_on_the_desk_of_whoever_marked_it(ada: Viewer, client: Client) -> None:
    promise = make_promise(None, "We write three more.", by=ada, due=day(-1))
    client.force_login(ada.person)
    desk = client.get("/desk/").text
    assert "We write three more." in desk
    assert f"{promise.get_absolute_url()}update/" in desk
    assert "One thing needs you" in desk


def test_an_amendment_waits_for_a_decision_once_its_time_is_over(
    make_set: Callable[..., PrincipleSet], ada: Viewer
) -> None:
    principle = make_set().principles.first()
    facts = {"principle": principle, "wording": principle.current_wording, "why": "It is short."}
    facts |= {"author": ada.person, "state": Amendment.State.OPEN, "opened_at": timezone.now()}
    over, _ = (
        Amendment.objects.create(
            text="Power is lent.", open_until=timezone.now() + timedelta(days=days), **facts
        )
        for days in (-1, 1)
    )
    assert to_decide(ada) == [over]
    assert to_decide(Viewer(person=make_person("Eve"))) == ()


def test_events_whose_notes_wait_stand_on_the_desk_with_their_number(
    board: Board, post_note: Callable[..., Note], make_event: Callable[..., Event]
) -> None:
    for _ in range(2):
        post_note(board.stations.get())
    (found,) = unanswered([make_event("quiet"), board.event])
    assert (found.event, found.waiting, found.total) == (board.event, 2, 2)
    assert unanswered([]) == []


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_due_takes_as_many_queries_for_one_as_for_three(
    make_event: Callable[..., Event], ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    for n in range(number):
        make_promise(make_event(f"day-{n}"), "Past.", by=ada, due=day(-1))
    with django_assert_num_queries(2):
        due_for(ada, timezone.localdate())
