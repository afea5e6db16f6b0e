"""What people write afterwards: posts of the journal."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from coproduce.identifiers import new_identifier
from coproduce.markup import clean
from events.models import Event
from people.models import Person

if TYPE_CHECKING:
    from people.guests import Viewer


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: "Viewer") -> "PostQuerySet":
        """Published posts for everyone; a post without a date of publication for stewards."""
        return self if viewer.is_steward else self.filter(published_at__lte=timezone.now())

    def newest_first(self) -> "PostQuerySet":
        return self.order_by("-published_at", "-pk")


class Post(models.Model):
    """An article of the journal."""

    identifier = models.CharField(max_length=10, unique=True, default=new_identifier, editable=False)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    byline = models.CharField(max_length=200, blank=True)
    authors = models.ManyToManyField(Person, blank=True, related_name="posts")
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(help_text="Sanitised HTML.")
    published_at = models.DateTimeField(null=True, blank=True)
    events = models.ManyToManyField(Event, blank=True, related_name="posts")
    is_invented = models.BooleanField(default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.slug])

    @property
    def body_html(self) -> SafeString:
        """The article, sanitised again on its way out whoever wrote it in."""
        return mark_safe(clean(self.body))
