"""Events as Atom feeds: what was announced, and what became a record."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import linebreaks

from coproduce.atom import AtomFeed
from events.models import Event, Series
from people.guests import ANYBODY

MOST = 30  # events


class EventFeed(Feed):
    """What everybody may see, whoever asks, by when it was published: a feed is fetched by machines."""

    feed_type = AtomFeed

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def title(self, of: Series | None) -> str:
        return f"{settings.SITE_NAME}: events"

    def subtitle(self, of: Series | None) -> str:
        return "What is announced, and what became a record."

    def link(self, of: Series | None) -> str:
        return reverse("event_list")

    def items(self, of: Series | None) -> QuerySet[Event]:
        parts = ("organisers__organisation", "organisers__person")
        events = Event.objects.visible_to(ANYBODY).prefetch_related(*parts)
        dated = (events.filter(series=of) if of else events).annotate(
            published_at=Min("changes__at"), told_at=Max("changes__at")
        )
        return dated.filter(published_at__isnull=False).order_by("-published_at", "-pk")[:MOST]

    def item_title(self, item: Event) -> str:
        said = "Cancelled: " if item.cancelled_at else ""
        return f"{said}{item.name}, {item.span.words()}"

    def item_description(self, item: Event) -> str:
        facts = [item.span.words(), item.hours, item.place, item.cancelled_why]
        # Readers take a description for HTML.
        return linebreaks(f"{'. '.join(filter(None, facts))}.\n\n{item.summary}".strip(), autoescape=True)

    def item_author_name(self, item: Event) -> str:
        return ", ".join(item.held_by)

    def item_pubdate(self, item: Event) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Event) -> datetime:
        return item.told_at


class SeriesFeed(EventFeed):
    """The same of one series."""

    def get_object(self, request: HttpRequest, slug: str) -> Series:
        return get_object_or_404(Series.objects.visible_to(ANYBODY), slug=slug)

    def title(self, of: Series) -> str:
        return f"{of.name}, {settings.SITE_NAME}"

    def link(self, of: Series) -> str:
        return of.get_absolute_url()
