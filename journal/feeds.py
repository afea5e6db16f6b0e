"""The journal as Atom feeds: all of it, one series, one tag, one author."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import linebreaks
from taggit.models import Tag

from coproduce.atom import AtomFeed
from journal.models import Post, PostSeries
from people.guests import ANYBODY
from people.models import Person

MOST = 30  # posts


def public_posts() -> QuerySet[Post]:
    """What everyone may read, whoever asks: a feed is fetched by machines."""
    return Post.objects.visible_to(ANYBODY).with_authors().newest_first()


class PostsFeed(Feed):
    """What the feeds of posts have in common: how one post is told."""

    feed_type = AtomFeed

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def item_title(self, item: Post) -> str:
        return item.title

    def item_description(self, item: Post) -> str:
        # Readers take a description for HTML.
        return linebreaks(item.summary, autoescape=True)

    def item_author_name(self, item: Post) -> str:
        return item.written_by

    def item_pubdate(self, item: Post) -> datetime:
        return item.published_at


class JournalFeed(PostsFeed):
    subtitle = "What people write afterwards."

    def title(self) -> str:
        return f"{settings.SITE_NAME}: journal"

    def link(self) -> str:
        return reverse("journal")

    def items(self) -> QuerySet[Post]:
        return public_posts()[:MOST]


class SeriesFeed(PostsFeed):
    def get_object(self, request: HttpRequest, slug: str) -> PostSeries:
        first = public_posts().filter(series__slug=slug).select_related("series").first()
        if first is None:
            raise Http404
        return first.series

    def title(self, series: PostSeries) -> str:
        return f"{settings.SITE_NAME}: {series.name}"

    def link(self, series: PostSeries) -> str:
        return series.address

    def items(self, series: PostSeries) -> QuerySet[Post]:
        return public_posts().filter(series=series)[:MOST]


class TagFeed(PostsFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        if not public_posts().tagged(slug).exists():
            raise Http404
        return get_object_or_404(Tag, slug=slug)

    def title(self, tag: Tag) -> str:
        return f"{settings.SITE_NAME}: posts about {tag.name}"

    def link(self, tag: Tag) -> str:
        return reverse("post_tag", args=[tag.slug])

    def items(self, tag: Tag) -> QuerySet[Post]:
        return public_posts().tagged(tag.slug)[:MOST]


class AuthorFeed(PostsFeed):
    """Of somebody who agreed to be listed; it may be empty yet."""

    def get_object(self, request: HttpRequest, identifier: str) -> Person:
        return get_object_or_404(Person.objects.visible_to(ANYBODY).standing(), identifier=identifier)

    def title(self, person: Person) -> str:
        return f"{settings.SITE_NAME}: posts by {person}"

    def link(self, person: Person) -> str:
        return person.get_absolute_url()

    def items(self, person: Person) -> QuerySet[Post]:
        return public_posts().filter(authors__person=person).distinct()[:MOST]
