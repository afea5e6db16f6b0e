"""Boards, their stations, who takes part in them and how they changed."""

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from coproduce.identifiers import new_identifier
from events.models import Event
from people.models import Person
from principles.models import Principle, Wording

if TYPE_CHECKING:
    from people.guests import Viewer


def new_salt() -> str:
    return secrets.token_hex(16)


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, viewer: "Viewer") -> "BoardQuerySet":
        """A board shows where its event shows."""
        return self.filter(event__in=Event.objects.visible_to(viewer))

    def run_by(self, viewer: "Viewer") -> "BoardQuerySet":
        return self.filter(event__in=Event.objects.run_by(viewer))

    def open(self) -> "BoardQuerySet":
        return self.filter(state=Board.State.OPEN)


class Board(models.Model):
    """An activity: stations that people answer with sticky notes."""

    class State(models.TextChoices):
        OPEN = "open", "Open for answers"
        CLOSED = "closed", "Closed"

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="boards")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    question = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.CLOSED)
    # Mixed into every participant's token, so that tokens of two boards cannot be linked.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    # The number of its last Change; taken under the board's row lock and so without gaps.
    change_number = models.PositiveBigIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_invented = models.BooleanField(default=False, help_text="Its notes are demonstration.")

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="one_board_per_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.event.slug, self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def token_of(self, viewer: "Viewer") -> str:
        """What stands for `viewer` on this board; empty for anybody."""
        if viewer.is_anybody:
            return ""
        return hashlib.sha256(f"{self.salt}{viewer.key}".encode()).hexdigest()


class Token(models.Func):
    """`Board.token_of` in PostgreSQL, without the extension that Django's SHA256 asks for."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of(self, viewer: "Viewer") -> "ParticipantQuerySet":
        """This viewer on every board they took part in."""
        return (
            self.none()
            if viewer.is_anybody
            else self.filter(token=Token(Concat("board__salt", models.Value(viewer.key))))
        )


class Participant(models.Model):
    """Somebody's part in one board. Deleting the row unlinks its notes for good."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="participants")
    token = models.CharField(max_length=64)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "token"], name="one_participant_per_token"),
        ]

    def __str__(self) -> str:
        return f"A participant of {self.board}"


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
    code = models.CharField(max_length=6, help_text="Begins the label of each note: POW for POW-15.")
    position = models.PositiveSmallIntegerField()
    stated_count = models.PositiveIntegerField(null=True, blank=True, help_text="As the record says.")
    is_missing = models.BooleanField(default=False, help_text="Asks what is missing.")
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


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, viewer: "Viewer") -> "ChangeQuerySet":
        """The trace of a board is for those who run it."""
        return self.filter(board__in=Board.objects.run_by(viewer))

    def newest_first(self) -> "ChangeQuerySet":
        return self.select_related("note__station", "by").order_by("-number")


class Change(models.Model):
    """One numbered change of a board: what a stream resumes from. It never holds words."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        CLOSED = "closed", "Closed"
        STATION_ADDED = "station_added", "Station added"
        NOTE_ADDED = "note_added", "Note added"
        NOTE_CORRECTED = "note_corrected", "Note corrected"
        NOTE_WITHDRAWN = "note_withdrawn", "Note withdrawn"
        MARK_TAKEN_BACK = "mark_taken_back", "Mark taken back"
        CONSENT_CHANGED = "consent_changed", "Consent changed"
        IMPORTED = "imported", "Transcript imported"

    board = models.ForeignKey(Board, models.CASCADE, related_name="changes")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.ForeignKey("Note", models.CASCADE, null=True, blank=True, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="board_changes")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["board", "number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="one_change_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.board}: change {self.number}, {self.get_kind_display()}"


class Transcript(models.Model):
    """An imported transcript: the whole source as it came, and what became no note."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="transcripts")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text as it came.")
    text = models.TextField()
    preamble = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    captions = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    added = models.PositiveIntegerField(help_text="How many notes it added.")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="imports")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "digest"], name="one_import_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"A transcript of {self.board}"
