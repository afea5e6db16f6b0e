"""Lists: each record once, in the order of their changes, and nothing that comes to light late is missed."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.harvest import lists
from archive.harvest.settled import settled_until
from events.models import Event
from journal.models import Post
from responses.board import correct_note
from responses.models import Note, Station
from tests.archive.harvest.conftest import OAI, Ask


@pytest.fixture
def pages_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 3)


def own(names: object) -> list[str]:
    return [name.rpartition(":")[2] for name in names]


@pytest.mark.django_db
def test_every_note_is_harvested_once_and_an_empty_token_ends_it(
    ask: Ask, harvest: Callable, pages_of_three: None, station: Station, post_note: Callable[..., Note]
) -> None:
    notes = [post_note(station, f"Words {number}.") for number in range(7)]
    assert sorted(own(harvest(set="response"))) == sorted(note.identifier for note in notes)
    first = ask("ListIdentifiers", metadataPrefix="oai_dc", set="response")
    second = ask("ListIdentifiers", resumptionToken=first.findtext(f".//{OAI}resumptionToken"))
    last = ask("ListIdentifiers", resumptionToken=second.findtext(f".//{OAI}resumptionToken"))
    tokens = [tree.find(f".//{OAI}resumptionToken") for tree in (first, second, last)]
    assert [token.get("cursor") for token in tokens] == ["0", "3", "6"]
    assert not tokens[2].text


@pytest.mark.django_db
def test_rows_that_changed_in_one_moment_are_told_once_each(harvest: Callable, pages_of_three: None) -> None:
    """A thousand imported in one transaction have one time."""
    at = timezone.now() - timedelta(hours=1)
    for number in range(5):
        facts = {"name": "A day", "date": "2019-03-06", "status": "complete"}
        Event.objects.create(slug=f"day-{number}", changed_at=at, **facts)
        Post.objects.create(slug=f"post-{number}", title="A post", published_at=at, changed_at=at)
    assert len(harvest()) == 10


@pytest.mark.django_db
def test_from_and_until_both_count_in(
    harvest: Callable, station: Station, post_note: Callable[..., Note], client: Client
) -> None:
    note = post_note(station)
    at = Note.objects.get(pk=note.pk).changed_at.astimezone(UTC)
    second = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert own(harvest(set="response", since=second, until=second)) == [note.identifier]
    assert own(harvest(set="response", since=second[:10], until=second[:10])) == [note.identifier]
    later = (at + timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = client.get(f"/oai?verb=ListRecords&metadataPrefix=oai_dc&set=response&from={later}")
    assert b"noRecordsMatch" in answer.content


@pytest.mark.django_db
def test_a_post_with_a_day_to_come_is_there_from_that_day_on(harvest: Callable) -> None:
    """The clock shows it, and no row changes: whoever harvested after it was written must still get it."""
    at, written = timezone.now(), {"title": "A post", "changed_at": timezone.now() - timedelta(days=9)}
    came = Post.objects.create(slug="came", published_at=at - timedelta(minutes=1), **written)
    Post.objects.create(slug="to-come", published_at=at + timedelta(hours=1), **written)
    found = harvest(set="post")
    assert own(found) == [came.identifier]
    stamp = next(iter(found.values())).findtext(f"{OAI}datestamp")
    assert stamp == came.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=8))
def test_nothing_is_missed_while_rows_change(
    ask: Ask,
    pages_of_three: None,
    station: Station,
    post_note: Callable[..., Note],
    ben: object,
    changes: list[tuple[int, bool]],
) -> None:
    with transaction.atomic():
        notes = [post_note(station, f"Words {number}.") for number in range(9)]
        told, coming = set(), iter(changes)
        for tree in walk(ask, set="response"):
            told |= set(own(one.text for one in tree.iter(f"{OAI}identifier")))
            for number, twice in [next(coming)] * 2 if (coming and len(changes) > 3) else list(coming)[:1]:
                correct_note(Note.objects.get(pk=notes[number].pk), f"Other {number} {twice}.", by=ben)
        assert {note.identifier for note in notes} <= told
        transaction.set_rollback(True)


def walk(ask: Ask, **arguments: str) -> Iterator[etree._Element]:
    tree = ask("ListIdentifiers", metadataPrefix="oai_dc", **arguments)
    for _page in range(60):
        yield tree
        token = tree.findtext(f".//{OAI}resumptionToken")
        if not token:
            return
        tree = ask("ListIdentifiers", resumptionToken=token)


@pytest.mark.django_db(transaction=True)
def test_a_row_of_a_long_transaction_is_not_missed(
    ask: Ask, harvest: Callable, make_event: Callable[..., Event]
) -> None:
    """It shows when its transaction ends, with the time at which that began: others have passed it."""
    make_event("before", name="Before")
    began, may_end = threading.Event(), threading.Event()

    def import_slowly() -> None:
        try:
            with transaction.atomic():
                fields = {"date": "2019-03-06", "status": "in_progress"}
                Event.objects.create(slug="late", name="Late", **fields)
                began.set()
                may_end.wait(20)
        finally:
            began.set()
            connection.close()

    thread = threading.Thread(target=import_slowly)
    thread.start()
    try:
        assert began.wait(20)
        make_event("after", name="After")
        first = ask("ListIdentifiers", metadataPrefix="oai_dc", set="event")
        until = first.findtext(f"{OAI}responseDate")
    finally:
        may_end.set()
        thread.join()
    names = {one.slug: one.identifier for one in Event.objects.all()}
    seen = set(own(one.text for one in first.iter(f"{OAI}identifier")))
    assert names["late"] not in seen
    then = set(own(harvest(set="event", since=until)))
    assert seen | then == set(names.values())


@pytest.mark.django_db(transaction=True)
def test_what_only_reads_for_long_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.harvest import settled

    monkeypatch.setattr(settled, "A_READER", timedelta(0))
    reads, may_end = threading.Event(), threading.Event()

    def read_slowly() -> None:
        with transaction.atomic():
            Event.objects.exists()
            reads.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=read_slowly)
    thread.start()
    try:
        assert reads.wait(20)
        then = datetime.now(UTC)
        assert settled_until() >= then - timedelta(seconds=5)
        first = settled_until()
        assert settled_until() > first
    finally:
        may_end.set()
        thread.join()


@pytest.mark.django_db
@pytest.mark.parametrize("spec", ["event", "response"])
def test_a_page_takes_as_many_queries_for_three_as_for_one(
    client: Client, make_event: Callable[..., Event], station: Station, post_note: Callable, spec: str
) -> None:
    post_note(station)
    address = f"/oai?verb=ListRecords&metadataPrefix=oai_dc&set={spec}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for number in range(2):
        post_note(station, f"More {number}.")
        make_event(f"more-{number}")
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three)
