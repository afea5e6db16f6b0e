"""Acts on places at events: asking for one, confirming it, giving it back, and the waiting list.

Whatever gives or takes a place locks the event first, so that the last one goes to one person.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, SignUp
from events.places import is_over, places_of, why_closed
from events.running import must_run
from people.guests import Viewer
from people.limits import DAY, Limit, add
from people.outbox import must_be_address, whole_address, write_letter
from people.refusals import Refused
from people.trace import leave_trace

State = SignUp.State
LONGEST_NAME = 200
LONGEST_NEEDS = 2000
# Whoever types another's address cannot flood it: the same place is asked after so often a day.
ASKED_AGAIN = Limit("letters about one sign-up", 3, DAY)


@transaction.atomic
def sign_up(event: Event, *, by: Viewer, name: str, email: str, access_needs: str = "") -> SignUp | None:
    """Ask for a place; a letter asks whether it was really the holder of the address.

    Nobody learns who is on the list: the answer to an address that is on it is a letter too. Somebody
    signed in, with the address of their account, has the place at once, which is returned.
    """
    must_be_address(email := email.strip())
    event = _locked(event)
    _must_be_open(event)
    known = event.sign_ups.exclude(state=State.CANCELLED).filter(email__iexact=email).first()
    if known is None or known.state == State.UNCONFIRMED:
        known = _ask(event, known, _named(name), email, _needs(access_needs))
        if _is_their_address(by, email):
            known.person = by.person
            return _settle(known, event)
    if add((ASKED_AGAIN, known.identifier))[0] <= ASKED_AGAIN.most:
        tell(known, event, "sign_up" if known.state == State.UNCONFIRMED else "sign_up_known")
    return None


@transaction.atomic
def confirm(asked: SignUp, *, by: Viewer) -> SignUp:
    """Take the place that was asked for, or one on the waiting list where all are taken."""
    event, asked = _both(asked)
    if asked.state != State.UNCONFIRMED:
        return asked
    if event.cancelled_at or is_over(event):
        raise Refused(
            _("It is over.") if is_over(event) else _("It is cancelled, so nothing is left to confirm.")
        )
    if by.person and not asked.person_id and _is_their_address(by, asked.email):
        asked.person = by.person
    return _settle(asked, event)


@transaction.atomic
def give_back(place: SignUp, *, by: Viewer | None) -> SignUp:
    """End a sign-up. Who it was is forgotten at once; whoever waits longest moves up."""
    event, place = _both(place)
    if place.state != State.CANCELLED:
        _end(place)
        leave_trace("gave_back", place, by=_nameless(by))
        _move_up(event)
    return place


@transaction.atomic
def take_off(place: SignUp, *, by: Viewer | None) -> None:
    """The same, by those who run the event; whoever had it gets a letter."""
    must_run(place.event, by)
    event, place = _both(place)
    if place.state in (State.GOING, State.WAITING):
        tell(place, event, "sign_up_taken_off")
    if place.state != State.CANCELLED:
        _end(place)
        leave_trace("taken_off", place, by=by)
        _move_up(event)


@transaction.atomic
def add_by_hand(event: Event, *, by: Viewer | None, name: str, access_needs: str = "") -> SignUp:
    """Put somebody on the list who said so otherwise, on the phone for example; no mail goes to them."""
    must_run(event, by)
    event = _locked(event)
    if event.cancelled_at:
        raise Refused(_("It is cancelled. Take that back first."))
    place = _ask(event, None, _named(name), "", _needs(access_needs))
    _settle(place, event)
    leave_trace("put_on_list", place, by=by)
    return place


@transaction.atomic
def describe(place: SignUp, *, by: Viewer, name: str, access_needs: str) -> None:
    """Correct one's name and what one needs."""
    _event, place = _both(place)
    if place.state == State.CANCELLED:
        raise Refused(_("You gave this place back. Sign up again if you want to come."))
    place.name, place.access_needs = _named(name), _needs(access_needs)
    place.save(update_fields=["name", "access_needs"])
    leave_trace("described", place, by=_nameless(by))


