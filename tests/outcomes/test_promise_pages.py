"""The pages of promises: the ledger, one promise, saying what became of it, writing one down."""

from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Series
from outcomes.models import Promise
from outcomes.promises import make_promise, update_promise
from people.guests import Viewer
from people.models import Organisation
from tests.conftest import make_person

ATOM = "{http://www.w3.org/2005/Atom}"
State = Promise.State


@pytest.fixture
def promise(make_event: Callable[..., Event], ada: Viewer) -> Promise:
    return make_promise(make_event(), "We meet again in March.", by=ada, due="2019-03")


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def titles(client: Client) -> list[str]:
    feed = ElementTree.fromstring(client.get("/promises/feed/").content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_the_ledger_counts_and_filters_how_promises_stand(
    client: Client, make_event: Callable[..., Event]
) -> None:
    event, ahead = make_event(), (timezone.localdate() + timedelta(days=90)).isoformat()
    for text, facts in {
        "Silent for years.": {"due": "2019"},
        "Not due for long.": {"due": ahead},
        "Never dated.": {},
        "Kept well.": {"state": State.KEPT},
    }.items():
        make_promise(event, text, by=None, **facts)
    page = client.get("/promises/").text
    assert page.index("Silent for years.") < page.index("Never dated.") < page.index("Not due for long.")
    assert page.index("Not due for long.") < page.index("Kept well.")
    for number, words in ((4, "All"), (1, "Late"), (1, "Not due"), (0, "Dropped")):
        assert f"<b>{number}</b><span>{words}</span>" in page
    late = client.get("/promises/?state=late").text
    assert "Silent for years." in late
    assert "Kept well." not in late
    assert "No such promise" in client.get("/promises/?state=dropped").text
    assert "Kept well." in client.get("/promises/?state=nonsense&series=nonsense&owner=nonsense").text


def test_the_ledger_is_that_of_one_series_or_one_body(
    client: Client, make_event: Callable[..., Event]
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    body = Organisation.objects.create(name="A reading group")
    make_promise(make_event("walk", series=series), "We walk again.", by=None)
    make_promise(make_event("talk"), "We talk again.", by=None, owner=body)
    walks, theirs = (client.get(f"/promises/?{q}").text for q in ("series=walks", f"owner={body.identifier}"))
    assert "We walk again." in walks
    assert "We talk again." not in walks
    assert "We talk again." in theirs
    assert "We walk again." not in theirs


def test_a_promise_of_a_draft_is_neither_named_nor_counted(
    client: Client, make_event: Callable[..., Event]
) -> None:
    series = Series.objects.create(slug="walks", name="Hushed walks")
    body = Organisation.objects.create(name="Hushed body")
    hidden = make_event(status=Event.Status.DRAFT, series=series)
    promise = make_promise(hidden, "We plant a hedge.", by=None, owner=body, state=State.KEPT)
    make_promise(make_event("open-day"), "We meet.", by=None)
    page = client.get("/promises/").text
    assert "Hushed" not in page
    assert "<b>0</b><span>Kept</span>" in page
    assert client.get(promise.get_absolute_url()).status_code == 404
    assert titles(client) == ["Promised: We meet."]


def test_a_promise_has_a_page_with_all_that_was_said_of_it(
    client: Client, promise: Promise, ada: Viewer, make_event: Callable[..., Event]
) -> None:
    assert "Its day has passed" in client.get(promise.get_absolute_url()).text
    may = make_event("may-day", name="May day")
    update_promise(promise, State.LATE, "The room was flooded.", by=ada, due="2019-05")
    update_promise(promise, State.KEPT, "", by=ada, shown_at=may, evidence="https://example.org/may")
    page = client.get(promise.get_absolute_url()).text
    for said in ("The room was flooded.", "It was due March 2019.", "May day", "Said by Ada", "Due May 2019"):
        assert said in page
    assert 'href="https://example.org/may" rel="nofollow noopener"' in page
    assert page.index("May day") < page.index("The room was flooded.")
    assert "May day" in client.get("/promises/").text


def test_evidence_that_readers_may_not_open_any_more_is_not_named(
    client: Client, promise: Promise, ada: Viewer, make_event: Callable[..., Event]
) -> None:
    may = make_event("may-day", name="May day")
    update_promise(promise, State.KEPT, "", by=ada, shown_at=may)
    Event.objects.filter(pk=may.pk).update(status=Event.Status.DRAFT)
    for address in (promise.get_absolute_url(), "/promises/", "/promises/feed/", "/events/wall-day/"):
        assert "May day" not in client.get(address).text


def test_an_organiser_says_what_became_of_it(as_ada: Client, promise: Promise) -> None:
    address = f"{promise.get_absolute_url()}update/"
    asked = as_ada.get(address).text
    assert 'value="March 2019"' in asked
    assert "Your name, Ada, will stand beside it in public." in asked
    refused = as_ada.post(address, {"state": "kept", "text": "", "due": "March 2019"})
    assert refused.status_code == 422
    assert "what shows that it was kept" in refused.text
    kept = as_ada.post(
        address, {"state": "dropped", "text": "The money went.", "due": "March 2019"}, follow=True
    )
    assert kept.redirect_chain == [(promise.get_absolute_url(), 302)]
    promise.refresh_from_db()
    assert (promise.state, promise.due, promise.updates.get().due_before) == ("dropped", "2019-03", "")


def test_what_was_typed_is_kept_where_something_is_wrong(as_ada: Client, promise: Promise) -> None:
    typed = {"state": "late", "text": "Nearly.", "due": "one day", "evidence": "javascript:alert(1)"}
    page = as_ada.post(f"{promise.get_absolute_url()}update/", typed)
    assert page.status_code == 422
    for said in ("Nearly.", "one day", "is not a date", "Give a whole web address"):
        assert said in page.text
    assert not promise.updates.exists()


@pytest.mark.parametrize("path", ["update/", ""])
def test_nobody_else_may_say_so(client: Client, promise: Promise, path: str) -> None:
    eve = make_person("Eve")
    client.force_login(eve)
    answer = client.get(f"{promise.get_absolute_url()}{path}")
    assert answer.status_code == (404 if path else 200)
    assert "Say what became of it" not in answer.text


def test_taking_down_is_offered_to_stewards_alone(
    client: Client, promise: Promise, ada: Viewer, steward: Viewer
) -> None:
    address, typed = f"{promise.get_absolute_url()}update/", {"act": "take_down", "why": "It named a child."}
    client.force_login(ada.person)
    assert "Take this promise down" not in client.get(address).text
    assert client.post(address, typed).status_code == 404
    client.force_login(steward.person)
    assert client.post(address, typed | {"why": " "}).status_code == 422
    assert client.post(address, typed, follow=True).redirect_chain == [("/promises/", 302)]
    assert client.get(promise.get_absolute_url()).status_code == 410
    assert client.get(address).status_code == 404


def test_a_promise_is_written_down_by_hand(as_ada: Client, make_event: Callable[..., Event]) -> None:
    make_event()
    body = Organisation.objects.create(name="A reading group")
    typed = {"text": "We ring the council.", "owner": body.identifier, "person": "", "due": "May 2030"}
    assert as_ada.post("/events/wall-day/promises/new/", typed | {"text": ""}).status_code == 422
    assert as_ada.post("/events/wall-day/promises/new/", typed | {"owner": "nobody"}).status_code == 422
    for _ in range(2):
        as_ada.post("/events/wall-day/promises/new/", typed)
    promise = Promise.objects.get()
    assert (promise.owner, promise.due, promise.person) == (body, "2030-05", None)
    page = as_ada.get("/events/wall-day/").text
    assert "We ring the council." in page
    assert "Not due" in page


def test_the_feed_tells_what_was_promised_and_what_became_of_it(
    client: Client, promise: Promise, ada: Viewer
) -> None:
    update_promise(promise, State.DROPPED, "The <b>money</b> went.", by=ada)
    assert titles(client) == ["Dropped: We meet again in March.", "Promised: We meet again in March."]
    assert "&amp;lt;b&amp;gt;money" in client.get("/promises/feed/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_and_the_feed_take_as_many_queries_for_one_line_as_for_three(
    client: Client, promise: Promise, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    for n in range(number):
        update_promise(promise, State.LATE, f"Not yet, {n}.", by=ada)
    with django_assert_num_queries(4):
        client.get(promise.get_absolute_url())
    with django_assert_num_queries(2):
        client.get("/promises/feed/")
