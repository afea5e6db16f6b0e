"""What comes of an event as an Atom feed: what was heard, decided and done since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import linebreaks

from coproduce.atom import AtomFeed
from events.models import Event
from outcomes.models import Decision, DecisionUpdate, Declined, Statement
from people.guests import ANYBODY
from responses.models import Note

MOST = 30  # entries


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    text: str
    path: str
    at: datetime


def entries_of(event: Event) -> Sequence[Entry]:
    """What everybody may read of what came of `event`, the newest first; four queries."""
    statements = Statement.objects.visible_to(ANYBODY).standing().filter(event=event)
    decisions = Decision.objects.visible_to(ANYBODY).standing().filter(event=event)
    updates = DecisionUpdate.objects.filter(decision__in=decisions).select_related("decision")
    entries = [Entry("We heard", one.text, one.get_absolute_url(), one.published_at) for one in statements]
    entries += [_decided(one) for one in decisions]
    entries += [_moved(one) for one in updates]
    entries += _refused(event)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST]


def _decided(decision: Decision) -> Entry:
    text = "\n\n".join(filter(None, [decision.text, decision.because]))
    return Entry(decision.get_kind_display(), text, decision.get_absolute_url(), decision.published_at)


def _moved(update: DecisionUpdate) -> Entry:
    path = f"{update.decision.get_absolute_url()}#update-{update.number}"
    return Entry(f"{update.get_kind_display()}: what became of it", update.text, path, update.at)


def _refused(event: Event) -> list[Entry]:
    """The notes that will not be taken up, counted by the reason; none whose words are kept from readers."""
    notes = Note.objects.visible_to(ANYBODY).on_the_wall().filter(board__event=event)
    refused = Declined.objects.standing().filter(note__in=notes).order_by().values("why")
    counted = refused.annotate(number=Count("pk"), first=Min("pk"), last=Max("at"))
    path = f"{reverse('event_waiting', args=[event.slug])}?filter=declined"
    # The fragment tells one reason from another to programs that read feeds.
    return [
        Entry(
            f"{row['number']} note{'' if row['number'] == 1 else 's'} declined with a reason",
            row["why"], f"{path}#reason-{row['first']}", row["last"],
        )
        for row in counted
    ]  # fmt: skip


class EventOutcomesFeed(Feed):
    """What everybody may see, whoever asks: a feed is fetched by machines."""

    feed_type = AtomFeed
    subtitle = "What was heard, what was decided, and what became of it."

    @classmethod
    def as_public_view(cls) -> Callable[..., HttpResponse]:
        return login_not_required(cls())

    def get_object(self, request: HttpRequest, slug: str) -> Event:
        return get_object_or_404(Event.objects.visible_to(ANYBODY), slug=slug)

    def title(self, of: Event) -> str:
        return f"{of.name}: what came of it. {settings.SITE_NAME}"

    def link(self, of: Event) -> str:
        return reverse("event_outcomes", args=[of.slug])

    def items(self, of: Event) -> Sequence[Entry]:
        return entries_of(of)

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        # Readers take a description for HTML.
        return linebreaks(item.text, autoescape=True)

    def item_link(self, item: Entry) -> str:
        return item.path

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at
