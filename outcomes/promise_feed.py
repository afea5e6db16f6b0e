"""The ledger of promises as an Atom feed: what was promised, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import linebreaks

from coproduce.atom import AtomFeed
from outcomes.models import Promise, PromiseUpdate
from people.guests import ANYBODY

MOST = 30  # lines


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger: `number` is that of the update, 0 where the promise was put there."""

    promise: Promise
    number: int
    title: str
    text: str
    at: datetime


def newest_lines() -> Sequence[Line]:
    """What everybody may read of the ledger, the newest first; two queries."""
    public = Promise.objects.visible_to(ANYBODY).on_the_ledger()
    given = public.with_parts().order_by("-marked_at", "-pk")[:MOST]
    told = PromiseUpdate.objects.filter(promise__in=public).select_related("promise", "shown_at")
    lines = [Line(one, 0, f"Promised: {one.text}", _facts(one), one.marked_at) for one in given]
    lines += [_line(update) for update in told.order_by("-at", "-pk")[:MOST]]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _line(update: PromiseUpdate) -> Line:
    shown = f"Shown by: {update.shown_event}" if update.shown_event else ""
    text = "\n\n".join(filter(None, [update.text, update.evidence, shown]))
    title = f"{update.get_state_display()}: {update.promise.text}"
    return Line(update.promise, update.number, title, text, update.at)


def _facts(promise: Promise) -> str:
    due = f"Due {promise.due_span.words()}." if promise.due else "No day was named."
    return f"{due} Given by {promise.owner}." if promise.owner else due


class PromiseFeed(Feed):
    """What everybody may see, whoever asks: a feed is fetched by machines."""

    feed_type = AtomFeed
    subtitle = "What organisers said in public they would do, and what became of it."

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def title(self) -> str:
        return f"{settings.SITE_NAME}: promises"

    def link(self) -> str:
        return reverse("promises")

    def items(self) -> Sequence[Line]:
        return newest_lines()

    def item_title(self, item: Line) -> str:
        return item.title

    def item_description(self, item: Line) -> str:
        # Readers take a description for HTML.
        return linebreaks(item.text, autoescape=True)

    def item_link(self, item: Line) -> str:
        return item.promise.get_absolute_url()

    def item_guid(self, item: Line) -> str:
        return f"{settings.SITE_URL}{item.promise.get_absolute_url()}#{item.number}"

    def item_pubdate(self, item: Line) -> datetime:
        return item.at

    def item_updateddate(self, item: Line) -> datetime:
        return item.at
