"""Studies: what researchers make of the record for themselves. Nothing of it is part of the record."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person
from responses.models import Note

if TYPE_CHECKING:
    from people.guests import Viewer


class StudyQuerySet(models.QuerySet["Study"]):
    def visible_to(self, viewer: "Viewer") -> "StudyQuerySet":
        """For whoever began it and the colleagues they named; for nobody else, not for stewards either."""
        if viewer.person is None:
            return self.none()
        shared = Colleague.objects.filter(person=viewer.person)
        return self.filter(models.Q(by=viewer.person) | models.Q(pk__in=shared.values("study")))

    def run_by(self, viewer: "Viewer") -> "StudyQuerySet":
        """Those this viewer may share, rename and end."""
        return self.filter(by=viewer.person) if viewer.person else self.none()


class Study(models.Model):
    """A researcher's own layer over the record: codes and memos on notes."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, help_text=gettext_lazy("What it asks; plain text."))
    by = models.ForeignKey(Person, models.CASCADE, related_name="studies")
    begun_at = models.DateTimeField(default=timezone.now)

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("study", args=[self.identifier])


class Colleague(models.Model):
    """Somebody who reads and codes in a study that is not theirs."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="colleagues")
    person = models.ForeignKey(Person, models.CASCADE, related_name="studies_shared")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "person"], name="a_colleague_once_per_study"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.study}"


class CodeQuerySet(models.QuerySet["Code"]):
    def visible_to(self, viewer: "Viewer") -> "CodeQuerySet":
        return self.filter(study__in=Study.objects.visible_to(viewer))


class Code(models.Model):
    """A word a study puts to notes; codes may stand under another one."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    study = models.ForeignKey(Study, models.CASCADE, related_name="codes")
    under = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=500, blank=True, help_text=gettext_lazy("When to use it."))
    made_at = models.DateTimeField(default=timezone.now)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "name"], name="one_code_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CodingQuerySet(models.QuerySet["Coding"]):
    def visible_to(self, viewer: "Viewer") -> "CodingQuerySet":
        """With its study, and with its note: what was withdrawn is coded no more."""
        studies = Study.objects.visible_to(viewer)
        return self.filter(code__study__in=studies, note__in=Note.objects.visible_to(viewer))


class Coding(models.Model):
    """A code put to a note."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="codings")
    note = models.ForeignKey(Note, models.CASCADE, related_name="codings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="codings")
    at = models.DateTimeField(default=timezone.now)

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "note"], name="a_note_coded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.note}"


class MemoQuerySet(models.QuerySet["Memo"]):
    def visible_to(self, viewer: "Viewer") -> "MemoQuerySet":
        """With its study; one on a note with that note."""
        studies = Study.objects.visible_to(viewer)
        notes = Note.objects.visible_to(viewer)
        return self.filter(models.Q(note=None) | models.Q(note__in=notes), study__in=studies)


class Memo(models.Model):
    """What a researcher thought, about a note or about the study as a whole."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    study = models.ForeignKey(Study, models.CASCADE, related_name="memos")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="memos")
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="memos")
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = MemoQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Memo of {self.study}"
