"""What a person may do in an event, asked by acts and by pages; the table stands in `events.duties`."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from events.models import Appointment, Duty, Event
from people.guests import Viewer
from people.models import Person, PersonQuerySet, Role
from people.refusals import Refused


@dataclass(frozen=True, slots=True)
class Reach:
    """What a viewer may do in one event, so that a page offers no button that would refuse."""

    runs: bool = False  # everything
    facilitates: bool = False  # runs its activities
    moderates: bool = False  # decides what is shown
    transcribes: bool = False  # photographs, boxes and readings


NOTHING = Reach()


def reach_in(event: Event, viewer: Viewer) -> Reach:
    """One query for somebody who signed in, none for others."""
    if viewer.person is None:
        return NOTHING
    asked = {
        "runs": Event.objects.run_by(viewer),
        "facilitates": Event.objects.facilitated_by(viewer),
        "moderates": Event.objects.moderated_by(viewer),
        "transcribes": Event.objects.transcribed_by(viewer),
    }
    here = {name: Exists(events.filter(pk=OuterRef("pk"))) for name, events in asked.items()}
    # Their own names, since an event has attributes of these already.
    found = Event.objects.filter(pk=event.pk).annotate(**{f"in_{name}": one for name, one in here.items()})
    row = found.values(*(f"in_{name}" for name in here)).first() or {}
    return Reach(**{name: row.get(f"in_{name}", False) for name in here})


def must_facilitate(event: Event, by: Viewer | None) -> None:
    """Refuses whoever does not run the activities of `event`; the site itself (None) may."""
    if by is not None and not event.is_facilitated_by(by):
        raise Refused(_("Only those who facilitate this event can do that."))


def must_moderate(event: Event, by: Viewer | None) -> None:
    """Refuses whoever does not decide what is shown of `event`; the site itself (None) may."""
    if by is not None and not event.is_moderated_by(by):
        raise Refused(_("Only those who moderate this event can do that."))


def must_transcribe(event: Event, by: Viewer | None) -> None:
    """Refuses whoever does not work on the walls of `event`; the site itself (None) may."""
    if by is not None and not event.is_transcribed_by(by):
        raise Refused(_("Only those who transcribe this event can do that."))


def organisers_of(event: Event) -> PersonQuerySet:
    """The people who organise `event` today: named by its record, appointed, and the stewards."""
    within = Q(event=event) | Q(series__isnull=False, series=event.series_id)
    appointed = Appointment.objects.current().filter(within, duty=Duty.ORGANISER).values("person")
    stewards = Role.objects.current().filter(kind=Role.Kind.STEWARD).values("person")
    named = event.organisers.exclude(person=None).values("person")
    return Person.objects.filter(Q(pk__in=named) | Q(pk__in=appointed) | Q(pk__in=stewards))
