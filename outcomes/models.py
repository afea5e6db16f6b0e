"""What came of it: promises that organisers made in public."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Value, When

from coproduce.identifiers import new_identifier
from events.edtf import Span, parse_date
from events.models import Event, validate_date
from people.models import Organisation

if TYPE_CHECKING:
    from people.guests import Viewer


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, viewer: "Viewer") -> "PromiseQuerySet":
        return self.filter(event__in=Event.objects.visible_to(viewer))

    def with_parts(self) -> "PromiseQuerySet":
        return self.select_related("event", "owner", "kept_at")

    def unflattering_first(self) -> "PromiseQuerySet":
        """Late and unknown before changed and dropped, and kept ones last."""
        order = [When(state=state, then=Value(place)) for place, state in enumerate(Promise.UNFLATTERING)]
        return self.order_by(Case(*order, default=Value(9)), "event__first_day", "pk")


class Promise(models.Model):
    """A sentence somebody gave in public, and what became of it."""

    class State(models.TextChoices):
        LATE = "late", "Late"
        UNKNOWN = "unknown", "Not known"
        CHANGED = "changed", "Changed"
        DROPPED = "dropped", "Dropped"
        KEPT = "kept", "Kept"

    UNFLATTERING = (State.LATE, State.UNKNOWN, State.DROPPED, State.CHANGED, State.KEPT)

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="promises")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="promises")
    due = models.CharField(max_length=21, blank=True, validators=[validate_date])
    state = models.CharField(max_length=8, choices=State, default=State.UNKNOWN)
    evidence = models.CharField(max_length=300, blank=True)
    kept_at = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="promises_kept_here"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_kept_at(self) -> Event | None:
        """The event that shows it was kept, once everyone may see that event."""
        is_hidden = self.kept_at is None or self.kept_at.status == Event.Status.DRAFT
        return None if is_hidden else self.kept_at

    @property
    def due_span(self) -> Span | None:
        return parse_date(self.due) if self.due else None
