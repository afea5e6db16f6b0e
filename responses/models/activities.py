"""Activities: what a room does. Their four kinds share joining, state, participants and changes."""

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


# Days after an activity closed until nobody can tell who left what on it; archive/retention.toml says so too.
LINK_DAYS = 30


def new_salt() -> str:
    return secrets.token_hex(16)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, viewer: "Viewer") -> "ActivityQuerySet":
        """An activity shows where its event shows."""
        return self.filter(event__in=Event.objects.visible_to(viewer))

    def run_by(self, viewer: "Viewer") -> "ActivityQuerySet":
        return self.filter(event__in=Event.objects.run_by(viewer))

    def facilitated_by(self, viewer: "Viewer") -> "ActivityQuerySet":
        return self.filter(event__in=Event.objects.facilitated_by(viewer))

    def moderated_by(self, viewer: "Viewer") -> "ActivityQuerySet":
        return self.filter(event__in=Event.objects.moderated_by(viewer))

    def transcribed_by(self, viewer: "Viewer") -> "ActivityQuerySet":
        return self.filter(event__in=Event.objects.transcribed_by(viewer))

    def open(self) -> "ActivityQuerySet":
        return self.filter(state=Activity.State.OPEN)


class Activity(models.Model):
    """Something the room does: a board, a poll, cards or a drawing (see the proxies of each kind)."""

    class Kind(models.TextChoices):
        """The values are also the names of the kinds' addresses."""

        BOARD = "board", gettext_lazy("Board")
        POLL = "poll", gettext_lazy("Poll")
        CARDS = "cards", gettext_lazy("Cards")
        DRAWING = "drawing", gettext_lazy("Drawing")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open for answers")
        CLOSED = "closed", gettext_lazy("Closed")

    class Phase(models.TextChoices):
        COLLECT = "collect", gettext_lazy("Collect")
        REVEAL = "reveal", gettext_lazy("Reveal and talk")
        MARK = "mark", gettext_lazy("Mark")
        PROPOSE = "propose", gettext_lazy("Propose")
        CHOOSE = "choose", gettext_lazy("Choose")
        BEFORE = "before", gettext_lazy("Before talking")
        TALK = "talk", gettext_lazy("Talk")
        AFTER = "after", gettext_lazy("After talking")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.BOARD, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="activities")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    question = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.CLOSED)
    # One of PHASES for its kind, from the first on.
    phase = models.CharField(max_length=7, choices=Phase, default=Phase.COLLECT)
    # What the room types to join; only while it is open.
    code = models.CharField(max_length=8, unique=True, null=True, blank=True, editable=False)
    seats = models.PositiveIntegerField(
        default=1000, help_text=gettext_lazy("With so many people it is full.")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    timer_ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    may_include_under_18s = models.BooleanField(default=False)
    is_premoderated = models.BooleanField(
        default=False, help_text=gettext_lazy("Words wait until an organiser shows them.")
    )
    hides_until_reveal = models.BooleanField(
        default=False,
        help_text=gettext_lazy("What others said, or how they chose, is covered until it is revealed."),
    )
    # Of polls only: how the room chooses, and what it is asked for.
    is_ranked = models.BooleanField(
        default=False, help_text=gettext_lazy("People put a few in order instead of ticking.")
    )
    asks_wishes = models.BooleanField(
        default=False, help_text=gettext_lazy("Suggestions say what somebody wants to learn, or to share.")
    )
    pinned_note = models.ForeignKey(
        "Note", models.SET_NULL, null=True, blank=True, related_name="pinned_on", editable=False
    )
    shown_station = models.ForeignKey(
        "Station", models.SET_NULL, null=True, blank=True, related_name="shown_on", editable=False
    )
    # Mixed into every participant's token, so that tokens of two activities cannot be linked.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    # The number of its last Change; taken under the row lock and so without gaps.
    change_number = models.PositiveBigIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_invented = models.BooleanField(
        default=False, help_text=gettext_lazy("What is on it is demonstration.")
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="one_activity_per_slug"),
            models.CheckConstraint(
                condition=models.Q(code=None) | models.Q(state="open"), name="a_code_only_while_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.event.slug, self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def phases(self) -> tuple["Activity.Phase", ...]:
        """The phases that its kind goes through, in their order."""
        return PHASES[self.Kind(self.kind)]

    @property
    def covers(self) -> bool:
        """Whether what others said is covered now; closing uncovers it too. See `COVERED`."""
        return self.hides_until_reveal and self.is_open and self.phase in COVERING

    @property
    def moderates_words(self) -> bool:
        """Whether words wait for an organiser; where under-18s may take part they always do."""
        return self.is_premoderated or self.may_include_under_18s

    def token_of(self, viewer: "Viewer") -> str:
        """What stands for `viewer` on this activity; empty for anybody."""
        if viewer.is_anybody:
            return ""
        return hashlib.sha256(f"{self.salt}{viewer.key}".encode()).hexdigest()


_PHASE = Activity.Phase
PHASES = {
    Activity.Kind.BOARD: (_PHASE.COLLECT, _PHASE.REVEAL, _PHASE.MARK),
    Activity.Kind.POLL: (_PHASE.PROPOSE, _PHASE.CHOOSE),
    Activity.Kind.CARDS: (_PHASE.BEFORE, _PHASE.TALK, _PHASE.AFTER),
    Activity.Kind.DRAWING: (_PHASE.COLLECT,),
}
# A poll covers its results until it closes, a board its notes and cards their counts until a later phase.
COVERING = (_PHASE.COLLECT, _PHASE.PROPOSE, _PHASE.CHOOSE, _PHASE.BEFORE)


class KindManager(models.Manager.from_queryset(ActivityQuerySet)):
    """The activities of one kind, that of the proxy it belongs to."""

    def get_queryset(self) -> ActivityQuerySet:
        return super().get_queryset().filter(kind=self.model.KIND)

    def create(self, **fields: object) -> Activity:
        """A new one of this kind, in its first phase unless told otherwise."""
        return super().create(**{"kind": self.model.KIND, "phase": PHASES[self.model.KIND][0]} | fields)


class Token(models.Func):
    """`Activity.token_of` in PostgreSQL, without the extension that Django's SHA256 asks for."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of(self, viewer: "Viewer") -> "ParticipantQuerySet":
        """This viewer on every activity they took part in."""
        return (
            self.none()
            if viewer.is_anybody
            else self.filter(token=Token(Concat("activity__salt", models.Value(viewer.key))))
        )

    def in_the_room(self) -> "ParticipantQuerySet":
        """Those who joined with the code: who is at the event, rather than reading along."""
        return self.exclude(joined_at=None)


class Participant(models.Model):
    """Somebody's part in one activity. Deleting the row unlinks what they left for good."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    token = models.CharField(max_length=64)
    joined_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When they joined with its code.")
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "token"], name="one_participant_per_token"),
        ]

    def __str__(self) -> str:
        return f"A participant of {self.activity}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, viewer: "Viewer") -> "ChangeQuerySet":
        """The trace of an activity is for those who lead the room through it or moderate it."""
        return self.filter(activity__in=Activity.objects.moderated_by(viewer))

    def newest_first(self) -> "ChangeQuerySet":
        return self.select_related("note__station", "by").order_by("-number")


