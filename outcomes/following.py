"""Following what comes of something by mail: an event, a decision, a promise, an amendment, a call."""

from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from outcomes.models import FOLLOWED, Amendment, Call, Decision, OutcomeFollower, Promise
from people.guests import Viewer
from people.limits import DAY, Limit, add
from people.outbox import whole_address, write_letter
from people.subscribing import (
    NOTES_ALONE,
    ask_to_confirm,
    own_address,
    subscriber_at,
    subscriber_with,
    token_of,
)
from people.trace import leave_trace
from responses.telling import day_of

# So that nobody can flood an address by asking that it be told of everything there is.
GREETED = Limit("letters that say what is followed", 5, DAY)
OF_A_KIND: dict[str, type[Model]] = {
    "event": Event, "decision": Decision, "promise": Promise, "amendment": Amendment, "call": Call,
}  # fmt: skip


def what_is_followed(kind: str, viewer: Viewer) -> QuerySet | None:
    """The things of this kind that `viewer` may see; None for a kind that nobody can follow."""
    model = OF_A_KIND.get(kind)
    return model.objects.visible_to(viewer) if model else None


@transaction.atomic
def follow_outcome(kind: str, thing: Model, email: str, *, by: Viewer) -> None:
    """Tell an address what comes of `thing` from now on; a new one has to be confirmed first.

    The same comes of it whether the address is known or not. Refuses what is no address.
    """
    subscriber, _ = subscriber_at(email.strip(), NOTES_ALONE, by=by)
    follow, _ = OutcomeFollower.objects.get_or_create(subscriber=subscriber, **{kind: thing})
    leave_trace("followed", thing, by=by.as_participant)
    if subscriber.confirmed_at:
        _greet(follow)
    else:
        ask_to_confirm(subscriber, "outcome_confirm")


def _greet(follow: OutcomeFollower) -> None:
    """Say that it is followed, since anybody could have asked for that; once a day, of a few things."""
    if add((GREETED, str(follow.subscriber_id)))[0] > GREETED.most:
        return
    context = {"address": own_address(follow.subscriber)}
    write_letter(
        "outcome", follow.subscriber.email, name="outcome_kept", context=context,
        key=f"outcome {follow.pk} {day_of(timezone.now())}", unsubscribe=stop_address(follow),
    )  # fmt: skip


@transaction.atomic
def stop_following_outcome(follow: OutcomeFollower, *, by: Viewer) -> None:
    """Send an address nothing more about a thing."""
    if OutcomeFollower.objects.filter(pk=follow.pk).delete()[0]:
        leave_trace("unfollowed", follow.followed, by=by.as_participant)


def outcome_follower_with(token: str, kind: str, identifier: str) -> OutcomeFollower | None:
    """Who follows the thing of this kind and identifier by the address that `token` stands for."""
    if kind not in FOLLOWED:
        return None
    follows = OutcomeFollower.objects.filter(subscriber=subscriber_with(token))
    found = follows.filter(**{f"{kind}__identifier": identifier})
    return found.select_related("subscriber", kind).first()


def stop_address(follow: OutcomeFollower) -> str:
    """The whole address at which following this thing ends with one click."""
    return whole_address(stop_path(follow, token_of(follow.subscriber)))


def stop_path(follow: OutcomeFollower, token: str) -> str:
    return reverse("outcome_stop", args=[token, follow.kind, follow.followed.identifier])
