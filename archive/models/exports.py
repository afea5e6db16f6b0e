"""Files that take long to make, who took what, and the dated snapshots of the whole archive."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    def visible_to(self, viewer: "Viewer") -> "ExportJobQuerySet":
        """Nobody's but one's own."""
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def with_token(self, token_hash: str) -> "ExportJobQuerySet":
        """The one behind this secret address, for whoever asked without an account: public rows only."""
        return self.filter(token_hash=token_hash, person=None, is_restricted=False)


class ExportJob(models.Model):
    """A file somebody asked for, made by a worker. Its file goes when anything in it was withdrawn."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waits for its turn")
        RUNNING = "running", gettext_lazy("Being made")
        READY = "ready", gettext_lazy("Ready")
        FAILED = "failed", gettext_lazy("Could not be made")
        GONE = "gone", gettext_lazy("No longer kept")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="export_jobs")
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    form = models.CharField(max_length=20, help_text=gettext_lazy("A name of `archive.take.forms`."))
    query = models.CharField(
        max_length=2000, blank=True, help_text=gettext_lazy("What stands behind the question mark.")
    )
    is_restricted = models.BooleanField(
        default=False, help_text=gettext_lazy("Holds what is free for research alone.")
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    why = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Why there is no file, for whoever asked.")
    )
    done = models.PositiveIntegerField(default=0, help_text=gettext_lazy("Rows written so far."))
    total = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, help_text=gettext_lazy("Bytes."))
    sha256 = models.CharField(max_length=64, blank=True)
    data_version = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("Every change it does not hold bears this time or a later one."),
    )

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.form} of {self.query or 'everything'}"


class ExportLineQuerySet(models.QuerySet["ExportLine"]):
    def visible_to(self, viewer: "Viewer") -> "ExportLineQuerySet":
        """All for stewards, and each their own."""
        if viewer.is_steward:
            return self
        return self.filter(person=viewer.person) if viewer.person else self.none()


class ExportLine(models.Model):
    """Who took what is free for research alone: by query, not by content. Rows are only ever added."""

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="exports_taken")
    at = models.DateTimeField(default=timezone.now)
    form = models.CharField(max_length=20)
    query = models.CharField(max_length=2000, blank=True)
    rows = models.PositiveIntegerField(
        null=True, help_text=gettext_lazy("How many; empty where it broke off.")
    )
    terms = models.PositiveSmallIntegerField(
        help_text=gettext_lazy("The version of the terms they had accepted.")
    )

    objects = ExportLineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.form} of {self.query or 'everything'}, {self.at:%Y-%m-%d}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, viewer: "Viewer") -> "ReleaseQuerySet":
        """That there was a release is public; its file goes with the first withdrawal from it."""
        return self

    def newest_first(self) -> "ReleaseQuerySet":
        return self.order_by("-number")


class Release(models.Model):
    """A dated, numbered snapshot of everything public, with what was taken out since the one before."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("Every change it does not hold bears this time or a later one."),
    )
    data_version = models.CharField(max_length=40)
    counts = models.JSONField(default=dict, help_text=gettext_lazy("Rows of each table in it."))
    removed = models.JSONField(
        default=dict, help_text=gettext_lazy("How many of each kind the one before had; no more.")
    )
    file = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, help_text=gettext_lazy("Bytes."))
    sha256 = models.CharField(max_length=64, blank=True)
    checked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="releases_checked"
    )
    # Kept by the database with every change, also when its file goes; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return _("Release %(number)s") % {"number": self.number}
