"""Who signed up to come."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models.events import Event
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def visible_to(self, viewer: "Viewer") -> "SignUpQuerySet":
        """For those who run the event, and each person's own. Others find theirs by its address alone."""
        mine = models.Q(person=viewer.person) if viewer.person else models.Q(pk__in=[])
        return self.filter(mine | models.Q(event__in=Event.objects.run_by(viewer)))

    def going(self) -> "SignUpQuerySet":
        return self.filter(state=SignUp.State.GOING)

    def waiting(self) -> "SignUpQuerySet":
        """On the waiting list, the longest first."""
        return self.filter(state=SignUp.State.WAITING).order_by("confirmed_at", "pk")


class SignUp(models.Model):
    """One place asked for at an event. All of it but the number goes after the event."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", gettext_lazy("Waits for the answer to our mail")
        GOING = "going", gettext_lazy("Has a place")
        WAITING = "waiting", gettext_lazy("On the waiting list")
        CANCELLED = "cancelled", gettext_lazy("Does not come")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="sign_ups")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    access_needs = models.TextField(
        blank=True, help_text=gettext_lazy("Read by those who run the event only.")
    )
    state = models.CharField(max_length=11, choices=State, default=State.UNCONFIRMED)
    # SHA-256 of what the address in the mail holds.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event", Lower("email"),
                condition=~models.Q(state="cancelled") & ~models.Q(email=""),
                name="one_place_for_an_address",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Sign-up {self.identifier}"
