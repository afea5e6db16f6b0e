"""Mail that waits to be sent, and the people who asked to be told."""

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from people.models.persons import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class Letter(models.Model):
    """One message on its way: written in the transaction of what it tells, sent by a worker.

    What it says and to whom is emptied as soon as it is sent.
    """

    # What it tells, for example "comment_shown".
    kind = models.CharField(max_length=40)
    # What makes it one of a kind: the same thing is told to the same address once.
    key = models.CharField(max_length=120, null=True, unique=True, editable=False)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Where one click ends mail of this kind; empty for mail that was asked for once.
    unsubscribe = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("What the mail server said.")
    )

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None)
                | models.Q(to="", subject="", text="", html="", unsubscribe=""),
                name="a_letter_that_was_sent_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def visible_to(self, viewer: "Viewer") -> "SubscriberQuerySet":
        """One's own, by one's account; otherwise by the secret address alone."""
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def confirmed(self) -> "SubscriberQuerySet":
        return self.exclude(confirmed_at=None)


class Subscriber(models.Model):
    """An address whose holder asked to be told of things. Ending it deletes the row."""

    class Every(models.TextChoices):
        WEEK = "week", gettext_lazy("Once a week")
        MONTH = "month", gettext_lazy("Once a month")

    email = models.EmailField()
    person = models.OneToOneField(Person, models.CASCADE, null=True, blank=True, related_name="subscriber")
    # Part of every address that lets its holder change this; a new one ends all earlier addresses.
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    wants_records = models.BooleanField(default=True, help_text=gettext_lazy("New records and events."))
    wants_journal = models.BooleanField(default=True, help_text=gettext_lazy("The journal."))
    wants_calls = models.BooleanField(default=False, help_text=gettext_lazy("Calls for stories."))
    wants_notes = models.BooleanField(
        default=True, help_text=gettext_lazy("What became of notes they follow.")
    )
    every = models.CharField(max_length=5, choices=Every, default=Every.MONTH)
    # Up to when the last digest told.
    told_until = models.DateTimeField(default=timezone.now)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_subscriber_per_email"),
        ]

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"
