"""Which texts cite which notes and stories, so that those who follow them are told."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from journal.models.stories import Story
from journal.models.writings import Writing
from people.models.conditions import exactly_one
from responses.models import Note


class Citation(models.Model):
    """A published text cites a note or a story; kept by whoever publishes a version."""

    writing = models.ForeignKey(Writing, models.CASCADE, related_name="citations")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="citations")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="citations")
    version = models.PositiveIntegerField(help_text=gettext_lazy("The first version that cites it."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("note", "story"), name="a_citation_is_of_one_thing"),
            models.UniqueConstraint(
                fields=["writing", "note", "story"], nulls_distinct=False, name="one_citation_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.writing} cites {self.note or self.story}"
