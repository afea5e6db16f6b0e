"""What stands beside the words of a text: films, files and pictures of the journal."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from coproduce.images.sizes import PictureFiles
from journal.models.stories import Story
from journal.models.writings import Writing
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class FilmQuerySet(models.QuerySet["Film"]):
    def visible_to(self, viewer: "Viewer") -> "FilmQuerySet":
        """On show where the text it belongs to is; before that for those who write it."""
        on_show = models.Q(is_shown=True, writing__in=Writing.objects.visible_to(viewer))
        mine = models.Q(writing__in=Writing.objects.run_by(viewer))
        return self.filter(on_show | mine if viewer.person else on_show)


class Film(models.Model):
    """A film kept by another website. Nothing of it is fetched until a reader asks for it."""

    class Host(models.TextChoices):
        YOUTUBE = "youtube", "YouTube"
        VIMEO = "vimeo", "Vimeo"
        INTERNET_ARCHIVE = "archive", "Internet Archive"

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    writing = models.ForeignKey(Writing, models.CASCADE, related_name="films")
    host = models.CharField(max_length=10, choices=Host)
    # What the host calls it; addresses are built from this and from nothing else.
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    length = models.CharField(max_length=40, blank=True, help_text=gettext_lazy("For example: 4 minutes."))
    alternative = models.TextField(
        help_text=gettext_lazy("What is said and shown, for whoever cannot watch it.")
    )
    # Whether the version that readers see has it; kept by whoever publishes one.
    is_shown = models.BooleanField(default=False, editable=False)

    objects = FilmQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("film", args=[self.identifier])


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, viewer: "Viewer") -> "AttachmentQuerySet":
        """As a film; one that was withdrawn is visible to nobody."""
        on_show = models.Q(is_shown=True, writing__in=Writing.objects.visible_to(viewer))
        mine = models.Q(writing__in=Writing.objects.run_by(viewer))
        return self.filter(on_show | mine if viewer.person else on_show, withdrawn_at=None)

    def once_visible_to(self, viewer: "Viewer") -> "AttachmentQuerySet":
        """Those withdrawn that this viewer could take before: whom their tombstones are for."""
        seen = models.Q(was_shown=True, writing__in=Writing.objects.visible_to(viewer))
        mine = models.Q(writing__in=Writing.objects.run_by(viewer))
        return self.exclude(withdrawn_at=None).filter(seen | mine if viewer.person else seen)


class Attachment(models.Model):
    """A file to take away: PDF, or one of an office programme without macros."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    writing = models.ForeignKey(Writing, models.CASCADE, related_name="attachments")
    title = models.CharField(max_length=200)
    version = models.CharField(
        max_length=40, blank=True, help_text=gettext_lazy("For example: 2, or May 2026.")
    )
    # What it is called when somebody saves it, made from its title; and its kind, by its ending.
    file_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=5)
    # The folder it is kept in; empty once it is withdrawn.
    folder = models.CharField(max_length=32, blank=True, editable=False)
    size = models.PositiveIntegerField(help_text=gettext_lazy("In bytes."))
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256.")
    added_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="attachments")
    is_shown = models.BooleanField(default=False, editable=False)
    # Whether readers could take it when it was withdrawn.
    was_shown = models.BooleanField(default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.identifier])


class IllustrationQuerySet(models.QuerySet["Illustration"]):
    def visible_to(self, viewer: "Viewer") -> "IllustrationQuerySet":
        """With the text that shows it or the story it came with; withdrawn ones for nobody."""
        on_show = models.Q(is_shown=True, writing__in=Writing.objects.visible_to(viewer))
        sent = models.Q(story__in=Story.objects.visible_to(viewer))
        mine = models.Q(writing__in=Writing.objects.run_by(viewer))
        within = on_show | sent | mine if viewer.person else on_show | sent
        return self.filter(within, withdrawn_at=None)


class Illustration(models.Model):
    """A picture of a post or a story. Those of an event are `responses.models.Photo`."""

    class Basis(models.TextChoices):
        NOBODY = "nobody", gettext_lazy("Nobody can be recognised on it")
        AGREED = "agreed", gettext_lazy("Everybody who can be recognised agreed to it")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    writing = models.ForeignKey(Writing, models.CASCADE, null=True, blank=True, related_name="illustrations")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="illustrations")
    files = models.CharField(max_length=32, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What it shows, for whoever cannot see it.")
    )
    caption = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=7, choices=Basis, blank=True)
    basis_note = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("Where that is written down.")
    )
    added_at = models.DateTimeField(default=timezone.now)
    is_shown = models.BooleanField(default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = IllustrationQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(writing__isnull=True) ^ models.Q(story__isnull=True),
                name="an_illustration_is_of_a_text_or_a_story",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(files="", alt="", caption=""),
                name="a_withdrawn_illustration_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or _("Picture %(identifier)s") % {"identifier": self.identifier}

    @property
    def files_address(self) -> str:
        """Where its files are asked for, each by its name."""
        return f"/illustrations/{self.identifier}/"

    @property
    def renditions(self) -> PictureFiles:
        """The files that may be shown."""
        return PictureFiles(self.files, self.width, self.height)
