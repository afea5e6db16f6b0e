"""The comments on a page."""

from django import template

from events.models import Event
from journal.models import Post
from journal.threads import Section, comments_on
from people.guests import Viewer

register = template.Library()


@register.simple_tag(name="comments_on")
def comments_section(on: Post | Event, viewer: Viewer) -> Section:
    """The comments on a post or record that `viewer` may see; one query."""
    return comments_on(on, viewer)
