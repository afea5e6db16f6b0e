"""Acts on roles in a series or an event.

How far each role reaches. Whoever has it in a series has it in every event of the series; organisers
and stewards may do all of it, and site moderators what moderators may.

                                          organiser  facilitator  moderator  transcriber  researcher
    read a draft of the event                 x           x           x           x
    read what only the room may               x           x           x           x
    open, close, phases, stage, screen        x           x
    count hands and cards, print, agenda      x           x
    show, hide and pin notes, options         x           x           x
    hang, describe and hide pictures          x           x           x
    add and describe photographs              x                                   x
    draw boxes, match, tie sheets             x                                   x
    read at the desk before publication       x                                   x
    take data for research                    x                                               x
    new activities, imports, merges           x
    rulings, ask the room, layouts            x
    publish, cover, take down, consent        x
    give and end roles                        x

`events.models.EventQuerySet` asks for a role of the day; tests/events/test_reach.py walks this table.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.languages import in_the_sites_language
from events.models import Appointment, Duty, Event, EventOrganiser, Series
from events.running import runs_series
from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from people.sessions import end_sessions
from people.trace import leave_trace

KEPT = timedelta(days=3 * 365)


@transaction.atomic
def appoint(
    person: Person,
    duty: str,
    *,
    by: Viewer | None,
    event: Event | None = None,
    series: Series | None = None,
    until: datetime | None = None,
) -> Appointment:
    """Give `person` a role in an event or a series, or change when the one they have ends.

    Refuses whoever does not organise it, and an end that has passed. It signs the person out
    everywhere, unless they give themselves what is theirs to give.
    """
    must_give_roles(by, event=event, series=series)
    given_by = by.person if by else None
    appointment = hold_duty(person, duty, given_by=given_by, event=event, series=series, until=until)
    with in_the_sites_language():
        leave_trace("appointed", appointment, by=by, why=appointment.get_duty_display())
    if person != given_by:
        end_sessions(person)
    return appointment


def hold_duty(
    person: Person,
    duty: str,
    *,
    given_by: Person | None,
    event: Event | None,
    series: Series | None,
    until: datetime | None,
) -> Appointment:
    """Give a role without asking who may: an act that calls this has asked, and leaves the trace."""
    if until is not None and until <= timezone.now():
        raise Refused(_("Give a day from today on: the role ends at the end of it."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    given = {"given_by": given_by, "given_at": timezone.now(), "until": until}
    of = {"person": person, "duty": Duty(duty), "event": event, "series": series, "ended_at": None}
    appointment, _is_new = Appointment.objects.update_or_create(**of, defaults=given)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Viewer | None) -> None:
    """End a role in a series or an event now; it signs the person out everywhere.

    Whoever has a role may lay it down themselves. Refuses where nobody would organise it any more.
    """
    # So that two organisers who end each other's role at once do not both succeed.
    of = appointment.event or appointment.series
    type(of).objects.select_for_update(no_key=True).get(pk=of.pk)
    found = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if by is None or by.person != found.person:
        must_give_roles(by, event=found.event, series=found.series)
    if found.ended_at is None:
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
        _must_leave_an_organiser(found, by)
        with in_the_sites_language():
            leave_trace("appointment_ended", found, by=by, why=found.get_duty_display())
        end_sessions(found.person)


def forget_appointments(now: datetime) -> int:
    """Deletes roles that ended KEPT before `now`, so that nobody stays on record for them; how many."""
    then = now - KEPT
    return Appointment.objects.filter(Q(ended_at__lte=then) | Q(until__lte=then)).delete()[0]


def must_give_roles(by: Viewer | None, *, event: Event | None, series: Series | None) -> None:
    """Refuses whoever does not organise the event or the series; the site itself (None) may."""
    if (event is None) == (series is None):
        raise ValueError("A role is held in an event or in a series.")
    organises = by is None or (event.is_run_by(by) if event else runs_series(series, by))
    if not organises:
        raise Refused(_("Only those who organise this can give and end roles in it."))


def _must_leave_an_organiser(ended: Appointment, by: Viewer | None) -> None:
    if ended.duty != Duty.ORGANISER or by is None or by.is_steward:
        return
    of = {"event": ended.event, "series": ended.series}
    others = Appointment.objects.current().filter(duty=Duty.ORGANISER, **of)
    if not (others.exists() or _is_organised_otherwise(ended.event)):
        raise Refused(_("Nobody would organise this any more. Make somebody else an organiser first."))


def _is_organised_otherwise(event: Event | None) -> bool:
    """Whether an event is organised by somebody its record names, or through its series."""
    if event is None:
        return False
    named = EventOrganiser.objects.filter(event=event).exclude(person=None)
    through = Appointment.objects.current().filter(series=event.series_id, duty=Duty.ORGANISER)
    return named.exists() or (event.series_id is not None and through.exists())
