"""Ties between principles of different sets, as somebody sees them: part of the crosswalk."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coproduce.identifiers import new_identifier
from people.models import Person
from principles.models import Principle
from responses.models import Note

if TYPE_CHECKING:
    from people.guests import Viewer


class TieQuerySet(models.QuerySet["Tie"]):
    def visible_to(self, viewer: "Viewer") -> "TieQuerySet":
        return self.filter(one__in=Principle.objects.visible_to(viewer))

    def standing(self) -> "TieQuerySet":
        return self.filter(undone_at=None)


class Tie(models.Model):
    """Somebody says that two principles belong together, and why. Undoing it keeps the row."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    # In the order of their primary keys: a tie has no direction.
    one = models.ForeignKey(Principle, models.PROTECT, related_name="ties_from")
    other = models.ForeignKey(Principle, models.PROTECT, related_name="ties_to")
    why = models.CharField(max_length=500)
    # Named in public beside it.
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="ties")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_tie_is_of_two_principles"),
            models.CheckConstraint(condition=~Q(why=""), name="a_tie_has_a_reason"),
            models.UniqueConstraint(
                fields=["one", "other", "author"], condition=Q(undone_at=None), name="one_tie_per_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class NoTie(models.Model):
    """A note was found to name a principle, and somebody says that it does not mean it."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="no_ties")
    principle = models.ForeignKey(Principle, models.CASCADE, related_name="no_ties")
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="no_ties")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "principle"], name="no_tie_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.note} does not mean {self.principle}"
