"""What the queue's forms show again."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def typed_in(typed: Mapping[str, str], name: str) -> str:
    """What was typed into the field `name`, where a form comes back with a refusal."""
    return typed.get(name, "")
