"""Which notes can be cited, grouped or declined."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note

GONE = gettext_lazy(
    "Some of these notes are not on a wall of this event any more, or not yours to see. Look again."
)


def citable(event: Event, by: Viewer | None) -> QuerySet[Note]:
    """The notes on the walls of `event` that `by` may read; all of them for the site itself (None)."""
    seen = Note.objects.visible_to(by) if by else Note.objects.all()
    return seen.on_the_wall().filter(board__event=event)


def must_be_citable(event: Event, notes: Iterable[Note], by: Viewer | None) -> list[Note]:
    """The same notes, each once and as they stand now; refuses where one of them cannot be cited."""
    asked = {note.pk for note in notes}
    found = list(citable(event, by).filter(pk__in=asked).order_by("pk"))
    if len(found) < len(asked):
        raise Refused(GONE)
    return found
