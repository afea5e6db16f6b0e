"""What templates say about joining."""

from django import template

from responses.codes import in_groups
from responses.models.activities import LINK_DAYS
from responses.screens import screen_address

register = template.Library()
register.filter(in_groups)
register.filter(screen_address)


@register.simple_tag
def link_days() -> int:
    """The days after closing for which somebody's notes can be told to be theirs."""
    return LINK_DAYS
