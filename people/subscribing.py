"""The digest: asking for it, confirming, changing and ending it.

Whoever holds an address's secret link may change what goes to that address. The link is made of the
row's secret and the site's own, so that the database gives none away. Nobody learns from a page whether
an address is known: what there is to say about that is said in a letter to it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.guests import Viewer
from people.limits import DAY, Limit, add
from people.models import Subscriber
from people.outbox import must_be_address, whole_address, write_letter
from people.trace import leave_trace

UNCONFIRMED_DAYS = 7
# So that nobody is sent one confirmation after another.
ASKED = Limit("letters that ask to confirm", 3, DAY)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a subscriber wants to be told, and how often; named as the columns are."""

    wants_records: bool = True
    wants_journal: bool = True
    wants_calls: bool = False
    wants_notes: bool = True
    every: str = Subscriber.Every.MONTH


# Of somebody who follows a note and asked for nothing else.
NOTES_ALONE = Wishes(wants_records=False, wants_journal=False)


@transaction.atomic
def subscribe(email: str, wishes: Wishes, *, by: Viewer) -> None:
    """Ask for the digest; it begins once a letter to the address is answered.

    The same comes of it whether the address is known or not, but for what the letter says. People
    who signed in with that address confirmed it then. Refuses what is no address.
    """
    subscriber, is_new = subscriber_at(email, wishes, by=by)
    if subscriber.confirmed_at is None:
        if not is_new:
            take_wishes(subscriber, wishes)
        ask_to_confirm(subscriber, "news_confirm")
    elif is_new:
        leave_trace("subscribed", subscriber, by=by)
    elif is_own(subscriber, by):
        change(subscriber, wishes, by=by)
    else:
        remind(subscriber)


def subscriber_at(email: str, wishes: Wishes, *, by: Viewer) -> tuple[Subscriber, bool]:
    """The subscriber with this address, made with `wishes` if there is none, and whether it was made."""
    must_be_address(email)
    if found := Subscriber.objects.filter(email__iexact=email).first():
        return found, False
    # Two requests at once: the constraint lets one through, and both get its row.
    made = Subscriber(email=email, **asdict(wishes))
    if has_shown_address(email, by):
        made.person, made.confirmed_at = by.person, timezone.now()
    Subscriber.objects.bulk_create([made], ignore_conflicts=True)
    found = Subscriber.objects.get(email__iexact=email)
    return found, found.secret == made.secret


def has_shown_address(email: str, by: Viewer) -> bool:
    """Whether whoever asks has an account in which this address is confirmed, and no subscription yet."""
    if by.person is None or Subscriber.objects.filter(person=by.person).exists():
        return False
    return EmailAddress.objects.filter(user=by.person, email__iexact=email, verified=True).exists()


def is_own(subscriber: Subscriber, by: Viewer) -> bool:
    return by.person is not None and subscriber.person_id == by.person.pk


def own_subscriber(by: Viewer) -> Subscriber | None:
    """The subscription of whoever signed in."""
    return Subscriber.objects.visible_to(by).first()


def ask_to_confirm(subscriber: Subscriber, name: str, **context: object) -> None:
    """Send the letter `name` with the link that confirms; three a day at most."""
    subscriber.asked_at = timezone.now()
    subscriber.save(update_fields=["asked_at"])
    if add((ASKED, str(subscriber.pk)))[0] <= ASKED.most:
        context |= {"address": own_address(subscriber), "days": UNCONFIRMED_DAYS}
        write_letter("confirm", subscriber.email, name=name, context=context)


def remind(subscriber: Subscriber) -> None:
    if add((ASKED, str(subscriber.pk)))[0] <= ASKED.most:
        context = {"address": own_address(subscriber)}
        write_letter("confirm", subscriber.email, name="news_known", context=context)


@transaction.atomic
def confirm(subscriber: Subscriber, *, by: Viewer) -> None:
    """Begin to send to an address whose holder opened the link in the letter."""
    if Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=timezone.now()):
        leave_trace("subscribed", subscriber, by=by)
    subscriber.refresh_from_db()


@transaction.atomic
def change(subscriber: Subscriber, wishes: Wishes, *, by: Viewer) -> None:
    """Send other things from now on, or more or less often."""
    take_wishes(subscriber, wishes)
    leave_trace("changed", subscriber, by=by)


def take_wishes(subscriber: Subscriber, wishes: Wishes) -> None:
    for column, wish in asdict(wishes).items():
        setattr(subscriber, column, wish)
    subscriber.save(update_fields=list(asdict(wishes)))


@transaction.atomic
def end(subscriber: Subscriber, *, by: Viewer | None) -> None:
    """Delete the address with all it asked for; nothing more goes to it."""
    leave_trace("unsubscribed", subscriber, by=by)
    subscriber.delete()


def token_of(subscriber: Subscriber) -> str:
    return _signer().sign(subscriber.secret)


def subscriber_with(token: str) -> Subscriber | None:
    """The subscriber whose link this is; None where it was ended, never confirmed in time, or is none."""
    try:
        secret = _signer().unsign(token)
    except BadSignature:
        return None
    since = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    return Subscriber.objects.filter(secret=secret).exclude(confirmed_at=None, asked_at__lte=since).first()


def own_address(subscriber: Subscriber) -> str:
    """The whole address of the page on which its holder confirms, changes and ends it."""
    return whole_address(reverse("news_own", args=[token_of(subscriber)]))


def stop_address(subscriber: Subscriber) -> str:
    """The whole address at which all of it ends with one click."""
    return whole_address(reverse("news_stop", args=[token_of(subscriber)]))


def _signer() -> Signer:
    return Signer(salt="people.subscribing", sep=".")


def forget_unconfirmed(now: datetime) -> int:
    """Delete addresses that were never confirmed in time; how many rows went with them."""
    since = now - timedelta(days=UNCONFIRMED_DAYS)
    return Subscriber.objects.filter(confirmed_at=None, asked_at__lte=since).delete()[0]
