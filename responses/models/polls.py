"""Polls: what people want to learn and to share, and how the room chose among it."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import AgendaItem
from people.models import Consent, Person
from responses.models.activities import Activity, KindManager, Participant
from responses.models.notes import Moderation, Origin

if TYPE_CHECKING:
    from people.guests import Viewer


class Poll(Activity):
    """An activity: people propose options and approve of any number of them, or rank them."""

    KIND = Activity.Kind.POLL

    objects = KindManager()

    class Meta:
        proxy = True


class OptionQuerySet(models.QuerySet["Option"]):
    def visible_to(self, viewer: "Viewer") -> "OptionQuerySet":
        """Those whose words `viewer` may read; a withdrawn one is visible to nobody.

        On the list: the public ones, or all for those in the room. Those who run the event
        also see what waits or is hidden, and everybody sees their own.
        """
        return self.standing()._in_sight_of(viewer)

    def once_visible_to(self, viewer: "Viewer") -> "OptionQuerySet":
        """Withdrawn options that this viewer could see before: whom their tombstones are for."""
        return self.exclude(withdrawn_at=None)._in_sight_of(viewer)

    def _in_sight_of(self, viewer: "Viewer") -> "OptionQuerySet":
        sees = models.Q(consent__public=True)
        if not viewer.is_anybody:
            sees |= models.Q(poll__in=Participant.objects.of(viewer).in_the_room().values("activity"))
        if viewer.screen_of:
            sees |= models.Q(poll=viewer.screen_of)
        within = sees & models.Q(moderation=Moderation.SHOWN)
        if not viewer.is_anybody:
            within |= models.Q(participant__in=Participant.objects.of(viewer))
        if viewer.person:
            within |= models.Q(poll__in=Poll.objects.moderated_by(viewer))
        return self.filter(within, poll__in=Poll.objects.visible_to(viewer))

    def standing(self) -> "OptionQuerySet":
        return self.filter(withdrawn_at=None)

    def on_the_list(self) -> "OptionQuerySet":
        """Those that can be chosen: neither withdrawn, nor waiting or hidden."""
        return self.standing().filter(moderation=Moderation.SHOWN)

    def of(self, viewer: "Viewer") -> "OptionQuerySet":
        """The viewer's own suggestions, in every poll."""
        return self.filter(participant__in=Participant.objects.of(viewer))

    def moderated_by(self, viewer: "Viewer") -> "OptionQuerySet":
        return self.filter(poll__in=Poll.objects.moderated_by(viewer))


class Option(models.Model):
    """One suggestion of a poll, by the organisers or by somebody in the room."""

    class Wish(models.TextChoices):
        LEARN = "learn", gettext_lazy("Want to learn")
        SHARE = "share", gettext_lazy("Want to share")
        ANY = "any", gettext_lazy("Suggestion")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="options")
    number = models.PositiveIntegerField(help_text=gettext_lazy("Its place on the list."))
    key = models.UUIDField(editable=False)
    wish = models.CharField(max_length=5, choices=Wish, default=Wish.ANY)
    text = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=15, choices=Origin, default=Origin.OWN_DEVICE)
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="options"
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="options")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="options")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    moderation = models.CharField(max_length=7, choices=Moderation, default=Moderation.SHOWN)
    moderation_why = models.CharField(max_length=300, blank=True)
    # What became of it: an item of the day, or why not.
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="options"
    )
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Raised hands for it, entered by the facilitator for people without a phone.
    counted_in_room = models.PositiveIntegerField(default=0)

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ["poll", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "key"], name="one_option_per_key"),
            models.UniqueConstraint(fields=["poll", "number"], name="one_option_per_number"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=False, text="")
                | (models.Q(withdrawn_at=None) & ~models.Q(text="")),
                name="a_standing_option_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.label

    def get_absolute_url(self) -> str:
        return reverse("option", args=[self.identifier])

    @property
    def label(self) -> str:
        return _("Suggestion %(number)s") % {"number": self.number}


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def of(self, viewer: "Viewer") -> "ChoiceQuerySet":
        """What `viewer` chose, in every poll; nobody sees what others chose."""
        return self.filter(participant__in=Participant.objects.of(viewer))


class Choice(models.Model):
    """One participant's approval of an option, or the place they gave it: 1 is the first."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="choices")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="choices"
    )
    # One for all choices of a participant: people are still counted when nobody can tell who they were.
    ballot = models.UUIDField(editable=False)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["participant", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["option", "participant"], name="one_choice_per_option"),
            models.UniqueConstraint(fields=["participant", "rank"], name="one_option_per_rank"),
        ]

    def __str__(self) -> str:
        return f"A choice of {self.option}"
