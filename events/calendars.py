"""Events as iCalendar files (RFC 5545), for the calendars of those who want to come."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from icalendar import Calendar, vDuration, vText
from icalendar import Event as Entry

from events.models import Event
from people.guests import ANYBODY

AGAIN = timedelta(hours=6)  # after which a calendar that follows asks again
PAST = timedelta(days=366)  # how far back a calendar shows what was


def events_to_follow() -> QuerySet[Event]:
    """What everybody may see, from a year ago on; what has no day yet cannot stand in a calendar."""
    since = timezone.localdate() - PAST
    return dated(Event.objects.visible_to(ANYBODY).filter(last_day__gte=since)).order_by("first_day", "pk")


def dated(events: QuerySet[Event]) -> QuerySet[Event]:
    """With how often and when each was changed, by which a calendar knows the newer of two."""
    return events.annotate(revision=Count("changes"), revised_at=Max("changes__at"))


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """The iCalendar file of those of `events` (from `dated`) whose days are known."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Coproduce//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN))
    for event in events:
        if event.span.is_days:
            calendar.add_component(entry_of(event))
    return calendar.to_ical()


def entry_of(event: Event) -> Entry:
    """One event: its hours where they are known, else its whole days."""
    entry = Entry()
    address = settings.SITE_URL + event.get_absolute_url()
    entry.add("uid", f"{event.identifier}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    entry.add("dtstamp", event.revised_at or timezone.now())
    entry.add("sequence", event.revision)
    entry.add("summary", f"Cancelled: {event.name}" if event.cancelled_at else event.name)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.cancelled_at else "OPAQUE")
    starts, ends = bounds_of(event)
    entry.add("dtstart", starts)
    if ends:
        entry.add("dtend", ends)
    entry.add("url", address)
    entry.add("description", "\n\n".join(filter(None, [event.cancelled_why, event.summary, address])))
    if event.place:
        entry.add("location", event.place)
    return entry


def bounds_of(event: Event) -> tuple[date | datetime, date | datetime | None]:
    """When it starts and ends, by the clock of the world; of whole days the end is the day after the last."""
    if event.starts_at:
        return event.starts_at.astimezone(UTC), event.ends_at and event.ends_at.astimezone(UTC)
    # There is no day after the last one that there is.
    return event.first_day, event.last_day + timedelta(days=1) if event.last_day < date.max else None