@transaction.atomic
def fill_places(event: Event) -> None:
    """Move up whoever waits, after there came to be more places."""
    _move_up(_locked(event))


def tell_everybody(event: Event, letter: str, **more: object) -> None:
    """Write to all who come or wait; call it in the transaction of what it tells."""
    told = event.sign_ups.filter(state__in=(State.GOING, State.WAITING)).exclude(email="")
    for place in told.order_by("email"):
        tell(place, event, letter, **more)


def tell(place: SignUp, event: Event, letter: str, **more: object) -> None:
    """Write one letter to whoever has a place; without an address there is nobody to write to."""
    if place.email:
        facts = {"place": place, "event": event, "address": address_of(place), **more}
        facts["page"] = whole_address(event.get_absolute_url())
        write_letter("sign_up", place.email, name=letter, context=facts)


def address_of(place: SignUp) -> str:
    """The whole secret address of a place, as its letters give it."""
    return whole_address(reverse("my_sign_up", args=[token_of(place)]))


def token_of(place: SignUp, secret: str | None = None) -> str:
    """What the address holds: 128 bits made from the site's secret, which the database has not."""
    if secret is None:
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        fitting = (one for one in secrets if hash_of(token_of(place, one)) == place.token_hash)
        secret = next(fitting, settings.SECRET_KEY)
    digest = hmac.digest(f"sign-up {secret}".encode(), place.identifier.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def with_token(token: str) -> SignUp | None:
    """The sign-up whose letters hold `token`: whoever has it may see and end it."""
    return SignUp.objects.select_related("event").filter(token_hash=hash_of(token)).first()


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _both(place: SignUp) -> tuple[Event, SignUp]:
    """The event, locked, and the sign-up as it is since."""
    event = _locked(place.event)
    return event, event.sign_ups.get(pk=place.pk)


def _must_be_open(event: Event) -> None:
    if why := why_closed(event):
        raise Refused(why)


def _ask(event: Event, known: SignUp | None, name: str, email: str, needs: str) -> SignUp:
    place = known or SignUp(event=event)
    place.name, place.email, place.access_needs = name, email, needs
    place.token_hash = hash_of(token_of(place, settings.SECRET_KEY))
    place.save()
    return place


def _settle(place: SignUp, event: Event) -> SignUp:
    """Give it a place if one is free, else put it at the end of the waiting list."""
    place.state = State.WAITING if places_of(event).are_full else State.GOING
    place.confirmed_at = timezone.now()
    place.save()
    leave_trace("signed_up", place, by=Viewer())
    tell(place, event, "sign_up_waiting" if place.state == State.WAITING else "sign_up_going")
    return place


def _move_up(event: Event) -> None:
    """Fill what is free from the waiting list; nobody moves up to what is cancelled or over."""
    if event.cancelled_at or event.is_record:
        return
    free = places_of(event).free
    waiting = event.sign_ups.waiting()
    for place in waiting if free is None else waiting[:free]:
        place.state = State.GOING
        place.save(update_fields=["state"])
        leave_trace("moved_up", place, by=None)
        tell(place, event, "sign_up_moved_up")


def _end(place: SignUp) -> None:
    place.state, place.ended_at = State.CANCELLED, timezone.now()
    place.name = place.email = place.access_needs = ""
    place.person = None
    place.save()


def _nameless(by: Viewer | None) -> Viewer | None:
    """The trace of a place does not keep the name that the list forgets."""
    return by and by.as_participant


def _is_their_address(by: Viewer, email: str) -> bool:
    return by.person is not None and (by.person.email or "").lower() == email.lower()


def _named(name: str) -> str:
    if not (name := " ".join(name.split())[:LONGEST_NAME]):
        raise Refused(_("Say who comes: a first name is enough."))
    return name


def _needs(words: str) -> str:
    return words.strip()[:LONGEST_NEEDS]
