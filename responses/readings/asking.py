"""Asking the room: a link with which those who were there read what nobody could."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Asking, Note
from responses.models.rulings import AskingQuerySet
from responses.readings.places import Place
from responses.readings.queue import place_of_note
from responses.words import tidy_words

LONGEST_MESSAGE = 500  # characters
USUAL_DAYS, MOST_DAYS = 14, 90


def ask_the_room(event: Event, *, by: Viewer, message: str, days: int) -> Asking:
    """Make a link that shows the open notes of `event` for so many days to whoever holds it.

    Refuses whoever does not run the event, and an event that nobody was told of.
    """
    _must_run(event, by)
    message = tidy_words(message[: 10 * LONGEST_MESSAGE])
    if len(message) > LONGEST_MESSAGE:
        raise Refused(
            _("That message has %(number)s characters. %(longest_message)s have to do.")
            % {"number": len(message), "longest_message": LONGEST_MESSAGE}
        )
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A link works for 1 to %(most_days)s days.") % {"most_days": MOST_DAYS})
    if event.status == Event.Status.DRAFT:
        raise Refused(_("This event is a draft, so nobody could open the link. Announce it first."))
    with transaction.atomic():
        until = timezone.now() + timedelta(days=days)
        asking = Asking.objects.create(event=event, message=message, until=until, by=by.person)
        leave_trace("room_asked", asking, by=by)
    return asking


def end_asking(asking: Asking, *, by: Viewer | None) -> None:
    """End the link now; one that has ended stays as it is. The site itself (None) may."""
    if by is not None:
        _must_run(asking.event, by)
    with transaction.atomic():
        ended = Asking.objects.filter(pk=asking.pk).open().update(ended_at=timezone.now())
        if ended:
            leave_trace("asking_ended", asking, by=by)


def asking_under(token: str) -> Asking | None:
    """The asking whose link this is, while it works and its event is there for everybody."""
    return _with(token).open().first() if token else None


def ended_under(token: str) -> Asking | None:
    """The asking whose link this was, if its event is there for everybody."""
    return _with(token).first()


def _with(token: str) -> AskingQuerySet:
    """Whoever holds the link needs no other right."""
    events = Event.objects.visible_to(ANYBODY)
    return Asking.objects.filter(token=token, event__in=events).select_related("event")


def asks_about(asking: Asking, region: str) -> bool:
    """Whether the link asks about the note in the box `region`, by its identifier, which nobody settled."""
    notes = Note.objects.readable_on_paper().filter(board__event=asking.event_id)
    note = notes.filter(regions__identifier=region).first()
    return note is not None and place_of_note(note) != Place.SETTLED


def _must_run(event: Event, by: Viewer) -> None:
    if not event.is_run_by(by):
        raise Refused(_("Only those who run this event can do that."))
