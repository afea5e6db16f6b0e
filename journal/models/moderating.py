"""Reports, decisions about what people sent in, and what was learned from them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event
from journal.models.comments import Comment
from journal.models.posts import Post
from journal.models.sent import State
from journal.models.stories import Story
from people.models import Person
from people.models.conditions import exactly_one
from responses.models import Note, Option, Photo, Picture

if TYPE_CHECKING:
    from people.guests import Viewer

# What a report can be about; exactly one of these columns is filled.
REPORTED = ("note", "option", "picture", "photo", "comment", "story", "post", "event")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, viewer: "Viewer") -> "ReportQuerySet":
        """For those who moderate where the thing stands; nobody else learns who reported what."""
        if viewer.moderates_all:
            return self
        if viewer.person is None:
            return self.none()
        events = Event.objects.moderated_by(viewer)
        return self.filter(
            Q(note__board__event__in=events)
            | Q(option__poll__event__in=events)
            | Q(picture__drawing__event__in=events)
            | Q(photo__event__in=events)
            | Q(event__in=events)
            | Q(comment__in=Comment.objects.moderated_by(viewer))
            | Q(story__in=Story.objects.moderated_by(viewer))
            | Q(post__in=Post.objects.run_by(viewer))
        )

    def open(self) -> "ReportQuerySet":
        return self.filter(outcome="")


class Report(models.Model):
    """Somebody says that something here should be looked at. No log-in is needed."""

    class Reason(models.TextChoices):
        CHILD = "child", gettext_lazy("A child may be at risk")
        THREAT = "threat", gettext_lazy("It threatens somebody")
        PERSONAL = "personal", gettext_lazy("It tells something private about a person")
        INTIMATE = "intimate", gettext_lazy("An intimate picture")
        SPAM = "spam", gettext_lazy("It is advertising or a fraud")
        WRONG = "wrong", gettext_lazy("It is not right, or not what was said")
        OTHER = "other", gettext_lazy("Something else")

    # What is hidden at once, before anybody looked.
    URGENT = (Reason.CHILD, Reason.THREAT, Reason.PERSONAL, Reason.INTIMATE)

    class Outcome(models.TextChoices):
        UPHELD = "upheld", gettext_lazy("It was taken away or changed")
        DISMISSED = "dismissed", gettext_lazy("It stays")

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="reports")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="reports")
    picture = models.ForeignKey(Picture, models.CASCADE, null=True, blank=True, related_name="reports")
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, blank=True, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reports")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="reports")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="reports")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="reports")
    key = models.UUIDField(unique=True, editable=False)
    reason = models.CharField(max_length=8, choices=Reason)
    text = models.TextField(blank=True)
    email = models.EmailField(
        blank=True, help_text=gettext_lazy("Where they asked to hear; emptied after 30 days.")
    )
    reported_at = models.DateTimeField(default=timezone.now)
    # Whether the report alone took it out of sight.
    hid_it = models.BooleanField(default=False)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    answer = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What whoever reported it is told.")
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="reports_decided"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*REPORTED), name="a_report_is_about_one_thing"),
        ]

    def __str__(self) -> str:
        return f"Report {self.identifier}"

    @property
    def about(self) -> models.Model:
        """The thing it is about."""
        return next(thing for name in REPORTED if (thing := getattr(self, name)))


class Judgement(models.Model):
    """One decision about a comment or story. PostgreSQL refuses to change or delete a row."""

    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="judgements")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="judgements")
    before = models.CharField(max_length=9, choices=State)
    after = models.CharField(max_length=9, choices=State)
    why = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What whoever sent it is told.")
    )
    # Its words were learned as those of spam.
    as_spam = models.BooleanField(default=False)
    is_undoing = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    # None: the site itself, for an urgent report or because an approved text was edited.
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="judgements")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("comment", "story"), name="a_judgement_is_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class LearnedWord(models.Model):
    """How often a word stood in what people removed as spam, and in what they showed.

    The empty word counts the texts. Words alone are kept: no text can be put together from them.
    """

    word = models.CharField(max_length=40, unique=True)
    removed = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word
