"""Acts on the parts of the day."""

from django.db import transaction
from django.db.models import Max

from events.models import AgendaItem, Event
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace


@transaction.atomic
def add_item(event: Event, *, by: Viewer | None, title: str, time: str = "") -> AgendaItem:
    """Put a part of the day behind those that are there."""
    _must_run(event, by)
    last = event.agenda.aggregate(last=Max("position"))["last"] or 0
    item = event.agenda.create(title=_titled(title), time=time.strip(), position=last + 1)
    leave_trace("added", item, by=by)
    return item


@transaction.atomic
def edit_item(item: AgendaItem, *, by: Viewer | None, title: str, time: str, position: int) -> None:
    """Change what a part of the day is called, when it is, and where in the order it stands."""
    _must_run(item.event, by)
    item.title, item.time, item.position = _titled(title), time.strip(), position
    item.save(update_fields=["title", "time", "position"])
    leave_trace("changed", item, by=by)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Viewer | None) -> None:
    """Take a part out of the day; refuses where it is the answer to what the room suggested."""
    _must_run(item.event, by)
    if number := item.options.filter(withdrawn_at=None).count():
        them = "a suggestion" if number == 1 else f"{number} suggestions"
        raise Refused(f"“{item}” is the answer to {them} of the room. Answer differently first.")
    leave_trace("removed", item, by=by)
    item.delete()


def _must_run(event: Event, by: Viewer | None) -> None:
    if by is not None and not event.is_run_by(by):
        raise Refused("Only those who run this event can do that.")


def _titled(title: str) -> str:
    if not (title := " ".join(title.split())):
        raise Refused("Say in a few words what happens in this part of the day.")
    return title
