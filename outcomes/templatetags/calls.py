"""Calls for action on the pages of what they came from."""

from django import template

from events.models import Event
from outcomes.call_reading import listed
from outcomes.models import CallQuerySet
from people.guests import Viewer

register = template.Library()


@register.simple_tag
def calls_of(event: Event, viewer: Viewer) -> CallQuerySet:
    """The calls from `event` that `viewer` may read, each with how many signed it; one query."""
    return listed(viewer).filter(event=event)
