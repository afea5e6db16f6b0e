"""Calendars, read back by a library that others use too."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.models import Event, Series
from events.planning import edit_event
from events.publishing import cancel_event
from people.guests import Viewer

pytestmark = pytest.mark.django_db
MakeEvent = Callable[..., Event]


def entries(client: Client, address: str) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def one(client: Client, address: str = "/events/wall-day/event.ics") -> dict:
    (entry,) = entries(client, address)
    return entry


def test_whole_days_end_the_day_after_the_last(client: Client, make_event: MakeEvent) -> None:
    event = make_event(
        date="2018-11-05/2018-11-07", place="The hall, upstairs; at the back", summary="We read."
    )
    entry = one(client)
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2018, 11, 5), date(2018, 11, 8))
    assert str(entry["location"]) == "The hall, upstairs; at the back"
    assert str(entry["url"]) == f"{settings.SITE_URL}/events/wall-day/"
    assert str(entry["uid"]).startswith(f"{event.identifier}@")
    assert "We read." in str(entry["description"])


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9999-12-31"])
def test_the_first_and_the_last_day_there_is_are_days_too(
    client: Client, make_event: MakeEvent, ada: Viewer, day: str
) -> None:
    event = make_event(date=day)
    assert one(client).decoded("dtstart") == date.fromisoformat(day)
    edit_event(event, by=ada, starts=time(0), ends=time(23, 59))
    assert one(client).decoded("dtstart").date() == date.fromisoformat(day)
    for address in ("/events/wall-day/", "/events/wall-day/edit/", "/events/", "/events/feed/"):
        client.force_login(ada.person)
        assert client.get(address).status_code == 200


def test_hours_are_told_by_the_clock_of_the_world(client: Client, make_event: MakeEvent, ada: Viewer) -> None:
    event = make_event(date="2027-07-01")
    edit_event(event, by=ada, starts=time(10, 30), ends=time(16))
    entry = one(client)
    assert entry.decoded("dtstart") == datetime(2027, 7, 1, 9, 30, tzinfo=UTC)
    assert entry.decoded("dtend") == datetime(2027, 7, 1, 15, tzinfo=UTC)


def test_an_event_without_an_end_has_none(client: Client, make_event: MakeEvent, ada: Viewer) -> None:
    edit_event(make_event(date="2027-07-01"), by=ada, starts=time(10, 30))
    assert "dtend" not in one(client)


def test_a_cancelled_event_says_so_and_counts_as_newer(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    event = make_event(status="announced")
    before = one(client)
    cancel_event(event, "Flood; no hall, sorry.", by=ada)
    after = one(client)
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert after["sequence"] > before["sequence"]
    assert before["uid"] == after["uid"]
    assert "Flood; no hall, sorry." in str(after["description"])


def test_every_change_of_day_or_place_counts_as_newer(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    event = make_event(status="announced")
    before = one(client)["sequence"]
    edit_event(event, by=ada, place="Elsewhere")
    assert one(client)["sequence"] == before + 1


def test_what_has_no_day_yet_stands_in_no_calendar(client: Client, make_event: MakeEvent) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    make_event(date=f"{timezone.localdate():%Y}", series=series, position=1)
    assert client.get("/events/wall-day/event.ics").status_code == 404
    assert entries(client, "/events/calendar.ics") == entries(client, "/series/walks/calendar.ics") == []


def test_a_calendar_has_what_is_coming_and_what_was_in_the_last_year(
    client: Client, make_event: MakeEvent
) -> None:
    today = timezone.localdate()
    for slug, days in (("soon", 9), ("lately", -300), ("long-ago", -800)):
        make_event(slug, name=slug, date=(today + timedelta(days=days)).isoformat())
    assert [str(entry["summary"]) for entry in entries(client, "/events/calendar.ics")] == ["lately", "soon"]


def test_nobody_gets_a_draft_into_a_calendar_or_a_feed(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    make_event(status="draft", name="Secret walk", date="2027-07-01", series=series, position=1)
    for person in (None, ada.person):
        if person:
            client.force_login(person)
        assert client.get("/events/wall-day/event.ics").status_code == 404
        for address in (
            "/events/calendar.ics",
            "/series/walks/calendar.ics",
            "/events/feed/",
            "/series/walks/feed/",
        ):
            assert "Secret walk" not in client.get(address).content.decode()


def test_a_series_has_all_its_events(client: Client, make_event: MakeEvent) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    for place in (1, 2):
        make_event(
            f"walk-{place}", name=f"Walk {place}", series=series, position=place, date=f"199{place}-05-01"
        )
    make_event("other", name="Other")
    found = entries(client, "/series/walks/calendar.ics")
    assert [str(entry["summary"]) for entry in found] == ["Walk 1", "Walk 2"]


HOSTILE = "Tea\r\nATTENDEE:mailto:eve@example.org\r\nBEGIN:VALARM, \\; \N{OLD PERSONAL COMPUTER}" + "x" * 90


def test_no_words_of_an_event_become_lines_of_the_calendar(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    event = make_event(status="announced")
    Event.objects.filter(pk=event.pk).update(
        name=HOSTILE, place=HOSTILE, summary=HOSTILE, cancelled_why=HOSTILE
    )
    entry = one(client)
    assert set(entry) <= {
        "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "DTSTART", "DTEND", "URL",
        "DESCRIPTION", "LOCATION",
    }  # fmt: skip
    assert entry.subcomponents == []
    assert str(entry["location"]).replace("\r\n", "\n") == HOSTILE.replace("\r\n", "\n")
    lines = client.get("/events/wall-day/event.ics").content.split(b"\r\n")
    assert max(map(len, lines)) <= 75


@pytest.mark.parametrize("number", [1, 3])
def test_a_calendar_and_a_feed_take_as_many_queries_for_one_event_as_for_three(
    client: Client, make_event: MakeEvent, django_assert_num_queries: Callable, number: int
) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    for place in range(number):
        make_event(f"walk-{place}", series=series, position=place, date="2027-05-01")
    for address, queries in (
        ("/events/calendar.ics", 1), ("/series/walks/calendar.ics", 2), ("/events/feed/", 3),
        ("/series/walks/feed/", 4),
    ):  # fmt: skip
        with django_assert_num_queries(queries):
            client.get(address)
