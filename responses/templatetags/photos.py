"""Photographs for templates; which of them a viewer sees comes from `responses.photos.showing`."""

from django import template

from events.models import Event
from people.guests import Viewer
from responses.photos.showing import Beside, beside

register = template.Library()


@register.simple_tag
def photos_beside(event: Event, viewer: Viewer) -> Beside:
    """The first photographs of `event` that are on show, and how many are; at most two queries."""
    return beside(event, viewer)
