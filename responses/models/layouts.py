"""Layouts: sets of stations that organisers pick, change and use again."""

from django.db import models
from django.utils import timezone

from coproduce.identifiers import new_identifier
from people.models import Person


class Layout(models.Model):
    """A set of stations under a name, kept by an organiser for the next board."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=100)
    question = models.CharField(max_length=300, blank=True)
    # One object a station: its heading and whether it asks what is missing.
    stations = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="layouts")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
