"""New on record, as an Atom feed: events, posts, stories and what came of them, the newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import F, Min, Model, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.text import capfirst

from archive.api.all_kinds import KINDS
from archive.cite.work import Work
from coproduce.atom import AtomFeed
from events.models import RecordChange

MOST = 30  # entries
# By kind: the column that says since when everybody can see it.
SINCE = {
    "posts": "published_at",
    "stories": "shown_at",
    "statements": "published_at",
    "decisions": "published_at",
    "promises": "marked_at",
    "amendments": "opened_at",
    "calls": "opened_at",
    "themes": "made_at",
}


@dataclass(frozen=True, slots=True)
class Entry:
    work: Work
    at: datetime


def new_on_record() -> Sequence[Entry]:
    """What everybody can see since lately; two queries and a few more for each kind."""
    dated = [(at, name, pk) for name in ("events", *SINCE) for at, pk in _newest(name)]
    newest = sorted(dated, reverse=True)[:MOST]
    works = _works(newest)
    return [Entry(works[name, pk], at) for at, name, pk in newest if (name, pk) in works]


def _newest(name: str) -> Sequence[tuple[datetime, int]]:
    rows = _dated(name, KINDS[name].rows()).filter(seen_since__isnull=False)
    return rows.order_by("-seen_since", "-pk").values_list("seen_since", "pk")[:MOST]


def _dated(name: str, rows: QuerySet[Model]) -> QuerySet[Model]:
    if name != "events":
        return rows.annotate(seen_since=F(SINCE[name]))
    published = Q(changes__kind=RecordChange.Kind.PUBLISHED)
    return rows.annotate(seen_since=Min("changes__at", filter=published))


def _works(wanted: Sequence[tuple[datetime, str, int]]) -> dict[tuple[str, int], Work]:
    works = {}
    for name in {name for _at, name, _pk in wanted}:
        kind, keys = KINDS[name], [pk for _at, of, pk in wanted if of == name]
        for thing in kind.with_parts(kind.rows().filter(pk__in=keys)):
            works[name, thing.pk] = kind.work(thing)
    return works


class ArchiveFeed(Feed):
    """What everybody may see, whoever asks: a feed is fetched by machines."""

    feed_type = AtomFeed
    subtitle = "Events, posts and stories, and what came of what was said."

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def title(self) -> str:
        return f"{settings.SITE_NAME}: new on record"

    def link(self) -> str:
        return reverse("archive")

    def items(self) -> Sequence[Entry]:
        return new_on_record()

    def item_title(self, item: Entry) -> str:
        return f"{capfirst(item.work.names.words)}: {item.work.title}"

    def item_description(self, item: Entry) -> str:
        # Readers take a description for HTML.
        return linebreaks(item.work.words or item.work.abstract, autoescape=True)

    def item_link(self, item: Entry) -> str:
        return item.work.url

    def item_author_name(self, item: Entry) -> str:
        return ", ".join(creator.name for creator in item.work.creators)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at
