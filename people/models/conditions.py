"""Conditions of tables that several apps share."""

from django.db.models import Q


def exactly_one(*names: str) -> Q:
    """A condition: one of these columns is filled and the others are not."""
    only = Q(pk__in=[])
    for name in names:
        others = Q(**{f"{other}__isnull": True for other in names if other != name})
        only |= Q(**{f"{name}__isnull": False}) & others
    return only
