"""Reminders: those who have to keep a promise or a decision get a letter before its day, and after it.

One a week before and one the day after, each once: the letter's key names the thing, its day and
whose it is, so that a day that was moved is reminded of anew.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from events.models import Appointment, Duty, Event
from outcomes.models import Decision, Promise
from people.models import Person
from people.outbox import whole_address, write_letter

BEFORE = timedelta(days=7)
# A site that stood still catches up; what is older than this is nobody's news.
AFTER = timedelta(days=14)

type Kept = Promise | Decision


def due_for_reminding(today: date) -> Iterator[Kept]:
    """The promises and decisions whose day is a week away, or has passed, at most AFTER ago."""
    near = {"due_last__gte": today - AFTER, "due_last__lte": today + BEFORE}
    yield from Promise.objects.pending().filter(**near).order_by("pk").select_related("event")
    decisions = Decision.objects.standing().filter(kind__in=Decision.OPEN, **near)
    yield from decisions.order_by("pk").select_related("event")


def write_due_reminders(today: date | None = None) -> int:
    """Write the reminders that are due; how many letters that was. Doing it again writes none.

    Done now and then by the running site.
    """
    today = today or timezone.localdate()
    return sum(remind(thing, today) for thing in due_for_reminding(today) if thing.due_last != today)


@transaction.atomic
def remind(thing: Kept, today: date) -> int:
    """Write to everybody who has to keep it; how many were not told before."""
    is_over = thing.due_last < today
    kind = "promise" if isinstance(thing, Promise) else "decision"
    # The page that everybody reads: whoever is named there may not be among those who can update it.
    page = whole_address(thing.get_absolute_url())
    context = {"thing": thing, "kind": kind, "is_over": is_over, "address": page}
    when = "after" if is_over else "before"
    letters = [
        write_letter(
            "due", to, name="due", context=context | {"desk": whole_address(reverse("desk"))},
            key=f"{kind} {thing.pk} {when} {thing.due_last}, for {whose}",
        )
        for to, whose in sorted(keepers_of(thing).values_list("email", "pk"))
    ]  # fmt: skip
    return sum(letter is not None for letter in letters)


def keepers_of(thing: Kept) -> QuerySet[Person]:
    """Those with an account who organise its event, or answer for it by name."""
    own = Q(pk=thing.person_id)
    if isinstance(thing, Promise) and thing.event is None:
        own |= Q(pk=thing.marked_by_id)
    people = Person.objects.filter(own | _organise(thing.event), is_active=True)
    return people.exclude(email=None).distinct()


def _organise(event: Event | None) -> Q:
    if event is None:
        return Q(pk__in=[])
    held = Appointment.objects.current().filter(duty=Duty.ORGANISER)
    held = held.filter(Q(event=event) | Q(series__isnull=False, series=event.series_id))
    return Q(pk__in=held.values("person")) | Q(organised_events=event)
