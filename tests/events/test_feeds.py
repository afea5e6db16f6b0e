"""Events as Atom feeds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from events.models import Event, Series
from events.planning import edit_event
from people.guests import Viewer

pytestmark = pytest.mark.django_db
MakeEvent = Callable[..., Event]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client: Client, address: str = "/events/feed/") -> etree._Element:
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content)


def titles(client: Client, address: str = "/events/feed/") -> list[str]:
    return feed(client, address).xpath("a:entry/a:title/text()", namespaces=ATOM)


def test_what_was_published_last_comes_first(client: Client, make_event: MakeEvent) -> None:
    for slug, date in (("older", "2027-05-01"), ("newer", "2019-05-01")):
        make_event(slug, name=slug, date=date)
    assert titles(client) == ["newer, 1 May 2019", "older, 1 May 2027"]


def test_a_change_dates_the_entry_anew(client: Client, make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event()
    edit_event(event, by=ada, place="Elsewhere")
    updated = feed(client).xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert updated == [event.changes.latest("at").at.isoformat()]


def test_a_cancelled_event_says_so(client: Client, make_event: MakeEvent) -> None:
    make_event(status="announced", cancelled_at=timezone.now(), cancelled_why="Flood.")
    assert titles(client) == ["Cancelled: Wall day, 6 March 2019"]


def test_a_feed_of_a_series_has_its_events_only(client: Client, make_event: MakeEvent) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    make_event("walk", name="Walk", series=series, position=1)
    make_event("other", name="Other")
    assert titles(client, "/series/walks/feed/") == ["Walk, 6 March 2019"]
    assert client.get("/series/never/feed/").status_code == 404


def test_words_are_text_to_a_feed_reader_too(client: Client, make_event: MakeEvent) -> None:
    make_event(name="<b>Wall</b>", summary='<img src=x onerror="alert(1)"> & more')
    (summary,) = feed(client).xpath("a:entry/a:summary/text()", namespaces=ATOM)
    assert "<img" not in summary
    assert "&lt;img" in summary
    assert titles(client) == ["<b>Wall</b>, 6 March 2019"]


def test_the_lists_lead_to_feeds_and_calendars(client: Client, make_event: MakeEvent) -> None:
    Series.objects.create(slug="walks", name="Walks")
    make_event(status="announced", date=(timezone.localdate() + timedelta(days=30)).isoformat())
    for page, address in (
        ("/events/", "/events/calendar.ics"), ("/events/", "/events/feed/"),
        ("/series/walks/", "/series/walks/calendar.ics"), ("/series/walks/", "/series/walks/feed/"),
        ("/events/wall-day/", "/events/wall-day/event.ics"),
    ):  # fmt: skip
        assert f'href="{address}"' in client.get(page).text
