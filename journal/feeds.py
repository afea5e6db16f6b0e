"""The journal as an Atom feed."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from journal.models import Post
from people.guests import ANYBODY

MOST = 30  # posts


class JournalFeed(Feed):
    """What everyone may read, whoever asks: a feed is fetched by machines."""

    feed_type = Atom1Feed
    subtitle = "What people write afterwards."

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def title(self) -> str:
        return f"{settings.SITE_NAME}: journal"

    def link(self) -> str:
        return reverse("journal")

    def items(self) -> QuerySet[Post]:
        return Post.objects.visible_to(ANYBODY).newest_first()[:MOST]

    def item_title(self, item: Post) -> str:
        return item.title

    def item_description(self, item: Post) -> str:
        return item.summary

    def item_author_name(self, item: Post) -> str:
        return item.byline

    def item_pubdate(self, item: Post) -> datetime:
        return item.published_at
