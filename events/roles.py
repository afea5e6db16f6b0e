"""Who does what in an event or a series, for the page that says and changes it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy

from events.models import Appointment, Duty, Event, Invitation, Series
from people.guests import Viewer
from people.models import Person, PersonQuerySet, Role

# What each role is for, in a sentence on the page where it is given.
MEANINGS = {
    Duty.ORGANISER: gettext_lazy("does everything here, publishes, and gives these roles."),
    Duty.FACILITATOR: gettext_lazy(
        "runs the boards and the big screen on the day, and decides what is shown."
    ),
    Duty.TRANSCRIBER: gettext_lazy(
        "photographs walls, draws boxes and reads notes before they are published."
    ),
    Duty.MODERATOR: gettext_lazy("decides which notes, pictures and comments are shown."),
    Duty.RESEARCHER: gettext_lazy("takes away what may be used for research."),
}


OVER_ALL = {
    Role.Kind.STEWARD: gettext_lazy("everything, and gives these roles."),
    Role.Kind.ORGANISER: gettext_lazy(
        "puts new events and series on record, runs those, and writes in the journal."
    ),
    Role.Kind.MODERATOR: gettext_lazy(
        "decides everywhere which notes, pictures, comments and stories are shown."
    ),
    Role.Kind.RESEARCHER: gettext_lazy("takes away what may be used for research."),
}


@dataclass(frozen=True)
class Holder:
    """Somebody with their roles here; `is_named` as organiser by the record itself."""

    person: Person
    is_named: bool = False
    appointments: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True)
class Roles:
    """The roles in an event or a series, as whoever organises it sees them."""

    of: Event | Series
    viewer: Viewer

    @property
    def event(self) -> Event | None:
        return self.of if isinstance(self.of, Event) else None

    @property
    def series(self) -> Series | None:
        """The series itself, not that of an event."""
        return None if self.event else self.of

    @property
    def where(self) -> dict[str, Event | Series]:
        """What the acts are told of where the role is."""
        return {"event": self.event} if self.event else {"series": self.of}

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Those of the event, and those of its series, which reach it."""
        here = Q(**self.where)
        if self.event and self.event.series_id:
            here |= Q(series=self.event.series_id)
        given = Appointment.objects.current().filter(here).select_related("person", "given_by")
        return list(given.order_by("person__name", "person", "duty"))

    @cached_property
    def ending(self) -> list[Appointment]:
        """Those that are ended from here."""
        return [one for one in self.appointments if one.series_id is None or self.series]

    @property
    def named(self) -> list[Person]:
        """People whom the record names as organisers: they organise it too."""
        if self.event is None:
            return []
        return [one.person for one in self.event.organisers.exclude(person=None).select_related("person")]

    @cached_property
    def holders(self) -> list[Holder]:
        """Everybody with a role, by name, each with all of theirs."""
        named = self.named
        found = {person: Holder(person, is_named=True) for person in named}
        for one in self.appointments:
            found.setdefault(one.person, Holder(one.person)).appointments.append(one)
        return sorted(found.values(), key=lambda holder: str(holder.person))

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Letters that nobody accepted yet."""
        waiting = Invitation.objects.waiting().filter(**self.where)
        return list(waiting.select_related("invited_by", "record"))

    @property
    def known(self) -> PersonQuerySet:
        """People with an account who work with the viewer already, here or in what else they organise."""
        theirs = Event.objects.run_by(self.viewer)
        appointed = Appointment.objects.visible_to(self.viewer).filter(ended_at=None).values("person")
        working = Q(pk__in=appointed) | Q(organised_events__in=theirs.values("pk"))
        return Person.objects.filter(working, is_active=True).exclude(email=None).distinct().order_by("name")


def roles_over_all() -> list[Role]:
    """Who has a role over the whole site, for stewards."""
    return list(Role.objects.current().select_related("person", "given_by").order_by("kind", "person__name"))


def invited_over_all() -> list[Invitation]:
    """Letters about such a role that nobody accepted yet, for stewards."""
    waiting = Invitation.objects.waiting().filter(event=None, series=None).exclude(duty="")
    return list(waiting.select_related("invited_by"))
