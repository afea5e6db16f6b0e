"""How many places an event has, and whether somebody can ask for one now."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format

from events.models import Event, SignUp

GOING = Q(state=SignUp.State.GOING)
WAITING = Q(state=SignUp.State.WAITING)


@dataclass(frozen=True, slots=True)
class Places:
    """Numbers that everybody may see; `capacity` is None where as many come as like to."""

    going: int
    waiting: int
    capacity: int | None

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.going)

    @property
    def are_full(self) -> bool:
        return self.free == 0

    def __str__(self) -> str:
        """In words: "12 of 20 places are taken, and 3 people wait for one."."""
        people = f"{self.going} {'person comes' if self.going == 1 else 'people come'}"
        places = "1 place is" if self.capacity == 1 else f"{self.capacity} places are"
        taken = people if self.capacity is None else f"{self.going} of {places} taken"
        if not self.waiting:
            return f"{taken}."
        return (
            f"{taken}, and {self.waiting} {'person waits' if self.waiting == 1 else 'people wait'} for one."
        )


def places_of(event: Event) -> Places:
    """How many come and how many wait, in one query."""
    counted = event.sign_ups.aggregate(going=Count("pk", filter=GOING), waiting=Count("pk", filter=WAITING))
    return Places(counted["going"], counted["waiting"], event.capacity)


def why_closed(event: Event) -> str:
    """Why nobody can ask for a place now, as a sentence; empty where they can."""
    if not event.takes_sign_ups:
        return "Nobody signs up for this event here."
    if event.cancelled_at:
        return "It is cancelled, so there is nothing to sign up for."
    if event.status == Event.Status.DRAFT:
        return "It is not public yet."
    if is_over(event):
        return "It is over."
    if event.sign_up_until and event.sign_up_until <= timezone.now():
        until = date_format(timezone.localtime(event.sign_up_until), "j F Y, H:i")
        return f"Signing up ended on {until}."
    return ""


def is_over(event: Event) -> bool:
    """Whether it has begun by the clock, or where no time is known its last day is past."""
    begun = event.starts_at is not None and event.starts_at <= timezone.now()
    return begun or event.is_record or event.last_day < timezone.localdate()
