"""Addresses of the demonstration that get letters: one follows a note and an event, one is not confirmed."""

from django.utils import timezone

from outcomes.models import OutcomeFollower
from people.models import Subscriber
from responses.models import Follower, Note, Origin, TextState

# Of a name that no mail server answers to.
CONFIRMED, UNCONFIRMED = "reader@coproduce.invalid", "newcomer@coproduce.invalid"


def give_addresses() -> None:
    """Without the letters that ask to confirm: nobody is there to open them."""
    reader = Subscriber.objects.create(email=CONFIRMED, confirmed_at=timezone.now())
    typed = Note.objects.standing().filter(origin=Origin.OWN_DEVICE, text_state=TextState.READ)
    note = typed.filter(consent__public=True).in_order()[0]
    Follower.objects.create(note=note, subscriber=reader)
    OutcomeFollower.objects.create(event=note.board.event, subscriber=reader)
    Subscriber.objects.create(email=UNCONFIRMED)
