"""Amendments: proposed wordings, marked by whoever cares, accepted or declined by a person."""

import hashlib
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from people.models import Person
from principles.models import Principle, Wording
from responses.models import Mark, Note
from responses.models.activities import new_salt

if TYPE_CHECKING:
    from people.guests import Viewer


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, viewer: "Viewer") -> "AmendmentQuerySet":
        """From the moment it is opened, for everyone; one that never was for its author and for stewards."""
        if viewer.is_steward:
            return self
        public = models.Q(opened_at__isnull=False)
        return self.filter(public | models.Q(author=viewer.person) if viewer.person else public)

    def open(self) -> "AmendmentQuerySet":
        return self.filter(state=Amendment.State.OPEN)

    def of(self, viewer: "Viewer") -> "AmendmentQuerySet":
        """Those that this viewer may change: their own, and for stewards all."""
        if viewer.is_steward:
            return self
        return self.filter(author=viewer.person) if viewer.person else self.none()

    def with_parts(self) -> "AmendmentQuerySet":
        """With what a page about one names, in the same query."""
        return self.select_related(
            "principle__set", "wording__principle__set", "result__principle__set", "author", "decided_by"
        )

    def in_order(self) -> "AmendmentQuerySet":
        """Drafts, then those open for marks, the one that closes first leading, then the newest decisions."""
        states = Amendment.State
        place = models.Case(
            models.When(state=states.DRAFT, then=0), models.When(state=states.OPEN, then=1), default=2
        )
        return self.annotate(place=place).order_by(
            "place", models.F("decided_at").desc(nulls_last=True), "open_until", "-made_at", "-pk"
        )


class Amendment(models.Model):
    """A proposed change to a wording, with the notes it answers.

    Accepting it makes the principle's next wording; nothing else here changes a principle.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Draft")
        OPEN = "open", gettext_lazy("Open for marks")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DECLINED = "declined", gettext_lazy("Declined")
        WITHDRAWN = "withdrawn", gettext_lazy("Taken back")

    DECIDED = (State.ACCEPTED, State.DECLINED, State.WITHDRAWN)

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    principle = models.ForeignKey(Principle, models.PROTECT, related_name="amendments")
    # The wording it would replace.
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="amendments")
    text = models.TextField()
    why = models.TextField(help_text=gettext_lazy("What it answers and why it reads so."))
    # Where it was worked out, if that is on record.
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="amendments")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="amendments")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    # Marks are taken until then.
    open_until = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="amendments_decided"
    )
    decided_why = models.TextField(blank=True)
    result = models.OneToOneField(
        Wording, models.PROTECT, null=True, blank=True, related_name="made_by", editable=False
    )
    # Mixed into every token, so that marks of two amendments cannot be linked.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    notes = models.ManyToManyField(Note, through="AmendmentNote", related_name="amendments")
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("text", "why", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="an_amendment_has_words"),
            models.CheckConstraint(
                condition=models.Q(state="accepted", result__isnull=False)
                | (~models.Q(state="accepted") & models.Q(result=None)),
                name="an_accepted_amendment_made_a_wording",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "open"])
                | (models.Q(decided_at__isnull=False) & ~models.Q(decided_why="")),
                name="an_amendment_is_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(state="withdrawn")
                | models.Q(opened_at__isnull=False, open_until__isnull=False),
                name="an_amendment_is_open_until_a_day",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="amendments_found"),
            models.Index(fields=["changed_at", "id"], name="amendments_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.principle}: amendment {self.identifier}"

    def get_absolute_url(self) -> str:
        return reverse("amendment", args=[self.identifier])

    @property
    def takes_marks(self) -> bool:
        return self.state == self.State.OPEN and timezone.now() < self.open_until

    @property
    def waits_for_a_decision(self) -> bool:
        return self.state == self.State.OPEN and not self.takes_marks

    @property
    def stage(self) -> str:
        """Under which heading it stands in a list."""
        if self.is_decided:
            return _("Decided")
        return _("Proposed") if self.opened_at else _("Drafts")

    @property
    def is_decided(self) -> bool:
        return self.state in self.DECIDED

    @property
    def was_cut_short(self) -> bool:
        """Whether it was decided while people had been told that marks were taken."""
        return self.is_decided and bool(self.open_until) and self.decided_at < self.open_until

    @property
    def is_signed_and_decided_by_one(self) -> bool:
        return self.author_id is not None and self.author_id == self.decided_by_id

    def token_of(self, viewer: "Viewer") -> str:
        """What stands for `viewer` on this amendment; empty for anybody."""
        if viewer.is_anybody:
            return ""
        return hashlib.sha256(f"{self.salt}{viewer.key}".encode()).hexdigest()


class AmendmentNote(models.Model):
    """A note that an amendment answers."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="answers")
    note = models.ForeignKey(Note, models.CASCADE, related_name="answered_by")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "note"], name="a_note_once_in_an_amendment"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment} answers {self.note}"


class AmendmentMark(models.Model):
    """One mark of one participant on a proposed wording; pressing again takes it back."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="marks")
    token = models.CharField(max_length=64)
    mark = models.CharField(
        max_length=12, choices=[choice for choice in Mark.choices if choice[0] != Mark.NOT_RECORDED]
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "token", "mark"], name="one_mark_of_a_kind_on_an_amendment"
            ),
            models.CheckConstraint(
                condition=models.Q(mark__in=["tick", "heart", "bubble", "square"]),
                name="mark_on_an_amendment_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} on {self.amendment}"
