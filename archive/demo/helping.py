"""Who helps with the demo's events, and a letter that was taken back."""

from datetime import timedelta

from django.utils import timezone

from archive.demo.accounts import email_of
from events.duties import appoint
from events.invitations import hash_of
from events.models import Duty, Event, Invitation, Series
from people.guests import Viewer
from people.models import Person, Role

EVENT = "values-and-principles"
HELPER = "Demo helper"
A_YEAR = timedelta(days=365)
# What the address of the letter ends with. Anybody can read it here, so it must not hold.
TAKEN_BACK = "demo-taken-back"


def find_helpers(*, by: Viewer) -> None:
    """A person for each role of a series or an event, and an invitation that leads nowhere any more."""
    event, series = Event.objects.get(slug=EVENT), Series.objects.get(events__slug=EVENT)
    now = timezone.now()
    appoint(_who(Duty.FACILITATOR), Duty.FACILITATOR, by=by, series=series)
    for duty in (Duty.TRANSCRIBER, Duty.MODERATOR):
        appoint(_who(duty), duty, by=by, event=event)
    appoint(_who(Role.Kind.RESEARCHER), Duty.RESEARCHER, by=by, event=event, until=now + A_YEAR)
    # Somebody on record who never made an account.
    appoint(Person.objects.create(name=HELPER), Duty.TRANSCRIBER, by=by, event=event)
    Invitation.objects.create(
        token_hash=hash_of(TAKEN_BACK),
        duty=Duty.MODERATOR,
        event=event,
        invited_by=by.person,
        expires_at=now + timedelta(days=14),
        withdrawn_at=now,
    )


def _who(kind: Role.Kind | Duty) -> Person:
    return Person.objects.get(email=email_of(kind))
