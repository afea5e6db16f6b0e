"""Notes: three facts each."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from people.models import Consent
from principles.models import Wording
from responses.models.activities import COVERING, Activity, Participant
from responses.models.boards import Board, Station
from responses.receipts import hash_of
from responses.transcription import read_markup, to_html, to_plain

if TYPE_CHECKING:
    from people.guests import Viewer


class Mark(models.TextChoices):
    """What the response does to the principle."""

    TICK = "tick", gettext_lazy("Agree")
    HEART = "heart", gettext_lazy("Important")
    BUBBLE = "bubble", gettext_lazy("Amend")
    SQUARE = "square", gettext_lazy("Challenge")
    NOT_RECORDED = "not_recorded", gettext_lazy("Mark not recorded")


class TextState(models.TextChoices):
    """What is known of its words."""

    READ = "read", gettext_lazy("Read")
    PARTLY = "partly", gettext_lazy("Partly legible")
    ILLEGIBLE = "illegible", gettext_lazy("Illegible")
    NO_TEXT = "no_text", gettext_lazy("No words")
    DRAWING = "drawing", gettext_lazy("Drawing")
    WAITING = "waiting", gettext_lazy("Not read yet")


class Origin(models.TextChoices):
    """Where it came from."""

    OWN_DEVICE = "own_device", gettext_lazy("Own device")
    COUNTED_IN_ROOM = "counted_in_room", gettext_lazy("Counted in the room")
    PAPER = "paper", gettext_lazy("From paper")


class Moderation(models.TextChoices):
    """Whether it may be on the wall."""

    SHOWN = "shown", gettext_lazy("Shown")
    WAITING = "waiting", gettext_lazy("Waits for an organiser")
    HIDDEN = "hidden", gettext_lazy("Hidden by the organisers")


# What a board covers until it is revealed; said in Python by `Activity.covers`.
COVERED = models.Q(
    board__hides_until_reveal=True, board__state=Activity.State.OPEN, board__phase__in=COVERING
)
UNCOVERED = models.Q(moderation=Moderation.SHOWN) & ~COVERED
ON_THE_WALL = UNCOVERED & models.Q(merged_into=None)


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, viewer: "Viewer") -> "NoteQuerySet":
        """The notes on the wall, as far as `viewer` may read it, and the viewer's own.

        A note on the wall is public, or else for those in the room and those who run the
        event, who also see what waits, is hidden or covered. A withdrawn note is visible to
        nobody; its count and its tombstone remain.
        """
        return self.standing()._in_sight_of(viewer)

    def once_visible_to(self, viewer: "Viewer") -> "NoteQuerySet":
        """Withdrawn or merged notes that this viewer could see before: whom their addresses still answer."""
        return self.exclude(withdrawn_at=None, merged_into=None)._in_sight_of(viewer, shown=UNCOVERED)

    def _in_sight_of(self, viewer: "Viewer", shown: models.Q | None = None) -> "NoteQuerySet":
        boards = Board.objects.visible_to(viewer)
        sees = models.Q(consent__public=True)
        if not viewer.is_anybody:
            room = Participant.objects.of(viewer).in_the_room()
            sees |= models.Q(board__in=room.values("activity"))
        if viewer.screen_of:
            sees |= models.Q(board=viewer.screen_of)
        within = sees & (shown or ON_THE_WALL)
        if not viewer.is_anybody:
            within |= models.Q(participant__in=Participant.objects.of(viewer))
        if viewer.person:
            within |= models.Q(board__in=Board.objects.moderated_by(viewer))
            on_paper = models.Q(origin=Origin.PAPER) & ~models.Q(moderation=Moderation.HIDDEN)
            within |= on_paper & models.Q(board__in=Board.objects.transcribed_by(viewer))
        return self.filter(within, board__in=boards)

    def on_the_wall(self) -> "NoteQuerySet":
        """Neither withdrawn, nor waiting, hidden, merged into another or covered."""
        return self.standing().filter(ON_THE_WALL)

    def standing(self) -> "NoteQuerySet":
        return self.filter(withdrawn_at=None)

    def readable_on_paper(self) -> "NoteQuerySet":
        """What a reader may be shown at all: standing notes from paper that nobody hid."""
        return self.standing().filter(origin=Origin.PAPER).exclude(moderation=Moderation.HIDDEN)

    def of(self, viewer: "Viewer") -> "NoteQuerySet":
        """The viewer's own notes, on every board."""
        return self.filter(participant__in=Participant.objects.of(viewer))

    def run_by(self, viewer: "Viewer") -> "NoteQuerySet":
        return self.filter(board__in=Board.objects.run_by(viewer))

    def with_receipt(self, typed: str) -> "NoteQuerySet":
        """The note whose receipt this is, however it was typed; whoever holds it may see it."""
        return self.filter(receipt_hash=hash_of(typed))

    def in_order(self) -> "NoteQuerySet":
        return self.order_by("board__event", "board", "station__position", "number")

    def for_showing(self) -> "NoteQuerySet":
        return self.select_related("board__event", "station", "consent")


