"""Drawings: a picture, the group that made it and the expression that sums it up."""

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
from coproduce.images.sizes import PictureFiles
from events.models import Quotation
from people.models import Consent
from responses.models.activities import COVERING, Activity, KindManager, Participant
from responses.models.notes import Moderation
from responses.receipts import hash_of

if TYPE_CHECKING:
    from people.guests import Viewer


class Drawing(Activity):
    """An activity: groups draw, and show what they drew."""

    KIND = Activity.Kind.DRAWING

    objects = KindManager()

    class Meta:
        proxy = True


# What hangs: shown, and not on a drawing that covers what others hung until it closes (`Activity.covers`).
COVERED = models.Q(
    drawing__hides_until_reveal=True, drawing__state=Activity.State.OPEN, drawing__phase__in=COVERING
)
ON_THE_WALL = models.Q(moderation=Moderation.SHOWN) & ~COVERED


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, viewer: "Viewer") -> "PictureQuerySet":
        """Pictures `viewer` may see, and so their files; a withdrawn one is visible to nobody.

        Of those that hang the public ones, or all for those in the room. Those who run the event
        also see what waits, is hidden or covered, and everybody sees their own.
        """
        return self.standing()._in_sight_of(viewer)

    def once_visible_to(self, viewer: "Viewer") -> "PictureQuerySet":
        """Withdrawn pictures that this viewer could see before: whom their tombstones are for."""
        return self.exclude(withdrawn_at=None)._in_sight_of(viewer)

    def _in_sight_of(self, viewer: "Viewer") -> "PictureQuerySet":
        sees = models.Q(consent__public=True)
        if not viewer.is_anybody:
            room = Participant.objects.of(viewer).in_the_room()
            sees |= models.Q(drawing__in=room.values("activity"))
        if viewer.screen_of:
            sees |= models.Q(drawing=viewer.screen_of)
        within = sees & ON_THE_WALL
        if not viewer.is_anybody:
            within |= models.Q(participant__in=Participant.objects.of(viewer))
        if viewer.person:
            within |= models.Q(drawing__in=Drawing.objects.moderated_by(viewer))
        return self.filter(within, drawing__in=Drawing.objects.visible_to(viewer))

    def standing(self) -> "PictureQuerySet":
        return self.filter(withdrawn_at=None)

    def hanging(self) -> "PictureQuerySet":
        """Neither withdrawn, nor waiting, hidden or covered."""
        return self.standing().filter(ON_THE_WALL)

    def of(self, viewer: "Viewer") -> "PictureQuerySet":
        """The viewer's own pictures, on every drawing."""
        return self.filter(participant__in=Participant.objects.of(viewer))

    def moderated_by(self, viewer: "Viewer") -> "PictureQuerySet":
        return self.filter(drawing__in=Drawing.objects.moderated_by(viewer))

    def with_receipt(self, typed: str) -> "PictureQuerySet":
        """The picture whose receipt this is, however it was typed; whoever holds it may see it."""
        return self.filter(receipt_hash=hash_of(typed))

    def for_showing(self) -> "PictureQuerySet":
        return self.select_related("drawing__event__series", "consent", "participant", "quotation")


class Picture(models.Model):
    """One drawing, uploaded or photographed. Withdrawal empties it and deletes its files."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="pictures")
    number = models.PositiveIntegerField(help_text=gettext_lazy("Its place in the gallery."))
    key = models.UUIDField(editable=False)
    # The folder of its files; empty once they are gone.
    files = models.CharField(max_length=32, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    group = models.CharField(max_length=100, blank=True)
    alt = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What it shows, for whoever cannot see it.")
    )
    quotation = models.OneToOneField(
        Quotation, models.SET_NULL, null=True, blank=True, related_name="picture"
    )
    expression = models.CharField(max_length=300, blank=True)
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="pictures"
    )
    receipt_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="pictures")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    moderation = models.CharField(max_length=7, choices=Moderation, default=Moderation.SHOWN)
    moderation_why = models.CharField(max_length=300, blank=True)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("expression", "alt", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["drawing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["drawing", "key"], name="one_picture_per_key"),
            models.UniqueConstraint(fields=["drawing", "number"], name="one_picture_per_number"),
            models.CheckConstraint(
                condition=models.Q(
                    withdrawn_at__isnull=False, files="", group="", alt="", expression="", quotation=None
                )
                | (models.Q(withdrawn_at=None) & ~models.Q(files="")),
                name="a_withdrawn_picture_is_empty",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="pictures_found"),
            models.Index(fields=["changed_at", "id"], name="pictures_changed"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.identifier])

    @property
    def files_address(self) -> str:
        """Where its files are asked for, each by its name."""
        return f"{self.get_absolute_url()}files/"

    @property
    def label(self) -> str:
        return _("Drawing %(number)s") % {"number": self.number}

    @property
    def renditions(self) -> PictureFiles:
        """The files that may be shown."""
        return PictureFiles(self.files, self.width, self.height)
