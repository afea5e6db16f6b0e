"""An event of the demonstration that is still to come, with its day, its places and who wants them."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from events.agenda import add_item
from events.models import Event, SignUp
from events.planning import edit_event, plan_event
from events.publishing import publish_event
from events.sign_ups import add_by_hand, hash_of, token_of
from people.guests import Viewer

SLUG = "demo-a-reading-afternoon"
AHEAD = timedelta(days=40)
# Invented, as is the address, of a name that no mail server answers to.
COME = (("Wren", "A place near the door, and a break each hour."), ("Idris", ""), ("Noor", "Large print."))
UNANSWERED = "reader@coproduce.invalid"


def announce_what_is_coming(*, by: Viewer) -> Event:
    """Two places, one person who waits, and one who did not answer the letter yet."""
    day = timezone.localdate() + AHEAD
    event = plan_event(by=by, name="Demo: a reading afternoon", date=day.isoformat())
    edit_event(event, by=by, **what_it_is())
    add_item(event, by=by, time="14:00", title="Tea and hello", led_by="two members of the reading group")
    add_item(
        event, by=by, time="14:30", title="Reading aloud", about="Bring a page that you disagree with.",
        leads=[by.person],
    )  # fmt: skip
    publish_event(event, by=by)
    for name, needs in COME:
        add_by_hand(event, by=by, name=name, access_needs=needs)
    ask_without_a_letter(event)
    return event


def ask_without_a_letter(event: Event) -> None:
    """Nobody is there to open it."""
    place = SignUp(event=event, name="Somebody", email=UNANSWERED)
    place.token_hash = hash_of(token_of(place, settings.SECRET_KEY))
    place.save()


def what_it_is() -> dict[str, object]:
    return {
        "place": "The upper room, with a lift",
        "summary": "We read one record aloud together, and stop wherever somebody wants to.",
        "is_invented": True,
        "is_named": True,
        "takes_sign_ups": True,
        "capacity": 2,
        "joining_note": "Ring at the side door. Somebody waits there from half past one.",
    }
