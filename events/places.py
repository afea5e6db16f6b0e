"""How many places an event has, and whether somebody can ask for one now."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        taken = self._taken() % {"number": self.going, "places": self.capacity}
        if not self.waiting:
            return f"{taken}."
        said = ngettext(
            "%(taken)s, and %(number)s person waits for one.",
            "%(taken)s, and %(number)s people wait for one.",
            self.waiting,
        )
        return said % {"taken": taken, "number": self.waiting}

    def _taken(self) -> str:
        if self.capacity is None:
            return ngettext("%(number)s person comes", "%(number)s people come", self.going)
        return ngettext(
            "%(number)s of %(places)s place is taken",
            "%(number)s of %(places)s places are taken",
            self.capacity,
        )


def places_of(event: Event) -> Places:
    """How many come and how many wait, in one query."""
    counted = event.sign_ups.aggregate(going=Count("pk", filter=GOING), waiting=Count("pk", filter=WAITING))
    return Places(counted["going"], counted["waiting"], event.capacity)


def why_closed(event: Event) -> str:
    """Why nobody can ask for a place now, as a sentence; empty where they can."""
    if not event.takes_sign_ups:
        return _("Nobody signs up for this event here.")
    if event.cancelled_at:
        return _("It is cancelled, so there is nothing to sign up for.")
    if event.status == Event.Status.DRAFT:
        return _("It is not public yet.")
    if is_over(event):
        return _("It is over.")
    if event.sign_up_until and event.sign_up_until <= timezone.now():
        until = date_format(timezone.localtime(event.sign_up_until), "j F Y, H:i")
        return _("Signing up ended on %(until)s.") % {"until": until}
    return ""


def is_over(event: Event) -> bool:
    """Whether it has begun by the clock, or where no time is known its last day is past."""
    begun = event.starts_at is not None and event.starts_at <= timezone.now()
    return begun or event.is_record or event.last_day < timezone.localdate()
