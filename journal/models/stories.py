"""Calls for stories, and the stories people send in."""

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from journal.models.sent import Sent, State
from people.models import Consent, Person
from responses.receipts import hash_of

LEFT_OUT = re.compile(r"\[?(?:…|\.\.\.)\]?")

if TYPE_CHECKING:
    from people.guests import Viewer


class StoryCallQuerySet(models.QuerySet["StoryCall"]):
    def visible_to(self, viewer: "Viewer") -> "StoryCallQuerySet":
        """Published ones for everyone; others for whoever began them and stewards."""
        if viewer.is_steward:
            return self
        public = Q(opens_at__lte=timezone.now())
        return self.filter(public | Q(by=viewer.person) if viewer.person else public)

    def run_by(self, viewer: "Viewer") -> "StoryCallQuerySet":
        if viewer.is_steward:
            return self
        # Who organises no more reads no more what people told in confidence.
        return self.filter(by=viewer.person) if viewer.may_organise else self.none()

    def open(self) -> "StoryCallQuerySet":
        """Those that take stories today."""
        now = timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=now), opens_at__lte=now)


class StoryCall(models.Model):
    """A prompt with a deadline."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    prompt = models.TextField(help_text=gettext_lazy("Plain text: what people are asked to tell."))
    topics = models.JSONField(
        default=list, blank=True, help_text=gettext_lazy("What a story may be about, one each.")
    )
    events = models.ManyToManyField(Event, blank=True, related_name="story_calls")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="story_calls", editable=False
    )
    is_invented = models.BooleanField(default=False)

    objects = StoryCallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story_call", args=[self.slug])

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        begun = self.opens_at is not None and self.opens_at <= now
        return begun and (self.closes_at is None or self.closes_at > now)

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    def is_run_by(self, viewer: "Viewer") -> bool:
        return StoryCall.objects.run_by(viewer).filter(pk=self.pk).exists()


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, viewer: "Viewer") -> "StoryQuerySet":
        """Shown ones whose tellers let everybody read them; all but withdrawn ones for moderators."""
        calls = StoryCall.objects.visible_to(viewer)
        shown = Q(state=State.SHOWN, consent__public=True, call__in=calls)
        within = shown | self._moderated_by(viewer) if viewer.person else shown
        return self.filter(within).exclude(state=State.WITHDRAWN)

    def once_visible_to(self, viewer: "Viewer") -> "StoryQuerySet":
        """Those of calls this viewer may see that were shown once and were taken back since."""
        calls = StoryCall.objects.visible_to(viewer)
        return self.filter(state=State.WITHDRAWN, call__in=calls).exclude(shown_at=None)

    def with_receipt(self, typed: str) -> "StoryQuerySet":
        """The one whose code was typed, in any case and spacing: a right of sight of its own."""
        return self.filter(receipt_hash=hash_of(typed))

    def shown(self) -> "StoryQuerySet":
        return self.filter(state=State.SHOWN, consent__public=True)

    def moderated_by(self, viewer: "Viewer") -> "StoryQuerySet":
        return self if viewer.moderates_all else self.filter(self._moderated_by(viewer))

    def held(self) -> "StoryQuerySet":
        return self.filter(state=State.HELD)

    @staticmethod
    def _moderated_by(viewer: "Viewer") -> Q:
        # An empty Q() would vanish beside another condition.
        every = ~Q(pk__in=[])
        return every if viewer.moderates_all else Q(call__in=StoryCall.objects.run_by(viewer))


class Story(Sent):
    """One story: words, pictures, or the transcript of a recording."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    call = models.ForeignKey(StoryCall, models.PROTECT, related_name="stories")
    title = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    is_transcript = models.BooleanField(
        default=False, help_text=gettext_lazy("Written down from a recording.")
    )
    name = models.CharField(max_length=100, blank=True, help_text=gettext_lazy("Shown where they chose it."))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="stories")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="stories")
    consented_at = models.DateTimeField(default=timezone.now)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", "topic", "text", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(text="", title="", name="", email="", person=None),
                name="a_withdrawn_story_is_empty",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="stories_found"),
            models.Index(fields=["changed_at", "id"], name="stories_changed"),
            models.Index(fields=["sent_at"], condition=Q(state="held"), name="stories_held"),
        ]

    def __str__(self) -> str:
        return self.title or _("Story %(identifier)s") % {"identifier": self.identifier}

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.identifier])

    def says(self, words: str) -> bool:
        """Whether it says these words as it stands now; "…" and "[…]" stand for what is left out."""
        told = " ".join(self.text.lower().split())
        return all(" ".join(part.split()) in told for part in LEFT_OUT.split(words.lower()))
