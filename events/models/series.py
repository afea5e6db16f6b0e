"""Series: several events that belong together."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from coproduce.identifiers import new_identifier

if TYPE_CHECKING:
    from people.guests import Viewer


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, viewer: "Viewer") -> "SeriesQuerySet":
        """A series is public; which of its events show is the events' own rule."""
        return self


class Series(models.Model):
    """Several events that belong together, in order."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])
