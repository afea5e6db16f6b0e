"""Signing up, for templates."""

from dataclasses import dataclass

from django import template

from events.models import Event
from events.places import Places, is_over, places_of, why_closed

register = template.Library()


@dataclass(frozen=True, slots=True)
class SigningUp:
    """Whether an event is still to come, its places where people sign up, and why nobody can now."""

    is_over: bool
    places: Places | None
    closed: str


@register.simple_tag
def signing_up(event: Event) -> SigningUp:
    """One query where people sign up for `event`, none elsewhere."""
    places = places_of(event) if event.takes_sign_ups else None
    return SigningUp(is_over(event), places, why_closed(event))