class Note(models.Model):
    """One response at a station: mark × text state × origin.

    `text` holds the accepted words: what was typed for a note from a device, transcript
    markup for a note from paper. Withdrawal empties it.
    """

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by whoever wrote it")
        TAKEN_BACK = "taken_back", gettext_lazy("Mark taken back")
        TAKEN_DOWN = "taken_down", gettext_lazy("Taken down by the organisers")
        NO_NOTE = "no_note", gettext_lazy("The box on the photograph showed no note")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="notes")
    station = models.ForeignKey(Station, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField(help_text=gettext_lazy("Its place at the station: 15 of POW-15."))
    # Made where the note was written, before it was sent.
    key = models.UUIDField(editable=False)
    mark = models.CharField(max_length=12, choices=Mark)
    text_state = models.CharField(max_length=9, choices=TextState)
    origin = models.CharField(max_length=15, choices=Origin)
    text = models.TextField(blank=True)
    signed = models.CharField(
        max_length=60, blank=True, help_text=gettext_lazy("A name its writer chose to show.")
    )
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="notes")
    receipt_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="notes")
    consented_at = models.DateTimeField(default=timezone.now)
    wordings = models.ManyToManyField(Wording, related_name="notes", blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    moderation = models.CharField(max_length=7, choices=Moderation, default=Moderation.SHOWN)
    moderation_why = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Shown to whoever wrote it.")
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", editable=False
    )
    hand_count = models.ForeignKey(
        "HandCount", models.PROTECT, null=True, blank=True, related_name="notes", editable=False
    )
    # The reading that a person accepted last; None on a note that nobody had to read.
    accepted = models.ForeignKey(
        "Reading", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=models.Func("text", "origin", function="note_words_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["station", "number"]
        indexes = [
            GinIndex(fields=["search"], name="notes_found"),
            # Signs and parts of words, which have no place in the index of words.
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="notes_parts"),
            models.Index(fields=["changed_at", "id"], name="notes_changed"),
            models.Index(fields=["-added_at", "-id"], name="notes_newest"),
            models.Index(
                fields=["board", "station", "mark", "text_state", "origin"], name="notes_for_tallies"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["board", "key"], name="one_note_per_key"),
            models.UniqueConstraint(fields=["station", "number"], name="one_note_per_number"),
            models.UniqueConstraint(
                fields=["station", "participant", "mark"],
                condition=models.Q(text_state="no_text", withdrawn_at=None, participant__isnull=False),
                name="one_wordless_mark_of_a_kind",
            ),
            models.CheckConstraint(condition=models.Q(mark__in=Mark.values), name="mark_is_known"),
            models.CheckConstraint(
                condition=models.Q(text_state__in=TextState.values), name="text_state_is_known"
            ),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="origin_is_known"),
            models.CheckConstraint(
                condition=models.Q(moderation__in=Moderation.values), name="moderation_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(signed=""), name="an_ended_note_is_unsigned"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="paper") | models.Q(text_state__in=["read", "no_text", "drawing"]),
                name="only_paper_can_be_hard_to_read",
            ),
            models.CheckConstraint(
                condition=models.Q(text_state__in=["illegible", "drawing"], withdrawn_at=None)
                | models.Q(text_state__in=["no_text", "waiting"], text="")
                | models.Q(withdrawn_at__isnull=False, text="")
                | (models.Q(text_state__in=["read", "partly"], withdrawn_at=None) & ~models.Q(text="")),
                name="text_agrees_with_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, ending="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(ending="")),
                name="an_ending_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("note", args=[self.identifier])

    @property
    def sheet_address(self) -> str:
        """Its station on the board; `station.get_absolute_url` would fetch the board again."""
        return f"{self.board.get_absolute_url()}#{self.station.code}"

    @property
    def label(self) -> str:
        return f"{self.station.code}-{self.number:02}"

    @property
    def html(self) -> SafeString:
        """The words as safe HTML, with doubt shown."""
        return words_as_html(self.text, self.origin)

    @property
    def plain(self) -> str:
        """The words as plain text, with doubt in brackets."""
        return words_as_plain(self.text, self.origin)


def words_as_html(text: str, origin: str) -> SafeString:
    """`text` of a note from `origin` as safe HTML: markup on paper only, typed words as typed."""
    if origin == Origin.PAPER:
        return mark_safe(to_html(read_markup(text, imported=False)))  # escaped by to_html
    return mark_safe(escape(text).replace("\n", "<br>"))


def words_as_plain(text: str, origin: str) -> str:
    return to_plain(read_markup(text, imported=False)) if origin == Origin.PAPER else text
