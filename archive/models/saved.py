"""Searches that somebody keeps, and the words that suggestions are made from."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, viewer: "Viewer") -> "SavedSearchQuerySet":
        """Nobody's but one's own; its feed is public under an address that says only what is searched."""
        return self.filter(person=viewer.person) if viewer.person else self.none()


class SavedSearch(models.Model):
    """A search somebody gave a name. What it finds is found anew each time."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    query = models.CharField(
        max_length=2000, help_text=gettext_lazy("What stands behind the question mark of its address.")
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name_plural = gettext_lazy("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="one_saved_search_per_query"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('search')}?{self.query}"


class Word(models.Model):
    """A word of public notes and records, as typed, for "did you mean"; made anew each night.

    It may be of something withdrawn since, so none is ever shown that finds nothing any more.
    """

    word = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveIntegerField(help_text=gettext_lazy("In how many notes and records it stands."))

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="words_alike"),
        ]

    def __str__(self) -> str:
        return self.word
