"""Addresses of posts, their series and calls for stories: made from a title once, and kept for good."""

from django.db import connection
from django.db.models import QuerySet
from django.utils.text import slugify

# What stands where a slug could: pages of their own beside those of posts and calls.
RESERVED = ("new", "feed", "series", "tags", "authors", "mine", "calendar", "sign-ups")
LOCK = 0x736C7567


def free_slug(things: QuerySet, title: str, otherwise: str) -> str:
    """A slug made from `title`, or from `otherwise` where it has no letters, that none of `things` has.

    Call it in the transaction that saves it: whoever makes another one meanwhile waits for its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    base = slugify(title)[:40].strip("-") or otherwise
    taken = {*RESERVED, *things.filter(slug__startswith=base).values_list("slug", flat=True)}
    tries = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)
