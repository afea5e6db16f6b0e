"""Posts and calls for stories, for the pages of events, which know no journal."""

from django import template
from django.db.models import QuerySet

from events.models import Event
from journal.models import Post, StoryCall
from people.guests import Viewer

register = template.Library()


@register.simple_tag
def posts_about(event: Event, viewer: Viewer) -> QuerySet[Post]:
    """The posts about `event` that `viewer` may read, the newest first."""
    return Post.objects.visible_to(viewer).filter(events=event).with_authors().newest_first()


@register.simple_tag
def calls_about(event: Event, viewer: Viewer) -> QuerySet[StoryCall]:
    """The calls that belong to `event` and take stories today."""
    return StoryCall.objects.visible_to(viewer).open().filter(events=event)
