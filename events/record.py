"""Acts on events and their records."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Event, EventOrganiser, Quotation, RecordChange
from people.guests import Viewer
from people.models import Organisation, Person
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import PrincipleSet


@transaction.atomic
def announce_event(
    *,
    by: Viewer | None,
    organisers: Sequence[Person | Organisation] = (),
    principle_sets: Sequence[PrincipleSet] = (),
    tags: Sequence[str] = (),
    **fields: object,
) -> Event:
    """Put an event on record with its organisers in order; refuses a date that is none."""
    event = Event(**fields)
    try:
        event.clean_fields(exclude=["first_day", "last_day"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    event.save()
    for position, organiser in enumerate(organisers):
        name_organiser(event, organiser, position)
    event.principle_sets.set(principle_sets)
    event.tags.set(tags)
    log_change(event, "First published.", by=by, kind=RecordChange.Kind.PUBLISHED)
    leave_trace("announced", event, by=by)
    return event


def name_organiser(event: Event, organiser: Person | Organisation, position: int) -> EventOrganiser:
    role = "person" if isinstance(organiser, Person) else "organisation"
    return event.organisers.create(position=position, **{role: organiser})


def log_change(
    event: Event, what: str, *, by: Viewer | None, kind: str = RecordChange.Kind.CHANGED
) -> RecordChange:
    """Add a line to the record's public change log."""
    return event.changes.create(what=what, kind=kind, by=by.person if by else None)


@transaction.atomic
def add_quotation(event: Event, text: str, *, said_by: str, by: Viewer | None) -> Quotation:
    """Keep an expression as its own citable item, after those already kept."""
    quotation = event.quotations.create(text=text, said_by=said_by, position=event.quotations.count() + 1)
    leave_trace("added", quotation, by=by)
    return quotation


@transaction.atomic
def remove_quotation(quotation: Quotation, *, by: Viewer | None) -> None:
    """Take an expression off the record, since those who said it, or those who run the event, want that."""
    leave_trace("removed", quotation, by=by)
    quotation.delete()
