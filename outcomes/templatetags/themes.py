"""Themes, for the pages of events and boards, which know no outcomes."""

from django import template
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.groupings import themes_of
from outcomes.models import Theme
from people.guests import Viewer
from responses.tallies import Tally

register = template.Library()
APART = {
    "waiting": gettext_lazy("waiting for an organiser"),
    "hidden": gettext_lazy("hidden by the organisers"),
    "merged": gettext_lazy("merged into another note"),
    "covered": gettext_lazy("covered until the board is revealed"),
}


@register.simple_tag
def themes_beside(event: Event, viewer: Viewer) -> list[Theme]:
    """The standing themes of `event`, the earliest first; one query."""
    return list(themes_of(event, viewer))


@register.filter
def counted_apart(tally: Tally) -> str:
    """What is in a theme and does not count now: "1 hidden by the organisers, 2 merged into another note"."""
    numbers = {words: getattr(tally, name) for name, words in APART.items()}
    return ", ".join(f"{number} {words}" for words, number in numbers.items() if number)
