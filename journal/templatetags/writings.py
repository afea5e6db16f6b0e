"""The text of an event or a post, as readers see it."""

from django import template
from django.db.models import F
from django.utils.safestring import SafeString, mark_safe

from coproduce.markup import clean
from events.models import Event
from journal.models import Post, Version

register = template.Library()


@register.simple_tag
def text_of(of: Event | Post) -> SafeString:
    """The words of the version on show, sanitised again on their way out; empty where there is none."""
    owner = {"writing__event": of} if isinstance(of, Event) else {"writing__post": of}
    shown = Version.objects.filter(**owner, number=F("writing__shown")).first()
    blocks = shown.blocks if shown else []
    return mark_safe("\n".join(clean(block["html"]) for block in blocks if block["kind"] == "text"))
