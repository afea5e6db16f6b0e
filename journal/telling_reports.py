"""Letters about reports: to those who look after what was reported, and to whoever reported it."""

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from events.models import Appointment, Duty, Event
from journal.hiding import stands_on
from journal.models import Post, Report, StoryCall
from people.log_forms import kind_of
from people.models import Person, Role
from people.outbox import REPORTS, whole_address, write_letter

DECIDE = (Duty.ORGANISER, Duty.FACILITATOR, Duty.MODERATOR)


def tell_staff(report: Report) -> None:
    """Tell those who decide about a report, unless one about the same thing waits for them already.

    The letter holds no word of the thing or of the report.
    """
    about = report.about
    waiting = Report.objects.open().filter(**{about._meta.model_name: about}).exclude(pk=report.pk)
    if waiting.exists() and not report.hid_it:
        return
    context = {
        "report": report,
        "kind": kind_of(about),
        "is_urgent": report.reason in Report.URGENT,
        "address": whole_address(reverse("desk")),
    }
    for to, whose in addresses_of(staff_of(about)):
        key = f"report {report.pk} came, for {whose}"
        write_letter(REPORTS, to, name="report_came", context=context, key=key)


def addresses_of(people: QuerySet[Person]) -> list[tuple[str, int]]:
    """Where they are written to, in order, and whose it is; where nobody is, the keepers'."""
    found = sorted(set(people.values_list("email", "pk")))
    return found or ([(settings.CONTACT_EMAIL, 0)] if settings.CONTACT_EMAIL else [])


def staff_of(thing: Model) -> QuerySet[Person]:
    """Those with an account who decide about this thing: moderators, and those it belongs to."""
    kinds = (Role.Kind.STEWARD, Role.Kind.MODERATOR)
    whole_site = Q(pk__in=Role.objects.current().filter(kind__in=kinds).values("person"))
    people = Person.objects.filter(whole_site | _it_belongs_to(thing), is_active=True)
    return people.exclude(email=None)


def _it_belongs_to(thing: Model) -> Q:
    """Whoever wrote or runs what the thing stands on."""
    place = stands_on(thing)
    if isinstance(place, Post):
        return Q(pk=place.by_id) | Q(authored__post=place)
    if isinstance(place, StoryCall):
        return Q(pk=place.by_id)
    event = place if isinstance(place, Event) else place.event
    held = Appointment.objects.current().filter(duty__in=DECIDE)
    held = held.filter(Q(event=event) | Q(series__isnull=False, series=event.series_id))
    return Q(pk__in=held.values("person")) | Q(organised_events=event)


def tell_reporter(report: Report) -> None:
    """Tell whoever left an address what became of their report."""
    if not report.email:
        return
    context = {"report": report, "kind": kind_of(report.about)}
    write_letter(
        "report_decided", report.email, name="report_decided", context=context, key=f"{report} decided"
    )
