"""Promises: giving one, saying what became of it, taking it down."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from outcomes.ledger import standings_of
from outcomes.models import Promise
from outcomes.promises import make_promise, take_down_promise, update_promise
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from tests.conftest import make_person

State = Promise.State


@pytest.fixture
def promise(make_event: Callable[..., Event], ada: Viewer) -> Promise:
    return make_promise(make_event(), "We meet again in March.", by=ada, due="2019-03")


def say(
    promise: Promise, state: str = State.KEPT, text: str = "We met.", *, by: Viewer, **more: object
) -> None:
    update_promise(promise, state, text, by=by, **more)


def test_the_same_words_of_one_event_are_one_promise(promise: Promise, ada: Viewer) -> None:
    again = make_promise(promise.event, " We meet  again in March. ", by=ada)
    assert again.pk == promise.pk
    assert Promise.objects.count() == Act.objects.filter(verb="promised").count() == 1


def test_only_those_who_run_the_event_promise_for_it(make_event: Callable[..., Event], ben: Viewer) -> None:
    event, eve = make_event(), Viewer(person=make_person("Eve"))
    for stranger in (ben, ANYBODY, eve):
        with pytest.raises(Refused, match="run this event"):
            make_promise(event, "We will do it.", by=stranger)
    assert not Promise.objects.exists()


@pytest.mark.parametrize(("text", "due"), [("  ", ""), ("x" * 501, ""), ("We meet.", "next spring")])
def test_a_promise_without_words_or_with_a_day_that_is_none_is_refused(
    make_event: Callable[..., Event], ada: Viewer, text: str, due: str
) -> None:
    with pytest.raises(Refused):
        make_promise(make_event(), text, by=ada, due=due)


def test_what_became_of_it_is_added_and_nothing_is_overwritten(promise: Promise, ada: Viewer) -> None:
    say(promise, State.LATE, "The room was flooded.", by=ada, due="2019-05")
    say(promise, State.KEPT, "We met in May.", by=ada)
    later, first = promise.updates.all()
    assert (first.number, first.state_before, first.state, first.due_before) == (
        1,
        "unknown",
        "late",
        "2019-03",
    )
    assert (later.number, later.state_before, later.state, later.due_before) == (2, "late", "kept", "")
    promise.refresh_from_db()
    assert (promise.state, promise.due, promise.due_last) == (State.KEPT, "2019-05", date(2019, 5, 31))
    assert Act.objects.filter(subject=promise.identifier).count() == 3


def test_saying_the_same_twice_says_it_once(promise: Promise, ada: Viewer) -> None:
    say(promise, by=ada)
    say(promise, by=ada)
    assert promise.updates.count() == 1


def test_a_promise_is_not_kept_without_evidence(
    promise: Promise, make_event: Callable[..., Event], ada: Viewer
) -> None:
    with pytest.raises(Refused, match="what shows that it was kept"):
        say(promise, State.KEPT, "", by=ada)
    for evidence in (
        {"evidence": "https://example.org/minutes"},
        {"shown_at": make_event("may", name="May")},
    ):
        say(promise, State.KEPT, "", by=ada, **evidence)
    assert promise.updates.count() == 2


@pytest.mark.parametrize("state", [State.LATE, State.CHANGED, State.DROPPED, State.UNKNOWN])
def test_what_was_not_kept_needs_a_sentence(promise: Promise, ada: Viewer, state: str) -> None:
    with pytest.raises(Refused, match="in a sentence"):
        say(promise, state, " ", by=ada, evidence="https://example.org/")
    assert not promise.updates.exists()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "example", "ftp://example.org/", "https://e.org/" + "x" * 300]
)
def test_evidence_is_an_address_of_the_web(promise: Promise, ada: Viewer, link: str) -> None:
    with pytest.raises(Refused):
        say(promise, by=ada, evidence=link)


def test_an_event_that_readers_cannot_open_is_no_evidence(
    promise: Promise, make_event: Callable[..., Event], ada: Viewer
) -> None:
    hidden = make_event("hidden-day", status=Event.Status.DRAFT)
    with pytest.raises(Refused, match="cannot open"):
        say(promise, by=ada, shown_at=hidden)


def test_nobody_else_says_what_became_of_it(promise: Promise, ben: Viewer) -> None:
    for stranger in (ben, ANYBODY, Viewer(person=make_person("Eve"))):
        with pytest.raises(Refused, match="run the event"):
            say(promise, by=stranger)


def test_of_a_promise_without_an_event_those_say_it_who_marked_it_or_answer_for_it(
    db: None, ada: Viewer, steward: Viewer
) -> None:
    kim, eve = Viewer(person=make_person("Kim")), Viewer(person=make_person("Eve"))
    promise = make_promise(None, "We write three more.", by=ada, person=kim.person)
    for number, viewer in enumerate((ada, kim, steward), 1):
        say(promise, State.LATE, f"Not yet, {number}.", by=viewer)
    with pytest.raises(Refused):
        say(promise, by=eve)
    assert promise.updates.count() == 3


def test_only_stewards_take_a_promise_down(promise: Promise, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Only stewards"):
        take_down_promise(promise, "It names a child.", by=ada)
    promise.refresh_from_db()
    assert promise.text


def test_a_promise_that_was_taken_down_leaves_no_word_and_stays_on_the_ledger(
    promise: Promise, make_event: Callable[..., Event], ada: Viewer, steward: Viewer, client: Client
) -> None:
    say(promise, State.LATE, "Kim fell ill.", by=ada, evidence="https://example.org/kim")
    promise.refresh_from_db()
    take_down_promise(promise, "It named somebody.", by=steward)
    take_down_promise(promise, "Again.", by=steward)
    pages = {a: client.get(a).text for a in ("/promises/", "/promises/feed/", "/", "/events/wall-day/")}
    gone = client.get(promise.get_absolute_url())
    assert gone.status_code == 410
    for text in (*pages.values(), gone.text):
        assert "We meet again" not in text
        assert "Kim" not in text
        assert "example.org/kim" not in text
    assert "One promise was taken down because: It named somebody." in pages["/promises/"]
    assert not promise.updates.exclude(text="", evidence="", shown_at=None).exists()
    promise.refresh_from_db()
    with pytest.raises(Refused, match="taken down"):
        say(promise, by=ada)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(State.values),
    days=st.none() | st.integers(min_value=-400, max_value=400),
)
def test_the_database_and_the_page_say_alike_how_a_promise_stands(
    promise: Promise, state: str, days: int | None
) -> None:
    due = "" if days is None else (timezone.localdate() + timedelta(days=days)).isoformat()
    promise.state, promise.due = state, due
    promise.save()
    (found,) = Promise.objects.with_standing()
    assert found.stands == found.standing
    assert {one.name: one.number for one in standings_of(Promise.objects.all())}[found.standing] == 1
