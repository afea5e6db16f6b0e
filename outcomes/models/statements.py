"""We heard: statements, each citing notes. And notes that are answered with a plain no."""

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
from outcomes.models.themes import Theme
from people.models import Person
from responses.models import Note

if TYPE_CHECKING:
    from people.guests import Viewer


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, viewer: "Viewer") -> "StatementQuerySet":
        """The published ones with their event, also those taken back; drafts for those who run it."""
        public = models.Q(published_at__isnull=False, event__in=Event.objects.visible_to(viewer))
        mine = models.Q(event__in=Event.objects.run_by(viewer))
        return self.filter(public | mine if viewer.person else public)

    def standing(self) -> "StatementQuerySet":
        """Published and not taken back: what counts."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)


class Statement(models.Model):
    """What the organisers say they heard, with the notes that said it."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="statements")
    text = models.TextField()
    # Named in public beside it.
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="statements")
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    notes = models.ManyToManyField(Note, through="StatementNote", related_name="statements")
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("text", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_statement_has_words"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_why=""),
                name="a_statement_is_taken_back_with_a_reason",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="statements_found"),
            models.Index(fields=["changed_at", "id"], name="statements_changed"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.identifier])

    @property
    def is_standing(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class StatementNote(models.Model):
    """A statement cites a note.

    Citing a theme cites each note that is in it then, so that what is put into the theme later
    is not counted as heard by itself; `theme` keeps by which way the note came.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="cites")
    note = models.ForeignKey(Note, models.CASCADE, related_name="heard_in")
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="cited_in")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "note"], name="a_note_once_in_a_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} cites {self.note}"


class StatementChange(models.Model):
    """What a published statement said before. Rows are only ever added."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField(help_text=gettext_lazy("The version these words were."))
    before = models.TextField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="statement_changes")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="one_statement_change_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.statement}, before version {self.number + 1}"


class DeclinedQuerySet(models.QuerySet["Declined"]):
    def visible_to(self, viewer: "Viewer") -> "DeclinedQuerySet":
        """Where the note may be read."""
        return self.filter(note__in=Note.objects.visible_to(viewer))

    def standing(self) -> "DeclinedQuerySet":
        return self.filter(undone_at=None)


class Declined(models.Model):
    """The organisers will not take up what a note says, and say why. Undoing it keeps the row."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="declined")
    why = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="notes_declined")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DeclinedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="declining_has_a_reason"),
            models.UniqueConstraint(
                fields=["note"], condition=models.Q(undone_at=None), name="declined_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note} declined"
