"""Site maps, robots.txt and feeds: each page once, nothing that is nobody's business, all well formed."""

from collections.abc import Callable
from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from django.utils.timezone import localdate
from icalendar import Calendar
from lxml import etree

from archive.harvest import sitemap
from events.models import Event
from journal.posts import publish_post
from people.guests import Viewer
from responses.models import Note, Station

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


@pytest.fixture(autouse=True)
def here(settings: object) -> None:
    settings.SITE_URL = "http://testserver"


def read(client: Client, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return etree.fromstring(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def paths(tree: etree._Element) -> list[str]:
    return [loc.text.removeprefix("http://testserver") for loc in tree.iter(LOC)]


@pytest.fixture
def on_record(
    make_event: Callable[..., Event], make_set: Callable, station: Station, post_note: Callable, ada: Viewer
) -> Note:
    make_set()
    at = timezone.now() - timedelta(days=30)
    publish_post(by=ada, body="<p>Words.</p>", slug="a-post", title="A post", published_at=at)
    return post_note(station)


def test_every_page_that_is_listed_can_be_opened_by_anybody(client: Client, on_record: Note) -> None:
    listed = [path for part in paths(read(client, "/sitemap.xml")) for path in paths(read(client, part))]
    assert len(listed) == len(set(listed))
    for path in listed:
        assert client.get(path).status_code == 200, path
    names = {resolve(path).url_name for path in listed}
    assert {"note", "event", "post", "principle", "principle_set", "board", "front"} <= names


def test_parts_begin_at_round_numbers_and_leave_none_out(
    client: Client, station: Station, post_note: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "IN_A_PART", 3)
    notes = [post_note(station, f"Words {number}.") for number in range(8)]
    parts = [path for path in paths(read(client, "/sitemap.xml")) if path.startswith("/sitemap-notes-")]
    listed = [paths(read(client, part)) for part in parts]
    assert max(len(part) for part in listed) <= 3
    assert [path for part in listed for path in part] == [note.get_absolute_url() for note in notes]


def test_it_says_when_each_changed_last(client: Client, on_record: Note) -> None:
    part = read(client, "/sitemap-notes-0.xml" if on_record.pk < sitemap.IN_A_PART else "/sitemap.xml")
    at = Note.objects.get(pk=on_record.pk).changed_at
    assert part.find(f".//{LASTMOD}").text == at.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("part", ["cats-0", "notes-99999999999999999999", "pages-7"])
def test_a_part_that_cannot_be_is_not_found(client: Client, part: str) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_asked_to_leave_what_is_somebodys_own(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    for left in ("/receipt/", "/account/", "/requests/", "/*/live/"):
        assert f"\nDisallow: {left}\n" in answer.text
    assert answer.text.endswith("Sitemap: http://testserver/sitemap.xml\n")
    assert "Disallow: /\n" not in answer.text


@pytest.mark.parametrize("address", ["/archive/feed/", "/events/feed/", "/journal/feed/", "/promises/feed/"])
def test_feeds_are_well_formed(client: Client, on_record: Note, address: str) -> None:
    found = feedparser.parse(client.get(address).content)
    assert found.bozo is False
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids))


def test_calendars_are_well_formed(client: Client, make_event: Callable[..., Event]) -> None:
    make_event("to-come", status=Event.Status.ANNOUNCED, date=str(localdate() + timedelta(days=30)))
    for address in ("/events/calendar.ics", "/events/to-come/event.ics"):
        assert Calendar.from_ical(client.get(address).content).walk("VEVENT")


def test_the_feed_has_what_is_new_on_record_the_newest_first(client: Client, on_record: Note) -> None:
    found = feedparser.parse(client.get("/archive/feed/").content)
    assert [entry.title for entry in found.entries] == ["Event: Wall day", "Post: A post"]
    assert found.entries[0].published >= found.entries[-1].published


def test_the_feed_takes_as_many_queries_for_three_as_for_one(
    client: Client, make_event: Callable[..., Event]
) -> None:
    make_event()
    client.get("/archive/feed/")
    with CaptureQueriesContext(connection) as one:
        client.get("/archive/feed/")
    make_event("second")
    make_event("third")
    with CaptureQueriesContext(connection) as three:
        client.get("/archive/feed/")
    assert len(one) == len(three)


def test_the_page_for_programs_leads_to_all_of_it(client: Client) -> None:
    page = client.get("/api/")
    others = ("/archive/feed/", "/api/openapi.json", "/events/calendar.ics")
    for address in ("/oai", "/sitemap.xml", "/robots.txt", *others):
        assert f'href="{address}' in page.text
    assert '<link rel="alternate" type="application/atom+xml"' in page.text