class Change(models.Model):
    """One numbered change of an activity: what a stream resumes from. It never holds words."""

    class Kind(models.TextChoices):
        OPENED = "opened", gettext_lazy("Opened")
        CLOSED = "closed", gettext_lazy("Closed")
        PHASE_CHANGED = "phase_changed", gettext_lazy("Phase changed")
        SETTINGS_CHANGED = "settings_changed", gettext_lazy("Settings changed")
        TIMER_SET = "timer_set", gettext_lazy("Timer set")
        TIMER_STOPPED = "timer_stopped", gettext_lazy("Timer stopped")
        CODE_CHANGED = "code_changed", gettext_lazy("New code")
        STATION_ADDED = "station_added", gettext_lazy("Station added")
        STATION_LOCKED = "station_locked", gettext_lazy("Station locked")
        STATION_UNLOCKED = "station_unlocked", gettext_lazy("Station unlocked")
        STATION_SHOWN = "station_shown", gettext_lazy("Station shown alone")
        NOTE_ADDED = "note_added", gettext_lazy("Note added")
        NOTE_CORRECTED = "note_corrected", gettext_lazy("Note corrected")
        NOTE_RULED = "note_ruled", gettext_lazy("Reading of a note decided")
        NOTE_WITHDRAWN = "note_withdrawn", gettext_lazy("Note withdrawn")
        NOTE_SHOWN = "note_shown", gettext_lazy("Note shown")
        NOTE_HIDDEN = "note_hidden", gettext_lazy("Note hidden")
        NOTE_PINNED = "note_pinned", gettext_lazy("Note pinned")
        NOTE_UNPINNED = "note_unpinned", gettext_lazy("Note unpinned")
        NOTES_MERGED = "notes_merged", gettext_lazy("Notes merged")
        NOTES_PARTED = "notes_parted", gettext_lazy("Notes kept apart")
        HANDS_COUNTED = "hands_counted", gettext_lazy("Hands counted")
        HANDS_TAKEN_BACK = "hands_taken_back", gettext_lazy("Count of hands taken back")
        MARK_TAKEN_BACK = "mark_taken_back", gettext_lazy("Mark taken back")
        CONSENT_CHANGED = "consent_changed", gettext_lazy("Consent changed")
        IMPORTED = "imported", gettext_lazy("Transcript imported")
        OPTION_PROPOSED = "option_proposed", gettext_lazy("Suggestion made")
        OPTION_CHANGED = "option_changed", gettext_lazy("Suggestion shown, hidden or withdrawn")
        OPTION_ANSWERED = "option_answered", gettext_lazy("Suggestion answered")
        CHOSEN = "chosen", gettext_lazy("Choices made")
        CARD_ADDED = "card_added", gettext_lazy("Card added")
        STOOD = "stood", gettext_lazy("Somebody took a stand")
        STANDS_COUNTED = "stands_counted", gettext_lazy("Stands counted")
        PICTURE_ADDED = "picture_added", gettext_lazy("Drawing added")
        PICTURE_CHANGED = "picture_changed", gettext_lazy("Drawing shown, hidden or withdrawn")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="changes")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.ForeignKey("Note", models.CASCADE, null=True, blank=True, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="board_changes")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="one_change_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: change {self.number}, {self.get_kind_display()}"
