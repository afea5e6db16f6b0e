"""Texts that people edit together: the write-up of an event, the text of a post.

A text is a list of blocks (`journal.blocks`). Photographs, films, quotations, stories and files are
rows of their own that a block names, so that what is withdrawn is gone from every version at once.
"""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.models.posts import Post
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class WritingQuerySet(models.QuerySet["Writing"]):
    def visible_to(self, viewer: "Viewer") -> "WritingQuerySet":
        """With the event or post it belongs to; which version shows is `Version`'s rule."""
        return self.filter(
            models.Q(event__in=Event.objects.visible_to(viewer))
            | models.Q(post__in=Post.objects.visible_to(viewer))
        )

    def run_by(self, viewer: "Viewer") -> "WritingQuerySet":
        """Those this viewer may write in."""
        return self.filter(
            models.Q(event__in=Event.objects.run_by(viewer)) | models.Q(post__in=Post.objects.run_by(viewer))
        )


class Writing(models.Model):
    """The text of one event or one post."""

    event = models.OneToOneField(Event, models.CASCADE, null=True, blank=True, related_name="writing")
    post = models.OneToOneField(Post, models.CASCADE, null=True, blank=True, related_name="writing")
    # The number of its latest version, and of the one that readers see; nothing is saved while it is 0.
    version = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(null=True, blank=True)

    objects = WritingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__isnull=True) ^ models.Q(post__isnull=True),
                name="a_writing_is_of_an_event_or_a_post",
            ),
            models.CheckConstraint(
                condition=models.Q(shown=None) | models.Q(shown__lte=models.F("version"), shown__gte=1),
                name="a_writing_shows_a_version_it_has",
            ),
        ]

    def __str__(self) -> str:
        return f"The text of {self.of}"

    @property
    def of(self) -> "Event | Post":
        """What it is the text of."""
        return self.event or self.post


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, viewer: "Viewer") -> "VersionQuerySet":
        """Those that readers saw once, with their event or post; all for those who write."""
        once = models.Q(published_at__isnull=False, writing__in=Writing.objects.visible_to(viewer))
        mine = models.Q(writing__in=Writing.objects.run_by(viewer))
        return self.filter(once | mine if viewer.person else once)


class Version(models.Model):
    """A text as it was saved once. Rows are only ever added; a published one is cited by its number."""

    writing = models.ForeignKey(Writing, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    blocks = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="versions_written")
    why = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("What changed and why, for readers.")
    )
    is_correction = models.BooleanField(default=False, help_text=gettext_lazy("It puts a mistake right."))
    published_at = models.DateTimeField(null=True, blank=True)
    # Of its own words; what it cites is found by itself, while it stands.
    search = models.GeneratedField(
        expression=models.Func("blocks", function="blocks_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["writing", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["writing", "number"], name="one_version_per_number"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="versions_found"),
        ]

    def __str__(self) -> str:
        return f"{self.writing}, version {self.number}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, viewer: "Viewer") -> "DraftQuerySet":
        """Nobody's but one's own."""
        if viewer.person is None:
            return self.none()
        return self.filter(person=viewer.person, writing__in=Writing.objects.run_by(viewer))


class Draft(models.Model):
    """What one person is typing and has not saved as a version; kept by itself as they type."""

    writing = models.ForeignKey(Writing, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    # The version they began from; while it is the latest one, theirs can be saved as the next.
    based_on = models.PositiveIntegerField(default=0)
    blocks = models.JSONField(default=list)
    # Counts the times it was kept, so that an old window does not undo a newer one.
    number = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["writing", "person"], name="one_draft_per_person"),
        ]

    def __str__(self) -> str:
        return f"A draft of {self.writing}"
