"""In which sentence of a text a promise was given."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from journal.models.writings import Writing
from outcomes.models import Promise


class Sentence(models.Model):
    """The place of a promise in a published text; the promise keeps its words when the text changes."""

    promise = models.OneToOneField(Promise, models.CASCADE, related_name="sentence")
    writing = models.ForeignKey(Writing, models.CASCADE, related_name="promises")
    version = models.PositiveIntegerField(help_text=gettext_lazy("The version in which it was marked."))
    block = models.CharField(max_length=12, help_text=gettext_lazy("The part of the text that holds it."))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"A promise in {self.writing}"
