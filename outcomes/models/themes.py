"""Themes: how somebody grouped notes. Every grouping stands with its author, and none is the right one."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from people.models import Person
from responses.models import Note

if TYPE_CHECKING:
    from people.guests import Viewer


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, viewer: "Viewer") -> "ThemeQuerySet":
        """With its event; the notes in it keep their own rule of sight."""
        return self.filter(event__in=Event.objects.visible_to(viewer))

    def standing(self) -> "ThemeQuerySet":
        """Without those that their author took apart again."""
        return self.filter(dissolved_at=None)

    def of(self, viewer: "Viewer") -> "ThemeQuerySet":
        """Those that this viewer signed: theirs to change."""
        return self.filter(author=viewer.person) if viewer.person else self.none()


class Theme(models.Model):
    """Notes of one event that somebody put together under a name; the notes stay as they are."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="themes")
    name = models.CharField(max_length=120)
    about = models.TextField(
        blank=True, help_text=gettext_lazy("What holds it together, in a sentence or two.")
    )
    # Named in public beside it. Without an author: somebody who left.
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="themes")
    made_at = models.DateTimeField(default=timezone.now)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    notes = models.ManyToManyField(Note, through="ThemeNote", related_name="themes")
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("name", "about", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="themes_found"),
            models.Index(fields=["changed_at", "id"], name="themes_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme_page", args=[self.identifier])


class ThemeNote(models.Model):
    """A note in a theme. Taking it out deletes the row; the trace keeps that it was in."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="held")
    note = models.ForeignKey(Note, models.CASCADE, related_name="in_themes")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "note"], name="a_note_once_in_a_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.note} in {self.theme}"
