"""Acts on the parts of the day."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AgendaItem, Event
from events.reach import must_facilitate
from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from people.trace import leave_trace


@transaction.atomic
def add_item(
    event: Event,
    *,
    by: Viewer | None,
    title: str,
    time: str = "",
    about: str = "",
    leads: Iterable[Person] = (),
    led_by: str = "",
) -> AgendaItem:
    """Put a part of the day behind those that are there; `leads` are on record, `led_by` names others."""
    must_facilitate(event, by)
    last = event.agenda.aggregate(last=Max("position"))["last"] or 0
    words = {"time": time.strip(), "about": about.strip(), "led_by": " ".join(led_by.split())}
    item = event.agenda.create(title=_titled(title), position=last + 1, **words)
    item.leads.set(leads)
    leave_trace("added", item, by=by)
    return item


@transaction.atomic
def edit_item(
    item: AgendaItem,
    *,
    by: Viewer | None,
    title: str,
    time: str,
    position: int,
    about: str = "",
    leads: Iterable[Person] = (),
    led_by: str = "",
) -> None:
    """Change what a part of the day is called, when it is, who leads it, and where in the order it stands.

    Leads whom `by` may not see, and so did not take away, stay.
    """
    must_facilitate(item.event, by)
    item.title, item.time, item.position = _titled(title), time.strip(), position
    item.about, item.led_by = about.strip(), " ".join(led_by.split())
    item.save(update_fields=["title", "time", "position", "about", "led_by"])
    item.leads.set({*leads, *_unseen(item, by)})
    leave_trace("changed", item, by=by)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Viewer | None) -> None:
    """Take a part out of the day; refuses where it is the answer to what the room suggested."""
    must_facilitate(item.event, by)
    if number := item.options.filter(withdrawn_at=None).count():
        said = ngettext(
            "“%(item)s” is the answer to a suggestion of the room. Answer differently first.",
            "“%(item)s” is the answer to %(number)s suggestions of the room. Answer differently first.",
            number,
        )
        raise Refused(said % {"item": item, "number": number})
    leave_trace("removed", item, by=by)
    item.delete()


def _unseen(item: AgendaItem, by: Viewer | None) -> Iterable[Person]:
    return item.leads.exclude(pk__in=Person.objects.visible_to(by)) if by else ()


def _titled(title: str) -> str:
    if not (title := " ".join(title.split())):
        raise Refused(_("Say in a few words what happens in this part of the day."))
    return title
