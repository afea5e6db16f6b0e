"""Addresses of new activities: unlike those of their neighbours in the event."""

from django.utils.text import slugify

from events.models import Event

NEW = "new"  # the page where one is made


def free_slug(event: Event, name: str, otherwise: str) -> str:
    """A slug made from `name`, or from `otherwise` where it has no letters, that no activity of `event` has.

    Call it while the event is locked.
    """
    base = slugify(name)[:40].strip("-") or otherwise
    taken = {NEW, *event.activities.values_list("slug", flat=True)}
    tries = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)
