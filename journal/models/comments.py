"""Comments on posts and records."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from journal.models.posts import Post
from journal.models.sent import Sent, State
from journal.spam.writers import writers_of
from people.models import Person
from responses.models import Mark
from responses.receipts import hash_of

if TYPE_CHECKING:
    from people.guests import Viewer


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: "Viewer") -> "CommentQuerySet":
        """Shown ones with their post or record; those that wait for those who moderate there."""
        there = Q(post__in=Post.objects.visible_to(viewer)) | Q(event__in=Event.objects.visible_to(viewer))
        shown = Q(state=State.SHOWN) & there
        within = shown | self._moderated_by(viewer) if viewer.person else shown
        return self.filter(within).exclude(state=State.WITHDRAWN)

    def moderated_by(self, viewer: "Viewer") -> "CommentQuerySet":
        """Those whose showing this viewer decides upon."""
        return self if viewer.moderates_all else self.filter(self._moderated_by(viewer))

    def once_visible_to(self, viewer: "Viewer") -> "CommentQuerySet":
        """Those that stood on a page this viewer may see and stand there no longer."""
        there = Q(post__in=Post.objects.visible_to(viewer)) | Q(event__in=Event.objects.visible_to(viewer))
        return self.exclude(state=State.SHOWN).filter(there, shown_at__isnull=False)

    def of(self, viewer: "Viewer") -> "CommentQuerySet":
        """Written with this browser or account; what was taken back is nobody's."""
        written = Q(writer__in=writers_of(viewer)) if viewer.key else Q(pk__in=[])
        return self.filter(written | Q(person=viewer.person) if viewer.person else written)

    def with_receipt(self, code: str) -> "CommentQuerySet":
        """The one whose code this is, however it was typed."""
        return self.filter(receipt_hash=hash_of(code))

    def shown(self) -> "CommentQuerySet":
        return self.filter(state=State.SHOWN)

    def held(self) -> "CommentQuerySet":
        return self.filter(state=State.HELD)

    @staticmethod
    def _moderated_by(viewer: "Viewer") -> Q:
        if viewer.moderates_all:
            # An empty Q() would vanish beside another condition.
            return ~Q(pk__in=[])
        posts, events = Post.objects.run_by(viewer), Event.objects.moderated_by(viewer)
        return Q(post__in=posts) | Q(event__in=events)


class Comment(Sent):
    """One comment, of plain text, or an answer to one."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="comments")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="comments")
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answered_by",
        help_text=gettext_lazy("The comment it answers, which answers none itself."),
    )  # fmt: skip
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.NOT_RECORDED)
    name = models.CharField(max_length=100, blank=True)
    # Whoever signed in is named by their record.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="comments")
    text = models.TextField(blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) ^ Q(event__isnull=True),
                name="a_comment_is_on_a_post_or_a_record",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(text="", name="", email="", person=None),
                name="a_withdrawn_comment_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(state="held"), name="comments_held"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.identifier}"

    def get_absolute_url(self) -> str:
        return f"{(self.post or self.event).get_absolute_url()}#c-{self.identifier}"
