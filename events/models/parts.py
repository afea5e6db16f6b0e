"""What belongs to an event: who holds it, its change log, quotations and the parts of the day."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models.events import Event
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.guests import Viewer


class EventOrganiser(models.Model):
    """A person or an organisation that holds an event; a person so named also runs it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(organisation__isnull=True),
                name="an_organiser_is_a_person_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["event", "person", "organisation"],
                nulls_distinct=False,
                name="an_organiser_once_per_event",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class RecordChange(models.Model):
    """A line of a record's public change log. Rows are only ever added."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", gettext_lazy("Published")
        CHANGED = "changed", gettext_lazy("Changed")
        CORRECTED = "corrected", gettext_lazy("Corrected")

    event = models.ForeignKey(Event, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="record_changes")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.CHANGED)
    what = models.CharField(max_length=300)
    # Of the write-up, where that is what changed: the version that came with it.
    version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def visible_to(self, viewer: "Viewer") -> "QuotationQuerySet":
        return self.filter(event__in=Event.objects.visible_to(viewer))


class Quotation(models.Model):
    """A group's or a person's expression, its own citable item."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="quotations")
    text = models.TextField()
    said_by = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("For example: agreed by one table of six.")
    )
    position = models.PositiveSmallIntegerField(default=0)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("text", "said_by", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="quotations_found"),
            models.Index(fields=["changed_at", "id"], name="quotations_changed"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.event.get_absolute_url()}#{self.identifier}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def with_leads(self) -> "AgendaItemQuerySet":
        """With the people who lead each, by name, in one query more."""
        return self.prefetch_related(models.Prefetch("leads", Person.objects.order_by("name", "pk")))


class AgendaItem(models.Model):
    """A part of the day: what happens when. Suggestions of the room are linked to it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda")
    time = models.CharField(max_length=20, blank=True, help_text=gettext_lazy("For example: 10:30."))
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True, help_text=gettext_lazy("Plain text."))
    # Who leads it: people on record, and in words those who are not.
    leads = models.ManyToManyField(Person, blank=True, related_name="leads")
    led_by = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
