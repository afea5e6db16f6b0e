"""We did, we will, we will not: decisions, each citing what was heard."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.edtf import Span, parse_date
from events.models import Event, validate_date
from outcomes.models.statements import Statement
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.guests import Viewer


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, viewer: "Viewer") -> "DecisionQuerySet":
        """The published ones with their event, also those taken back; drafts for those who run it."""
        public = models.Q(published_at__isnull=False, event__in=Event.objects.visible_to(viewer))
        mine = models.Q(event__in=Event.objects.run_by(viewer))
        return self.filter(public | mine if viewer.person else public)

    def standing(self) -> "DecisionQuerySet":
        """Published and not taken back: what counts."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def late(self) -> "DecisionQuerySet":
        """Those whose day has passed and that are not done, the longest ago first."""
        passed = self.filter(kind__in=Decision.OPEN, due_last__lt=timezone.localdate())
        return passed.order_by("due_last", "pk")


class Decision(models.Model):
    """What was decided about what was heard, who sees to it and by when."""

    class Kind(models.TextChoices):
        DONE = "done", gettext_lazy("Done")
        UNDER_WAY = "under_way", gettext_lazy("Under way")
        WILL_DO = "will_do", gettext_lazy("We will do it")
        WILL_NOT = "will_not", gettext_lazy("We will not do it")

    # Still to come, so that a day that has passed matters.
    OPEN = (Kind.UNDER_WAY, Kind.WILL_DO)

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField()
    because = models.TextField(
        blank=True, help_text=gettext_lazy("Why; never empty where it will not be done.")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="decisions_owned"
    )
    # A person who sees to it, named in public.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="decisions_owned")
    due = models.CharField(max_length=21, blank=True, validators=[validate_date])
    # The last day that `due` covers, for sorting and reminding; written by `save` from `due` alone.
    due_last = models.DateField(null=True, blank=True, editable=False)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="decisions")
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    statements = models.ManyToManyField(Statement, related_name="decisions", blank=True)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("text", "because", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_decision_has_words"),
            models.CheckConstraint(
                condition=~models.Q(kind="will_not") | ~models.Q(because=""),
                name="what_will_not_be_done_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_why=""),
                name="a_decision_is_taken_back_with_a_reason",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="decisions_found"),
            models.Index(fields=["changed_at", "id"], name="decisions_changed"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.due_last = self.due_span.last if self.due else None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.identifier])

    @property
    def due_span(self) -> Span | None:
        return parse_date(self.due) if self.due else None

    @property
    def is_standing(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not said to be done or dropped."""
        passed = self.due_last is not None and self.due_last < timezone.localdate()
        return passed and self.kind in self.OPEN


class DecisionUpdate(models.Model):
    """What became of a decision since: a step, another standing, corrected words. Rows are only added."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="updates")
    number = models.PositiveSmallIntegerField()
    kind_before = models.CharField(max_length=9, choices=Decision.Kind)
    kind = models.CharField(max_length=9, choices=Decision.Kind)
    # What the decision said before, where its words or its day were changed.
    before = models.TextField(blank=True)
    text = models.TextField(help_text=gettext_lazy("What happened, for readers."))
    evidence = models.URLField(max_length=300, blank=True)
    shown_at = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="decisions_shown_here"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="decision_updates")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_decision_update_per_number"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_event(self) -> Event | None:
        """The event that shows it, once everyone may see that event."""
        is_hidden = self.shown_at is None or self.shown_at.status == Event.Status.DRAFT
        return None if is_hidden else self.shown_at
