"""What a facilitator enters for a room: marks counted by hand, and decisions on doubles."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person
from responses.models.boards import Station
from responses.models.notes import Mark, Note


class HandCount(models.Model):
    """Marks counted in the room at one go, "nine ticks": each is a note, the wall shows one card."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="hand_counts")
    key = models.UUIDField(unique=True, editable=False)
    mark = models.CharField(max_length=12, choices=Mark)
    number = models.PositiveIntegerField()
    where = models.CharField(
        max_length=100, blank=True, help_text=gettext_lazy("For example: at the round tables.")
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="hand_counts")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["station", "pk"]

    def __str__(self) -> str:
        return f"{self.number} × {self.get_mark_display()} at {self.station}"


class KeptApart(models.Model):
    """A person's decision that two notes in the same words are two: they are not proposed again."""

    first = models.ForeignKey(Note, models.CASCADE, related_name="kept_apart_before")
    second = models.ForeignKey(Note, models.CASCADE, related_name="kept_apart_after")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="kept_apart")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_decision_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second} are two"
