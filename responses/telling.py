"""Telling people by mail what became of a note they follow. No letter holds a word of the note."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.guests import Viewer
from people.models import Subscriber
from people.outbox import whole_address, write_letter
from people.refusals import Refused
from people.subscribing import (
    NOTES_ALONE,
    ask_to_confirm,
    own_address,
    subscriber_at,
    subscriber_with,
    token_of,
)
from people.trace import leave_trace
from responses.models import Follower, Note

What = Literal[
    "read", "accepted", "cited", "heard", "answered", "declined", "moved", "taken_back", "amended", "hidden"
]  # fmt: skip
SAID: dict[What, str] = {
    "read": gettext_lazy("somebody read it"),
    "accepted": gettext_lazy("what it says was accepted and is on record"),
    "cited": gettext_lazy("it is cited"),
    "heard": gettext_lazy("the organisers say what they heard in it"),
    "answered": gettext_lazy("it was answered: there is a decision"),
    "declined": gettext_lazy("the organisers will not take it up, and say why"),
    "moved": gettext_lazy("there is news of a decision that answers it"),
    "taken_back": gettext_lazy("what the organisers said about it was taken back"),
    "amended": gettext_lazy("other words for the principle answer it"),
    "hidden": gettext_lazy("the organisers hid it"),
}


# What came of it is told also where something else was told that day: nobody should miss a decision.
OUTCOMES = ("heard", "answered", "declined", "moved", "taken_back", "amended")


def of_its_own(event: What) -> str:
    """What tells the key of a letter about this from those of the same day."""
    return f" {event}" if event in OUTCOMES else ""


@transaction.atomic
def follow_note(note: Note, email: str, *, by: Viewer) -> None:
    """Tell an address what becomes of a note from now on; a new one has to be confirmed first.

    The same comes of it whether the address is known or not. Refuses what is no address, and a note
    that is gone. The address is kept beside the note until its holder stops or the note goes.
    """
    # Against a withdrawal at the same moment, after which nothing may follow it.
    now = Note.objects.select_for_update(no_key=True).get(pk=note.pk)
    if now.withdrawn_at:
        raise Refused(_("This note is gone. Nothing more can become of it."))
    subscriber, _token = subscriber_at(email.strip(), NOTES_ALONE, by=by)
    Follower.objects.get_or_create(note=now, subscriber=subscriber)
    leave_trace("followed", now, by=by.as_participant)
    if subscriber.confirmed_at:
        greet(note, subscriber)
    else:
        ask_to_confirm(subscriber, "follow_confirm", label=note.label)


def greet(note: Note, subscriber: Subscriber) -> None:
    """Say that it is followed, since anybody could have asked for that; once a day."""
    context = {"label": note.label, "address": own_address(subscriber)}
    write_letter(
        "note", subscriber.email, name="follow_kept", context=context,
        key=f"follow {note.identifier} {subscriber.pk} {day_of(timezone.now())}",
        unsubscribe=stop_following_address(note, subscriber),
    )  # fmt: skip


@transaction.atomic
def stop_following(note: Note, subscriber: Subscriber, *, by: Viewer) -> None:
    """Send an address nothing more about a note."""
    if Follower.objects.filter(note=note, subscriber=subscriber).delete()[0]:
        leave_trace("unfollowed", note, by=by.as_participant)


def follower_with(token: str, identifier: str) -> Follower | None:
    """Who follows the note with this identifier by the address that `token` stands for."""
    follows = Follower.objects.filter(subscriber=subscriber_with(token), note__identifier=identifier)
    return follows.select_related("note__station", "subscriber").first()


def forget_followers(note: Note) -> None:
    """Nobody follows a note that is gone; called with its withdrawal."""
    Follower.objects.filter(note=note).delete()


def tell_followers(note: Note, event: What, *, where: str = "") -> set[int]:
    """Write to whoever follows a note that something happened to it, once a day at most.

    What came of it is told once a day for each kind of news. `where` is the path of the page that
    shows it. Returns the primary keys of the subscribers.
    """
    if note.withdrawn_at:
        return set()
    subscribers = [follower.subscriber for follower in followers_of(note)]
    for subscriber in subscribers:
        tell(note, subscriber, event, where)
    return {subscriber.pk for subscriber in subscribers}


def followers_of(note: Note) -> list[Follower]:
    """Those with a confirmed address who want to hear of notes, in the order of their addresses."""
    confirmed = Subscriber.objects.confirmed().filter(wants_notes=True)
    follows = Follower.objects.filter(note=note, subscriber__in=confirmed)
    return list(follows.select_related("subscriber").order_by("subscriber__email"))


def tell(note: Note, subscriber: Subscriber, event: What, where: str) -> None:
    context = {
        "label": note.label,
        "what": SAID[event],
        "where": whole_address(where) if where else "",
        "lookup": whole_address(reverse("receipt_lookup")),
        "address": own_address(subscriber),
    }
    write_letter(
        "note", subscriber.email, name="note_news", context=context,
        key=f"note {note.identifier} {subscriber.pk} {day_of(timezone.now())}{of_its_own(event)}",
        unsubscribe=stop_following_address(note, subscriber),
    )  # fmt: skip


def stop_following_address(note: Note, subscriber: Subscriber) -> str:
    """The whole address at which following this note ends with one click."""
    return whole_address(stop_following_path(note, token_of(subscriber)))


def stop_following_path(note: Note, token: str) -> str:
    return reverse("news_stop_note", args=[token, note.identifier])


def day_of(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}"
