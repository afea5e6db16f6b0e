"""Readings: every reading ever made of a note."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from people.models import Person
from responses.models.notes import Mark, Note, TextState, words_as_html

if TYPE_CHECKING:
    from people.guests import Viewer


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, viewer: "Viewer") -> "ReadingQuerySet":
        """Those of the notes `viewer` may see; what is held only to its writer and those who run it."""
        notes = Note.objects
        all_of_it = models.Q(note__in=notes.of(viewer)) | models.Q(note__in=notes.run_by(viewer))
        within = models.Q(is_held=False) | all_of_it
        return self.filter(within, note__in=notes.visible_to(viewer))


class Reading(models.Model):
    """One reader's transcription of one note from one witness. Rows are only ever added.

    The one exception is withdrawal, which empties the words and keeps the row.
    """

    class Witness(models.TextChoices):
        AUTHOR = "author", gettext_lazy("Whoever wrote it")
        IMPORTED_RECORD = "imported_record", gettext_lazy("Imported record")
        PHOTO = "photo", gettext_lazy("Photograph")
        ORIGINAL = "original", gettext_lazy("The original")
        AUDIO = "audio", gettext_lazy("Sound recording")

    class Confidence(models.TextChoices):
        SURE = "sure", gettext_lazy("Sure of it")
        FAIRLY = "fairly", gettext_lazy("Fairly sure")
        GUESS = "guess", gettext_lazy("A guess")

    note = models.ForeignKey(Note, models.CASCADE, related_name="readings")
    number = models.PositiveSmallIntegerField()
    witness = models.CharField(max_length=15, choices=Witness)
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="readings")
    text = models.TextField(blank=True)
    verbatim = models.TextField(blank=True, help_text=gettext_lazy("The source line, exactly."))
    text_state = models.CharField(max_length=9, choices=TextState)
    mark = models.CharField(max_length=12, choices=Mark)
    at = models.DateTimeField(default=timezone.now)
    is_held = models.BooleanField(
        default=False,
        help_text=gettext_lazy(
            "Not for everybody: it waits for a ruling or was rejected, or its words were hidden."
        ),
    )
    # What was read at the desk, and by whom: the token stands for the reader on this board only.
    region = models.ForeignKey("Region", models.SET_NULL, null=True, blank=True, related_name="readings")
    # The note it was made of, where the box on the photograph was matched with another one since.
    handed_from = models.ForeignKey(
        Note, models.SET_NULL, null=True, blank=True, related_name="handed_on", editable=False
    )
    token = models.CharField(max_length=64, blank=True, editable=False)
    # Not where its reader had seen what others read of the note: two equal ones have to be independent.
    is_independent = models.BooleanField(default=True, editable=False)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    comment = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("For other readers; not on the note.")
    )
    wants_better_photo = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=models.Func("text", models.Value("paper"), function="note_words_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="one_reading_per_number"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="readings_found"),
        ]

    def __str__(self) -> str:
        return f"Reading {self.number} of {self.note}"

    def get_absolute_url(self) -> str:
        return reverse("note_version", args=[self.note.identifier, self.number])

    @property
    def html(self) -> SafeString:
        return words_as_html(self.text, self.note.origin)
