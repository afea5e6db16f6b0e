"""What people made of principles, for the front page and the page of the most contested."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outcomes import contested
from people.guests import Viewer
from responses.models import Mark
from responses.tallies import Tally
from responses.templatetags.counts import in_words

register = template.Library()


@register.simple_tag
def most_contested(viewer: Viewer, most: int) -> list[contested.Made]:
    """The `most` principles that people challenged most, as far as `viewer` may see the boards."""
    return contested.most_contested(viewer, most=most)


@register.filter
def both_sides(tally: Tally) -> str:
    """The counts in words, where agreement never stands without what stands against it."""
    said = in_words(tally)
    if tally.marks[Mark.SQUARE] or not tally.total:
        return said
    lost = tally.marks[Mark.NOT_RECORDED]
    if not lost:
        return _("%(counts)s. No challenge on record.") % {"counts": said}
    return ngettext(
        "%(counts)s. No challenge on record. %(number)s note has no mark on record, and may hold one.",
        "%(counts)s. No challenge on record. %(number)s notes have no mark on record, and may hold one.",
        lost,
    ) % {"counts": said, "number": lost}
