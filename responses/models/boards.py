"""Boards, their stations and what stations ask about, and the transcripts of walls."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Person
from principles.models import Principle, Wording
from responses.models.activities import Activity, KindManager

if TYPE_CHECKING:
    from people.guests import Viewer


class Board(Activity):
    """An activity: stations that people answer with sticky notes."""

    KIND = Activity.Kind.BOARD

    objects = KindManager()

    class Meta:
        proxy = True


class StationQuerySet(models.QuerySet["Station"]):
    def visible_to(self, viewer: "Viewer") -> "StationQuerySet":
        return self.filter(board__in=Board.objects.visible_to(viewer))

    def with_principles(self) -> "StationQuerySet":
        paired = Pairing.objects.select_related("principle__set", "wording")
        return self.prefetch_related(models.Prefetch("pairings", paired), "pairings__principle__wordings")


class Station(models.Model):
    """A heading on a board, as written on the wall."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="stations")
    heading = models.CharField(max_length=300)
    code = models.CharField(
        max_length=6, help_text=gettext_lazy("Begins the label of each note: POW for POW-15.")
    )
    position = models.PositiveSmallIntegerField()
    stated_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=gettext_lazy("As the record says.")
    )
    is_missing = models.BooleanField(default=False, help_text=gettext_lazy("Asks what is missing."))
    is_locked = models.BooleanField(default=False, help_text=gettext_lazy("Takes no more answers for now."))
    captions = models.JSONField(default=list, blank=True)
    # The label number of its last note.
    last_number = models.PositiveIntegerField(default=0, editable=False)
    principles = models.ManyToManyField(Principle, through="Pairing", related_name="stations")

    objects = StationQuerySet.as_manager()

    class Meta:
        ordering = ["board", "position"]
        constraints = [
            models.UniqueConstraint(fields=["board", "code"], name="one_station_per_code"),
            models.UniqueConstraint(fields=["board", "position"], name="one_station_per_position"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.board.get_absolute_url()}#{self.code}"

    @property
    def shown_wordings(self) -> list[Wording]:
        """The wordings on its sheet; without further queries after `with_principles`."""
        return [wording for pairing in self.pairings.all() if (wording := pairing.shown_wording)]


class Pairing(models.Model):
    """A principle that a station asks about.

    With a wording, the sheet carried those words for good; without, people answer
    whichever wording is current when they answer.
    """

    station = models.ForeignKey(Station, models.CASCADE, related_name="pairings")
    principle = models.ForeignKey(Principle, models.PROTECT, related_name="pairings")
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["station", "principle"], name="one_pairing_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.principle}"

    @property
    def shown_wording(self) -> Wording | None:
        return self.wording or self.principle.current_wording


class Transcript(models.Model):
    """An imported transcript: the whole source as it came, and what became no note."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="transcripts")
    digest = models.CharField(max_length=64, help_text=gettext_lazy("SHA-256 of the text as it came."))
    text = models.TextField()
    preamble = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    captions = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    added = models.PositiveIntegerField(help_text=gettext_lazy("How many notes it added."))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="imports")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "digest"], name="one_import_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"A transcript of {self.board}"
