"""The digest: what is new and wanted, once a week or month, and nothing where nothing is new."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from archive.digests import ask_for_digests, digest_for, period_of, write_due_digests
from events.models import Event, RecordChange
from journal.models import Post, StoryCall
from people.models import Letter, Subscriber
from responses.models import Follower, Note, Station

pytestmark = pytest.mark.django_db
Work = Callable[[], int]
# A Monday at noon, and how it goes on; the last digest told until the Thursday before.
THEN = datetime(2026, 3, 5, 12, tzinfo=UTC)
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
BETWEEN = datetime(2026, 3, 7, 12, tzinfo=UTC)
BEN = "ben@example.org"


def subscribed(email: str = BEN, **fields: object) -> Subscriber:
    defaults = {"every": "week", "told_until": THEN, "confirmed_at": THEN}
    return Subscriber.objects.create(email=email, **(defaults | fields))


def post(title: str = "On lanterns", at: datetime | None = BETWEEN) -> Post:
    return Post.objects.create(slug=title.lower().replace(" ", "-"), title=title, published_at=at)


def call_for_stories(at: datetime | None = BETWEEN) -> StoryCall:
    return StoryCall.objects.create(slug="a-call", title="Tell us", prompt="Anything.", opens_at=at)


def announced(event: Event, at: datetime = BETWEEN) -> Event:
    RecordChange.objects.filter(event=event).update(at=at)
    return event


def names(subscriber: Subscriber) -> list[str]:
    return [line.name for _, lines in digest_for(subscriber, NOW).parts for line in lines]


def test_it_tells_what_came_up_since_the_last_and_leads_there(
    make_event: Callable[..., Event], do_work: Work
) -> None:
    announced(make_event())
    post()
    subscribed()
    assert write_due_digests(NOW) == 1
    do_work()
    body = mail.outbox[0].body
    assert "Wall day\nhttp://localhost:8000/events/wall-day/" in body
    assert "On lanterns\nhttp://localhost:8000/journal/on-lanterns/" in body
    html = mail.outbox[0].alternatives[0].content
    assert '<a href="http://localhost:8000/journal/on-lanterns/">On lanterns</a>' in html


def test_nothing_new_is_no_letter() -> None:
    post(at=THEN)
    post("Later", at=NOW + timedelta(seconds=1))
    subscribed()
    assert write_due_digests(NOW) == 0
    assert not Letter.objects.exists()


def test_nothing_is_told_twice_and_nothing_between_two_is_missed() -> None:
    post("At the very end", at=NOW)
    subscribed()
    assert write_due_digests(NOW) == 1
    post("Just after", at=NOW + timedelta(microseconds=1))
    assert write_due_digests(NOW + timedelta(days=7)) == 1
    first, second = (letter.text for letter in Letter.objects.all())
    assert "At the very end" in first
    assert "At the very end" not in second
    assert "Just after" in second


def test_writing_them_again_writes_none() -> None:
    post()
    subscribed()
    assert [write_due_digests(NOW), write_due_digests(NOW)] == [1, 0]
    Subscriber.objects.update(told_until=THEN)
    assert write_due_digests(NOW) == 0, "nor if the first was lost but for its key"


def test_it_comes_with_the_week_or_the_month_and_not_before() -> None:
    post()
    subscribed()
    subscribed("monthly@example.org", every="month")
    assert write_due_digests(NOW - timedelta(days=1)) == 0, "a Sunday"
    assert write_due_digests(NOW) == 1
    assert write_due_digests(NOW + timedelta(days=30)) == 1
    assert period_of(datetime(2026, 12, 31, 12, tzinfo=UTC), "week") == "2026-W53"
    assert period_of(datetime(2027, 1, 1, 12, tzinfo=UTC), "week") == "2026-W53"


def test_who_did_not_confirm_gets_none() -> None:
    post()
    subscribed(confirmed_at=None)
    assert write_due_digests(NOW) == 0


def test_each_hears_of_what_they_want_alone(make_event: Callable[..., Event]) -> None:
    announced(make_event())
    post()
    call_for_stories()
    nothing = {"wants_records": False, "wants_journal": False, "wants_calls": False, "wants_notes": False}
    for number, (want, name) in enumerate(
        [("wants_records", "Wall day"), ("wants_journal", "On lanterns"), ("wants_calls", "Tell us")]
    ):
        assert names(subscribed(f"{number}@example.org", **(nothing | {want: True}))) == [name]


def test_what_is_not_public_is_told_to_nobody(make_event: Callable[..., Event]) -> None:
    announced(make_event(status=Event.Status.DRAFT))
    post(at=None)
    call_for_stories(at=None)
    assert names(subscribed(wants_calls=True)) == []


def test_a_record_is_told_again_once_its_write_up_is_published(make_event: Callable[..., Event]) -> None:
    event = announced(make_event(), THEN - timedelta(days=90))
    assert names(subscribed()) == []
    event.changes.create(kind=RecordChange.Kind.PUBLISHED, what="The write-up.", at=BETWEEN)
    assert names(Subscriber.objects.get()) == ["Wall day"]


def test_what_became_of_a_followed_note_is_told_without_its_words(
    station: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(station, "Say who decides.")
    subscriber = subscribed(told_until=timezone.now() - timedelta(days=40))
    Follower.objects.create(note=note, subscriber=subscriber)
    write_due_digests()
    text = Letter.objects.get().text
    assert note.label in text
    assert "decides" not in text


def test_the_command_says_how_many() -> None:
    post(at=timezone.now() - timedelta(days=35))
    subscribed(told_until=timezone.now() - timedelta(days=40))
    said = StringIO()
    call_command("digests", stdout=said)
    assert said.getvalue() == "Wrote 1 digest.\n"


def test_the_running_site_asks_for_them_when_they_are_due(do_work: Work) -> None:
    post(at=timezone.now() - timedelta(days=35))
    ask_for_digests()
    assert do_work() == 0
    subscribed(told_until=timezone.now() - timedelta(days=40))
    ask_for_digests()
    ask_for_digests()
    do_work()
    assert len(mail.outbox) == 1
