"""When people meet: series, events and the records they become."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from taggit.managers import TaggableManager
from taggit.models import TaggedItem

from coproduce.identifiers import new_identifier
from coproduce.markup import clean
from events.edtf import NotADate, Span, parse_date
from people.models import Organisation, Person
from principles.models import PrincipleSet

if TYPE_CHECKING:
    from people.guests import Viewer


def validate_date(text: str) -> None:
    try:
        parse_date(text)
    except NotADate as error:
        raise ValidationError(str(error)) from None


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, viewer: "Viewer") -> "SeriesQuerySet":
        """A series is public; which of its events show is the events' own rule."""
        return self


class Series(models.Model):
    """Several events that belong together, in order."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, viewer: "Viewer") -> "EventQuerySet":
        """Drafts show to those who run them; everything else to everyone."""
        if viewer.is_steward:
            return self
        public = ~models.Q(status=Event.Status.DRAFT)
        return self.filter(public | models.Q(pk__in=_run_by(viewer)) if viewer.person else public)

    def run_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events this viewer may open, import into and close."""
        return self if viewer.is_steward else self.filter(pk__in=_run_by(viewer))

    def on_record(self) -> "EventQuerySet":
        return self.filter(status__in=[Event.Status.IN_PROGRESS, Event.Status.COMPLETE])

    def tagged(self, slug: str) -> "EventQuerySet":
        """With this tag; taggit's own look-up across `tags` uses what Django 6.1 deprecates."""
        kind = {"content_type__app_label": "events", "content_type__model": "event"}
        tagged = TaggedItem.objects.filter(tag__slug=slug, **kind)
        return self.filter(pk__in=tagged.values("object_id"))

    def with_parts(self) -> "EventQuerySet":
        """With everything that a record's page shows, in a fixed number of queries."""
        return self.prefetch_related(
            "organisers__person",
            "organisers__organisation",
            "principle_sets",
            "quotations",
            "changes",
            "tags",
        )

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-first_day", "-pk")

    def in_order(self) -> "EventQuerySet":
        return self.order_by("position", "first_day", "pk")


def _run_by(viewer: "Viewer") -> models.QuerySet:
    if viewer.person is None:
        return EventOrganiser.objects.none().values("event")
    return EventOrganiser.objects.filter(person=viewer.person).values("event")


class Event(models.Model):
    """A meeting, trip, launch or online call, and the record it becomes."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        DRAFT = "draft", "Draft"
        IN_PROGRESS = "in_progress", "Work in progress"
        COMPLETE = "complete", "Complete"

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="events")
    position = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its place in the series.")
    date = models.CharField(
        max_length=21,
        validators=[validate_date],
        help_text="As precise as it is known: 2019-03-06, 2018-11-05/2018-11-07 or 2018-11.",
    )
    # What `date` covers, kept beside it for sorting; written by `save` from `date` alone.
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False)
    place = models.CharField(max_length=200, blank=True)
    attendance_stated = models.CharField(max_length=100, blank=True, help_text="As the record says it.")
    attendance = models.PositiveIntegerField(null=True, blank=True, help_text="As a number.")
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True, help_text="The write-up, as sanitised HTML.")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    is_invented = models.BooleanField(default=False, help_text="Its write-up and notes are demonstration.")
    people = models.ManyToManyField(Person, through="EventOrganiser", related_name="organised_events")
    principle_sets = models.ManyToManyField(PrincipleSet, blank=True, related_name="events")
    tags = TaggableManager(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="one_event_per_place_in_a_series"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.first_day, self.last_day = self.span.first, self.span.last
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def span(self) -> Span:
        return parse_date(self.date)

    @property
    def body_html(self) -> SafeString:
        """The write-up, sanitised again on its way out whoever wrote it in."""
        return mark_safe(clean(self.body))

    @property
    def is_record(self) -> bool:
        return self.status in (self.Status.IN_PROGRESS, self.Status.COMPLETE)

    @cached_property
    def siblings(self) -> list["Event"]:
        """The events of its series that everyone may see, in order, and itself; none without a series."""
        if not self.series_id:
            return []
        public = ~models.Q(status=self.Status.DRAFT)
        return list(self.series.events.filter(public | models.Q(pk=self.pk)).in_order())

    @property
    def place_in_series(self) -> str:
        """Its place as it is said: "2 of 3"; empty where it stands alone."""
        return f"{self.siblings.index(self) + 1} of {len(self.siblings)}" if len(self.siblings) > 1 else ""

    @property
    def held_by(self) -> list[str]:
        """Who is named as its author where it is cited: its organisations, else its people."""
        organisers = self.organisers.all()
        return [str(o) for o in organisers if o.organisation_id] or [str(o) for o in organisers]

    @property
    def before(self) -> "Event | None":
        """The event before it in its series."""
        place = self.siblings.index(self) if self.siblings else 0
        return self.siblings[place - 1] if place else None

    @property
    def after(self) -> "Event | None":
        """The event after it in its series."""
        place = self.siblings.index(self) + 1 if self.siblings else 0
        return self.siblings[place] if 0 < place < len(self.siblings) else None

    def is_run_by(self, viewer: "Viewer") -> bool:
        return Event.objects.run_by(viewer).filter(pk=self.pk).exists()


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

    event = models.ForeignKey(Event, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="record_changes")
    what = models.CharField(max_length=300)

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
        max_length=200, blank=True, help_text="For example: agreed by one table of six."
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.event.get_absolute_url()}#{self.identifier}"


class AgendaItem(models.Model):
    """A part of the day: what happens when. Suggestions of the room are linked to it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda")
    time = models.CharField(max_length=20, blank=True, help_text="For example: 10:30.")
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
