"""Events, and the records they become."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager
from taggit.models import TaggedItem

from coproduce.identifiers import new_identifier
from events.edtf import Span, parse_date
from events.models.dates import validate_date
from events.models.duties import HELPS, Appointment, Duty
from events.models.series import Series
from people.models import Person
from principles.models import PrincipleSet

if TYPE_CHECKING:
    from people.guests import Viewer


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, viewer: "Viewer") -> "EventQuerySet":
        """Drafts show to those who have a role in them; everything else to everyone."""
        if viewer.is_steward:
            return self
        public = ~models.Q(status=Event.Status.DRAFT)
        return self.filter(public | in_the_hands_of(viewer, *HELPS) if viewer.person else public)

    def run_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events this viewer organises: everything in them is theirs to do."""
        return self._for(viewer)

    def facilitated_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events whose activities this viewer runs on the day."""
        return self._for(viewer, Duty.FACILITATOR)

    def moderated_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events of which this viewer decides what is shown."""
        return self if viewer.moderates_all else self._for(viewer, Duty.FACILITATOR, Duty.MODERATOR)

    def transcribed_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events whose walls this viewer photographs, boxes and reads; rulings are the organisers'."""
        return self._for(viewer, Duty.TRANSCRIBER)

    def researched_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events from which this viewer may take what is free for research alone."""
        return self if viewer.is_researcher else self._for(viewer, Duty.RESEARCHER)

    def helped_by(self, viewer: "Viewer") -> "EventQuerySet":
        """Events in which this viewer has any role."""
        return self._for(viewer, *Duty)

    def _for(self, viewer: "Viewer", *duties: Duty) -> "EventQuerySet":
        return self if viewer.is_steward else self.filter(in_the_hands_of(viewer, *duties))

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


def in_the_hands_of(viewer: "Viewer", *duties: Duty) -> models.Q:
    """Events that this person organises, or where they have one of `duties` today."""
    if viewer.person is None:
        return models.Q(pk__in=[])
    named = Event.people.through.objects.filter(person=viewer.person)
    held = Appointment.objects.current().of(viewer.person).filter(duty__in={Duty.ORGANISER, *duties})
    return (
        models.Q(pk__in=named.values("event"))
        | models.Q(pk__in=held.exclude(event=None).values("event"))
        | models.Q(series__in=held.exclude(series=None).values("series"))
    )


class Event(models.Model):
    """A meeting, trip, launch or online call, and the record it becomes."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", gettext_lazy("Announced")
        DRAFT = "draft", gettext_lazy("Draft")
        IN_PROGRESS = "in_progress", gettext_lazy("Work in progress")
        COMPLETE = "complete", gettext_lazy("Complete")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="events")
    position = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=gettext_lazy("Its place in the series.")
    )
    date = models.CharField(
        max_length=21,
        validators=[validate_date],
        help_text=gettext_lazy("As precise as it is known: 2019-03-06, 2018-11-05/2018-11-07 or 2018-11."),
    )
    # What `date` covers, kept beside it for sorting; written by `save` from `date` alone.
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False)
    place = models.CharField(max_length=200, blank=True)
    attendance_stated = models.CharField(
        max_length=100, blank=True, help_text=gettext_lazy("As the record says it.")
    )
    attendance = models.PositiveIntegerField(null=True, blank=True, help_text=gettext_lazy("As a number."))
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    # A draft is announced then by itself; see events.publishing.
    publish_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    # By the clock, where that is known: for calendars. The days of `date` stay what is on record.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    takes_sign_ups = models.BooleanField(default=False)
    capacity = models.PositiveIntegerField(
        null=True, blank=True, help_text=gettext_lazy("Empty: as many as come.")
    )
    sign_up_until = models.DateTimeField(null=True, blank=True)
    joining_note = models.TextField(
        blank=True,
        help_text=gettext_lazy("Told only to those who signed up: the way in, the link of a call."),
    )
    is_invented = models.BooleanField(
        default=False, help_text=gettext_lazy("Its write-up and notes are demonstration.")
    )
    people = models.ManyToManyField(Person, through="EventOrganiser", related_name="organised_events")
    principle_sets = models.ManyToManyField(PrincipleSet, blank=True, related_name="events")
    tags = TaggableManager(blank=True)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("name", "place", "summary", "attendance_stated", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="one_event_per_place_in_a_series"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="events_found"),
            models.Index(fields=["changed_at", "id"], name="events_changed"),
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
    def hours(self) -> str:
        """By the clock of the place: "10:30 to 16:00"; empty where that is not known."""
        known = [localtime(at).strftime("%H:%M") for at in (self.starts_at, self.ends_at) if at]
        if len(known) == 2:
            return _("%(start)s to %(end)s") % {"start": known[0], "end": known[1]}
        return "".join(known)

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

    def is_facilitated_by(self, viewer: "Viewer") -> bool:
        return Event.objects.facilitated_by(viewer).filter(pk=self.pk).exists()

    def is_moderated_by(self, viewer: "Viewer") -> bool:
        return Event.objects.moderated_by(viewer).filter(pk=self.pk).exists()

    def is_transcribed_by(self, viewer: "Viewer") -> bool:
        return Event.objects.transcribed_by(viewer).filter(pk=self.pk).exists()

    def is_researched_by(self, viewer: "Viewer") -> bool:
        return Event.objects.researched_by(viewer).filter(pk=self.pk).exists()
