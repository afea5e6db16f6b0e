"""What a room is shown, for templates."""

from django import template

from responses.models import Activity
from responses.phases import MEANINGS

register = template.Library()


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as a clock shows them: "4:05"."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def phase_meaning(activity: Activity) -> str:
    """What its phase asks of the room, in a sentence."""
    return MEANINGS[Activity.Kind(activity.kind)][Activity.Phase(activity.phase)]


@register.filter
def takes_notes(activity: Activity) -> bool:
    """Whether anything new goes up now, at headings that are not locked."""
    return activity.is_open and activity.phase != Activity.Phase.REVEAL
