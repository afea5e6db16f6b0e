"""Photographs of walls and sheets, the boxes on them that show one note each, and how they were matched."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from coproduce.images.sizes import PhotographFiles
from events.models import Event
from people.models import Person
from responses.models.boards import Board, Station
from responses.models.notes import UNCOVERED, Note, NoteQuerySet

if TYPE_CHECKING:
    from people.guests import Viewer


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, viewer: "Viewer") -> "PhotoQuerySet":
        """Photographs `viewer` may see, and so their files: on show, or all for those who work on the walls.

        One that was taken down is visible to nobody.
        """
        within = models.Q(pk__in=Photo.objects.on_show().values("pk"))
        if viewer.person:
            within |= models.Q(event__in=Event.objects.transcribed_by(viewer))
        return self.standing().filter(within, event__in=Event.objects.visible_to(viewer))

    def once_visible_to(self, viewer: "Viewer") -> "PhotoQuerySet":
        """Those taken down, whose addresses still answer whoever may see their event."""
        return self.exclude(taken_down_at=None).filter(event__in=Event.objects.visible_to(viewer))

    def run_by(self, viewer: "Viewer") -> "PhotoQuerySet":
        return self.filter(event__in=Event.objects.run_by(viewer))

    def transcribed_by(self, viewer: "Viewer") -> "PhotoQuerySet":
        return self.filter(event__in=Event.objects.transcribed_by(viewer))

    def standing(self) -> "PhotoQuerySet":
        return self.filter(taken_down_at=None)

    def made(self) -> "PhotoQuerySet":
        """Those whose files are there."""
        return self.standing().filter(making=Photo.Making.MADE)

    def on_show(self) -> "PhotoQuerySet":
        """Published, with nothing left to cover, and showing no note that is not for everybody.

        A note that is withdrawn, hidden or kept to its room takes every photograph that shows it
        off the record at once, until its box is covered on it. Where under-18s may take part,
        no photograph is on show.
        """
        shows_too_much = Region.objects.uncovered().filter(photo=models.OuterRef("pk")).not_for_everybody()
        published = self.made().filter(published_at__isnull=False, covers=[])
        return published.without_under_18s().exclude(models.Exists(shows_too_much))

    def without_under_18s(self) -> "PhotoQuerySet":
        """Those of which no board, and no heading of a box on them, is one where under-18s may take part."""
        boxes = Region.objects.uncovered().filter(photo=models.OuterRef("pk"))
        theirs = boxes.filter(station__board__may_include_under_18s=True)
        return self.exclude(board__may_include_under_18s=True).exclude(models.Exists(theirs))

    def for_cut_outs(self) -> "PhotoQuerySet":
        """Those of which whoever may not see the whole photograph may be shown a box."""
        return self.made().filter(covers=[]).without_under_18s()

    def in_order(self) -> "PhotoQuerySet":
        return self.order_by("event", "position", "pk")


class Photo(models.Model):
    """A photographed wall or sheet. Taking it down deletes its files and keeps a row that says so."""

    class Making(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waits to be made ready")
        MADE = "made", gettext_lazy("Ready")
        FAILED = "failed", gettext_lazy("Could not be made ready")

    class Basis(models.TextChoices):
        NOBODY = "nobody", gettext_lazy("Nobody can be recognised on it")
        AGREED = "agreed", gettext_lazy("Everybody who can be recognised agreed to it")
        NOTICE = (
            "notice",
            gettext_lazy("People were told that photographs would be published, and could keep out of them"),
        )
        COVERED = "covered", gettext_lazy("Everybody who could be recognised has been covered")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="photos")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="photos")
    station = models.ForeignKey(
        Station, models.SET_NULL, null=True, blank=True, related_name="photos",
        help_text=gettext_lazy("Where it shows one sheet only: the heading of new boxes on it."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(default=0)
    # Made where the photograph was chosen, before it was sent.
    key = models.UUIDField(editable=False)
    # SHA-256 of the file as it was sent; empty once something on it is covered, or it is taken down.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    # The folder of its files; empty once they are gone.
    files = models.CharField(max_length=32, blank=True, editable=False)
    # Of the upright picture, in pixels, before it is made ready too.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    making = models.CharField(max_length=7, choices=Making, default=Making.WAITING, editable=False)
    trouble = models.CharField(
        max_length=300, blank=True, editable=False, help_text=gettext_lazy("Why it could not.")
    )
    # Tiles for looking closely, in per cent of those there will be.
    zoom = models.PositiveSmallIntegerField(default=0, editable=False)
    # Boxes [x, y, width, height] in pixels that are still to be covered for good.
    covers = models.JSONField(default=list, blank=True, editable=False)
    alt = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What it shows, for whoever cannot see it.")
    )
    caption = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=7, choices=Basis, blank=True)
    basis_note = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Where that is written down.")
    )
    words_basis = models.CharField(
        max_length=300, blank=True,
        help_text=gettext_lazy(
            "On what basis the notes on it may be read by everybody; empty where they may not."
        ),
    )  # fmt: skip
    added_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="photos")
    published_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text=gettext_lazy("Why it was taken down."))

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_photo_per_key"),
            models.UniqueConstraint(
                fields=["event", "digest"], condition=~models.Q(digest=""), name="one_photo_per_file"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | (~models.Q(alt="") & ~models.Q(basis="")),
                name="a_published_photo_has_words_and_a_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_down_at=None)
                | models.Q(files="", digest="", alt="", caption="", covers=[], published_at=None),
                name="a_photo_taken_down_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or _("Photograph %(position)s") % {"position": self.position}

    def get_absolute_url(self) -> str:
        return reverse("photo", args=[self.identifier])

    @property
    def files_address(self) -> str:
        """Where its files are asked for, each by its name."""
        return f"{self.get_absolute_url()}files/"

    @property
    def renditions(self) -> PhotographFiles:
        """The files that may be shown."""
        return PhotographFiles(self.files, self.width, self.height)

    @property
    def is_made(self) -> bool:
        return self.making == self.Making.MADE


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, viewer: "Viewer") -> "RegionQuerySet":
        """Boxes, and so their close-ups, as far as `viewer` may see both the photograph and the note.

        Those who work on the walls see every box; whoever was asked to read for it sees the notes
        they were asked about.
        """
        notes, photos = Note.objects, Photo.objects
        within = models.Q(note__in=notes.visible_to(viewer), photo__in=photos.visible_to(viewer))
        if viewer.person:
            within |= models.Q(photo__in=photos.standing().transcribed_by(viewer))
        if viewer.reads_for:
            asked = models.Q(photo__event=viewer.reads_for, note__in=Note.objects.readable_on_paper())
            within |= asked & models.Q(photo__in=photos.for_cut_outs())
        return self.uncovered().filter(within, photo__event__in=Event.objects.visible_to(viewer))

    def uncovered(self) -> "RegionQuerySet":
        return self.filter(covered_at=None)

    def not_for_everybody(self) -> "RegionQuerySet":
        """Boxes that show a note which not everybody may read; a merged one goes with what it says again."""
        shown = Note.objects.standing().filter(UNCOVERED).values("pk")
        merged = models.Q(merged_into=None) | models.Q(merged_into__in=shown)
        everybody = models.Q(pk__in=shown, consent__public=True) & merged
        return self.filter(note__in=Note.objects.exclude(everybody))

    def in_order(self) -> "RegionQuerySet":
        return self.order_by("photo", "number")


class Region(models.Model):
    """A box on a photograph that shows one note; in pixels of the upright picture, from its top left."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="regions")
    number = models.PositiveSmallIntegerField(help_text=gettext_lazy("What is written beside the box."))
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    station = models.ForeignKey(Station, models.PROTECT, null=True, blank=True, related_name="regions")
    # None until it is known which note it shows.
    note = models.ForeignKey(Note, models.SET_NULL, null=True, blank=True, related_name="regions")
    # The note it showed before it was matched, which comes back when that is undone.
    before = models.ForeignKey(Note, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    matching = models.ForeignKey(
        "Matching", models.SET_NULL, null=True, blank=True, related_name="regions", editable=False
    )
    covered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["photo", "number"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "number"], name="one_region_per_number"),
            models.CheckConstraint(
                condition=models.Q(width__gte=1, height__gte=1), name="a_region_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"Box {self.number} on {self.photo}"

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in pixels."""
        return self.x, self.y, self.width, self.height

    @property
    def xywh(self) -> str:
        """The same as a media fragment says it."""
        return ",".join(map(str, self.box))

    @property
    def close_up_address(self) -> str:
        """Its cut-out as a picture; the box is part of the address: a moved one is another picture."""
        return reverse("close_up", args=[self.identifier, "-".join(map(str, self.box))])


class MatchingQuerySet(models.QuerySet["Matching"]):
    def visible_to(self, viewer: "Viewer") -> "MatchingQuerySet":
        return self.filter(board__in=Board.objects.transcribed_by(viewer))


class Matching(models.Model):
    """Boxes that somebody confirmed to show notes of a transcript, all at once; can be undone at once."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="matchings")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="matchings")
    number = models.PositiveIntegerField(help_text=gettext_lazy("How many boxes it gave a note."))
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MatchingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} boxes matched on {self.board}"


def notes_to_read_by(viewer: "Viewer") -> NoteQuerySet:
    """Notes on paper that `viewer` may read at the desk.

    Those who transcribe the event read all of it, with a picture or without; whoever holds a link that
    asks the room what has a picture; and whoever signed in what everybody may see the picture of.
    """
    notes = Note.objects.readable_on_paper().filter(board__in=Board.objects.visible_to(viewer))
    within = models.Q(pk__in=[])
    if viewer.reads_for:
        pictured = Region.objects.uncovered().filter(photo__in=Photo.objects.for_cut_outs())
        within |= models.Q(board__event=viewer.reads_for, pk__in=pictured.values("note"))
    if viewer.person:
        on_show = Region.objects.uncovered().filter(photo__in=Photo.objects.on_show())
        public = Note.objects.visible_to(viewer).filter(pk__in=on_show.values("note"))
        within |= models.Q(board__in=Board.objects.transcribed_by(viewer)) | models.Q(
            pk__in=public.values("pk")
        )
    return notes.filter(within)
