"""Which files for scholars there are, for templates."""

from django import template

from events.models import Event
from people.guests import Viewer
from responses.models import Photo

register = template.Library()


@register.simple_tag
def has_photos(event: Event, viewer: Viewer) -> bool:
    """Whether `viewer` may see a photograph of `event`, and so a manifest of it."""
    return Photo.objects.visible_to(viewer).made().filter(event=event).exists()
