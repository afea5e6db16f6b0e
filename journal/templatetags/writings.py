"""The text of an event or a post, as readers see it, and what changed in it."""

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from events.models import Event, RecordChange
from journal.models import Post, Writing, WritingQuerySet
from journal.showing import ShownText, text_shown
from people.guests import Viewer
from responses.models import Note

register = template.Library()


class TextOf(SafeString):
    """The text as HTML, empty where there is none; `shown` is what it was made from."""

    shown: ShownText

    @property
    def number(self) -> int | None:
        return self.shown.number

    @property
    def quoted(self) -> frozenset[str]:
        return self.shown.quoted


@register.simple_tag(takes_context=True)
def text_of(context: Context, of: Event | Post) -> TextOf:
    """The text that readers see; one query, and one for each kind of thing that it names."""
    shown = text_shown(of, context["request"].viewer)
    html = (
        render_to_string("journal/text.html", {"blocks": shown.blocks}, context["request"]) if shown else ""
    )
    text = TextOf(html)
    text.shown = shown
    return text


@register.simple_tag
def texts_citing(note: Note, viewer: Viewer) -> WritingQuerySet:
    """The texts on show that cite `note`, as far as `viewer` may read them; one query."""
    shown = Writing.objects.visible_to(viewer).filter(citations__note=note, shown__isnull=False)
    return shown.select_related("event", "post").order_by("citations__at")


@register.filter
def versions_address(of: Event | Post) -> str:
    """Where every version of its text is listed."""
    return reverse("event_versions" if isinstance(of, Event) else "post_versions", args=[of.slug])


@register.simple_tag
def comparison_address(event: Event, change: RecordChange) -> str:
    """Where the words that came with a line of the change log are compared with those before, if any came."""
    if change.version is None:
        return ""
    if change.kind == RecordChange.Kind.PUBLISHED:
        return reverse("event_version", args=[event.slug, change.version])
    earlier = [c.version for c in event.changes.all() if c.version and c.version < change.version]
    # What was published without a line of its own was the first version.
    return reverse("event_compare", args=[event.slug, max(earlier, default=1), change.version])
