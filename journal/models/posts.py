"""Posts: the articles of the journal."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager
from taggit.models import TaggedItem

from coproduce.identifiers import new_identifier
from events.models import Event
from people.models import Act, Person

if TYPE_CHECKING:
    from people.guests import Viewer


class PostSeries(models.Model):
    """Posts that belong together, in order: "part 1 of 4"."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    parts = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=gettext_lazy("How many there will be, where that is known.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = gettext_lazy("post series")

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where its posts are listed; not there while nobody may see one of them."""
        return reverse("post_series", args=[self.slug])


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: "Viewer") -> "PostQuerySet":
        """Published posts for everyone; others for those who write them and stewards."""
        if viewer.is_steward:
            return self
        public = models.Q(published_at__lte=timezone.now())
        return self.filter(public | self._written_by(viewer) if viewer.person else public)

    def once_visible_to(self, viewer: "Viewer") -> "PostQuerySet":
        """Those that everybody could read and that were taken back since, with `taken_back_at`."""
        acts = Act.objects.filter(subject_kind="post", subject=OuterRef("identifier"), verb="unpublished")
        last = Subquery(acts.order_by("-at").values("at")[:1])
        hidden = models.Q(published_at=None) | models.Q(published_at__gt=timezone.now())
        return self.filter(hidden).annotate(taken_back_at=last).exclude(taken_back_at=None)

    def run_by(self, viewer: "Viewer") -> "PostQuerySet":
        """Posts this viewer may write in and publish."""
        return self if viewer.is_steward else self.filter(self._written_by(viewer))

    def published(self) -> "PostQuerySet":
        return self.filter(published_at__lte=timezone.now())

    def newest_first(self) -> "PostQuerySet":
        return self.order_by("-published_at", "-pk")

    def in_order(self) -> "PostQuerySet":
        """As the parts of a series follow each other; those without a number by their date, at the end."""
        return self.order_by(models.F("part").asc(nulls_last=True), "published_at", "pk")

    def tagged(self, slug: str) -> "PostQuerySet":
        """With this tag; taggit's own look-up across `tags` uses what Django 6.1 deprecates."""
        kind = {"content_type__app_label": "journal", "content_type__model": "post"}
        tagged = TaggedItem.objects.filter(tag__slug=slug, **kind)
        return self.filter(pk__in=tagged.values("object_id"))

    def with_authors(self) -> "PostQuerySet":
        """With who wrote them, in a fixed number of queries."""
        return self.prefetch_related("authors__person")

    @staticmethod
    def _written_by(viewer: "Viewer") -> models.Q:
        if viewer.person is None:
            return models.Q(pk__in=[])
        named = PostAuthor.objects.filter(person=viewer.person).values("post")
        return models.Q(by=viewer.person) | models.Q(pk__in=named)


class Post(models.Model):
    """An article of the journal; its text is a `Writing`. A date in the future publishes it then."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    byline = models.CharField(
        max_length=200, blank=True, help_text=gettext_lazy("Where it names more than its authors.")
    )
    summary = models.CharField(max_length=300, blank=True)
    series = models.ForeignKey(PostSeries, models.PROTECT, null=True, blank=True, related_name="posts")
    part = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=gettext_lazy("Its place in the series.")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    events = models.ManyToManyField(Event, blank=True, related_name="posts")
    tags = TaggableManager(blank=True)
    takes_comments = models.BooleanField(default=True)
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="posts_begun", editable=False
    )
    is_invented = models.BooleanField(default=False)
    # Kept by the database with every change that readers could see; harvests go by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", "byline", "summary", config="coproduce"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "part"], name="one_post_per_part_of_a_series"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="posts_found"),
            models.Index(fields=["changed_at", "id"], name="posts_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.slug])

    def is_run_by(self, viewer: "Viewer") -> bool:
        return Post.objects.run_by(viewer).filter(pk=self.pk).exists()

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def credited(self) -> list["PostAuthor"]:
        """Its authors in order, without those who left and took their name with them."""
        return [author for author in self.authors.all() if author.name or author.person]

    @property
    def written_by(self) -> str:
        """Who wrote it, as it is printed; empty where nobody is named."""
        return self.byline or get_text_list([str(author) for author in self.credited], "and")


class PostAuthor(models.Model):
    """One of a post's authors, in order: a person on record, or a name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="authored")
    name = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.person)

    @property
    def address(self) -> str:
        """The page of the person, where they agreed to be listed."""
        return self.person.get_absolute_url() if self.person and self.person.is_listed else ""
