"""What people and organisations had a part in, for their pages, which know no events."""

from django import template
from django.db.models import QuerySet

from events.models import AgendaItem, Appointment, Event
from people.guests import Viewer
from people.models import Organisation, Person

register = template.Library()


@register.simple_tag
def events_held_by(holder: Person | Organisation, viewer: Viewer) -> QuerySet[Event]:
    """The events that name this person or organisation as holding them, the newest first."""
    role = "person" if isinstance(holder, Person) else "organisation"
    events = Event.objects.visible_to(viewer).filter(**{f"organisers__{role}": holder})
    return events.select_related("series").newest_first()


@register.simple_tag
def parts_led_by(person: Person, viewer: Viewer) -> QuerySet[AgendaItem]:
    """The parts of events that this person led, those of the newest event first."""
    events = Event.objects.visible_to(viewer)
    items = person.leads.filter(event__in=events).select_related("event")
    return items.order_by("-event__first_day", "position", "pk")


@register.simple_tag
def roles_given_to(person: Person, viewer: Viewer) -> QuerySet[Appointment]:
    """The roles that hold today, for whoever may know of them."""
    held = Appointment.objects.visible_to(viewer).current().of(person)
    return held.select_related("event", "series")
