"""The trace of acts. PostgreSQL refuses to change a row of it, and to delete one before its time."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from people.models.persons import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class ActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, viewer: "Viewer") -> "ActQuerySet":
        return self if viewer.is_steward else self.none()


class Act(models.Model):
    """The trace: who did what to which thing, when and why. Rows are only ever added."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="acts")
    actor = models.CharField(max_length=20)  # "person", "guest" or "the site"
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    why = models.CharField(max_length=300, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject"], name="acts_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.subject_kind} {self.subject}"
