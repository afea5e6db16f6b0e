"""Rulings on readings, whom the community asks to read, and why counts differ."""

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models import Event
from people.models import Person
from responses.models.boards import Board, Station
from responses.models.notes import Mark, Note
from responses.models.readings import Reading

if TYPE_CHECKING:
    from people.guests import Viewer


class RulingQuerySet(models.QuerySet["Ruling"]):
    def visible_to(self, viewer: "Viewer") -> "RulingQuerySet":
        """The rulings on the notes that `viewer` may see."""
        return self.filter(note__in=Note.objects.visible_to(viewer))


class Ruling(models.Model):
    """What a person decided about a reading, and why. Rows are only ever added."""

    class Action(models.TextChoices):
        ACCEPT = "accept", gettext_lazy("Accepted")
        REJECT = "reject", gettext_lazy("Rejected")
        REOPEN = "reopen", gettext_lazy("Opened again")

    note = models.ForeignKey(Note, models.CASCADE, related_name="rulings")
    number = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=6, choices=Action)
    # None only where the note was opened again as a whole.
    reading = models.ForeignKey(Reading, models.CASCADE, null=True, blank=True, related_name="rulings")
    mark = models.CharField(
        max_length=12, choices=Mark, blank=True, help_text=gettext_lazy("The mark it was accepted with.")
    )
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="rulings")
    at = models.DateTimeField(default=timezone.now)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="one_ruling_per_number"),
            models.CheckConstraint(
                condition=models.Q(action="reopen") | models.Q(reading__isnull=False),
                name="a_ruling_is_about_a_reading",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.note}"


def new_asking_token() -> str:
    """128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


class AskingQuerySet(models.QuerySet["Asking"]):
    def visible_to(self, viewer: "Viewer") -> "AskingQuerySet":
        return self.filter(event__in=Event.objects.run_by(viewer))

    def open(self) -> "AskingQuerySet":
        """Those whose link works now."""
        return self.filter(ended_at=None, until__gt=timezone.now())


class Asking(models.Model):
    """A link that asks those who were there to read what nobody could. It shows only open notes."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="askings")
    token = models.CharField(max_length=22, unique=True, default=new_asking_token, editable=False)
    message = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What those who open it are told.")
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="askings")
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Those who were at {self.event} are asked"

    def get_absolute_url(self) -> str:
        return reverse("asked", args=[self.token])


class CountRemarkQuerySet(models.QuerySet["CountRemark"]):
    def visible_to(self, viewer: "Viewer") -> "CountRemarkQuerySet":
        return self.filter(station__board__in=Board.objects.visible_to(viewer))


class CountRemark(models.Model):
    """Why the numbers of a station differ, with the numbers it was said of. Rows are only ever added."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="count_remarks")
    stated = models.PositiveIntegerField(null=True, blank=True)
    counted = models.PositiveIntegerField()
    photographed = models.PositiveIntegerField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="count_remarks")
    at = models.DateTimeField(default=timezone.now)

    objects = CountRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["station", "at", "pk"]

    def __str__(self) -> str:
        return self.why
