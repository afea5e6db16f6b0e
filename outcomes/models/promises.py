"""Promises that organisers made in public, and what became of each."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.edtf import Span, parse_date
from events.models import Event, validate_date
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.guests import Viewer


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, viewer: "Viewer") -> "PromiseQuerySet":
        """With the event it was given at; what was given in a post was public when it was marked."""
        return self.filter(Q(event=None) | Q(event__in=Event.objects.visible_to(viewer)))

    def run_by(self, viewer: "Viewer") -> "PromiseQuerySet":
        """Those of which this viewer says what became: of their events, or that they marked or answer for."""
        if viewer.person is None:
            return self.none()
        if viewer.is_steward:
            return self
        own = Q(event=None) & (Q(marked_by=viewer.person) | Q(person=viewer.person))
        return self.filter(own | Q(event__in=Event.objects.run_by(viewer)))

    def on_the_ledger(self) -> "PromiseQuerySet":
        return self.filter(taken_down_at=None)

    def pending(self) -> "PromiseQuerySet":
        """Of which nobody said how it ended, so that its day matters."""
        return self.on_the_ledger().filter(state__in=Promise.PENDING)

    def with_parts(self) -> "PromiseQuerySet":
        """With what a ledger shows; `told` and `told_evidence` are what was said of it last."""
        last = PromiseUpdate.objects.filter(promise=OuterRef("pk")).order_by("-number")
        told = {
            "told": Subquery(last.values("text")[:1]),
            "told_evidence": Subquery(last.values("evidence")[:1]),
        }
        return self.select_related("event", "owner", "person", "kept_at").annotate(**told)

    def with_standing(self) -> "PromiseQuerySet":
        """Each with `stands`, which is what `Promise.standing` says."""
        is_open, today = Q(state=Promise.State.UNKNOWN), timezone.localdate()
        whens = [When(is_open & Q(due_last__lt=today), then=Value("late"))]
        whens += [When(is_open & Q(due_last__gte=today), then=Value("open"))]
        return self.annotate(stands=Case(*whens, default=F("state"), output_field=models.CharField()))

    def unflattering_first(self) -> "PromiseQuerySet":
        """Late ones first, also those whose day has passed in silence, and kept ones last."""
        order = [When(taken_down_at__isnull=False, then=Value(len(Promise.STANDINGS)))]
        order += [When(stands=stands, then=Value(place)) for place, stands in enumerate(Promise.STANDINGS)]
        first = F("due_last").asc(nulls_last=True)
        return self.with_standing().order_by(Case(*order), first, "event__first_day", "pk")


class Promise(models.Model):
    """A sentence somebody gave in public, and what became of it."""

    class State(models.TextChoices):
        LATE = "late", gettext_lazy("Late")
        UNKNOWN = "unknown", gettext_lazy("Not known")
        CHANGED = "changed", gettext_lazy("Changed")
        DROPPED = "dropped", gettext_lazy("Dropped")
        KEPT = "kept", gettext_lazy("Kept")

    UNFLATTERING = (State.LATE, State.UNKNOWN, State.DROPPED, State.CHANGED, State.KEPT)
    # As they are shown, in the order of the ledger, and what each is called.
    STANDINGS = {
        State.LATE.value: gettext_lazy("Late"),
        State.UNKNOWN.value: gettext_lazy("Not known"),
        State.DROPPED.value: gettext_lazy("Dropped"),
        State.CHANGED.value: gettext_lazy("Changed"),
        "open": gettext_lazy("Not due"),
        State.KEPT.value: gettext_lazy("Kept"),
    }
    # What became of it is not known yet, so that its day matters.
    PENDING = (State.UNKNOWN, State.LATE)

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    # Where it was given; none for what was given in a post (`journal.models.Sentence` has the place).
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="promises")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="promises")
    # A person who answers for it, named in public.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="promises")
    due = models.CharField(max_length=21, blank=True, validators=[validate_date])
    # The last day that `due` covers, for sorting and reminding; written by `save` from `due` alone.
    due_last = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.UNKNOWN)
    evidence = models.CharField(max_length=300, blank=True)
    kept_at = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="promises_kept_here"
    )
    marked_at = models.DateTimeField(default=timezone.now)
    marked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="promises_marked"
    )
    # Only where its words may not stand in public; that it was given stays on the ledger.
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_why = models.CharField(max_length=300, blank=True)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("text", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["event", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="promises_found"),
            models.Index(fields=["changed_at", "id"], name="promises_changed"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.due_last = self.due_span.last if self.due else None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("promise", args=[self.identifier])

    @property
    def shown_kept_at(self) -> Event | None:
        """The event that shows it was kept, once everyone may see that event."""
        is_hidden = self.kept_at is None or self.kept_at.status == Event.Status.DRAFT
        return None if is_hidden else self.kept_at

    @property
    def due_span(self) -> Span | None:
        return parse_date(self.due) if self.due else None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nobody has said what became of it."""
        return self.state in self.PENDING and self._day_has_passed(timezone.localdate())

    def _day_has_passed(self, today: date) -> bool:
        return self.due_last is not None and self.due_last < today

    @property
    def standing(self) -> str:
        """Its state as it is shown: a day that passed in silence is late, one to come is open."""
        if self.state != self.State.UNKNOWN or self.due_last is None:
            return self.state
        return "late" if self._day_has_passed(timezone.localdate()) else "open"

    @property
    def standing_words(self) -> str:
        return self.STANDINGS.get(self.standing, self.standing)

    def is_run_by(self, viewer: "Viewer") -> bool:
        """Whether this viewer may say what became of it."""
        return Promise.objects.run_by(viewer).filter(pk=self.pk).exists()


class PromiseUpdate(models.Model):
    """What became of a promise, as somebody said it, with evidence. Rows are only ever added."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="updates")
    number = models.PositiveSmallIntegerField()
    state_before = models.CharField(max_length=8, choices=Promise.State)
    state = models.CharField(max_length=8, choices=Promise.State)
    # The day it was due before, where that was changed.
    due_before = models.CharField(max_length=21, blank=True)
    text = models.CharField(max_length=500, help_text=gettext_lazy("What happened, for readers."))
    evidence = models.URLField(max_length=300, blank=True)
    shown_at = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="promises_shown_here"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="promise_updates")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="one_promise_update_per_number"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_event(self) -> Event | None:
        """The event that shows it, once everyone may see that event."""
        is_hidden = self.shown_at is None or self.shown_at.status == Event.Status.DRAFT
        return None if is_hidden else self.shown_at

    @property
    def due_before_words(self) -> str:
        return parse_date(self.due_before).words() if self.due_before else ""
