"""Closing the doors after a breach: whatever lets somebody in or leads to a file ends now; the record stays.

`docs/data-protection/breach.md` says when. What hangs on the site's secret, and not on a row, ends when that
is changed: this only names it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from archive.models import ExportJob
from archive.take.forgetting import end_files
from events.invitations import withdraw_invitation
from events.models import Invitation
from people.sessions import end_all_sessions
from responses.models import Activity, Asking
from responses.readings.asking import end_asking
from responses.room import close_activity

STILL_OPEN = (
    "Receipts, guest keys, feeds of notes, and links in letters are made with SECRET_KEY. If it may be "
    "known, change it, without putting the old one into SECRET_KEY_FALLBACKS: everybody loses the links "
    "they hold."
)


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: what it is called, what of it is open now, and how it is closed."""

    name: str
    open: Callable[[], QuerySet]
    close: Callable[[], object]


def _activities() -> QuerySet[Activity]:
    return Activity.objects.filter(state=Activity.State.OPEN).order_by("pk")


DOORS = (
    Door("Sessions, everybody's", Session.objects.all, end_all_sessions),
    Door(
        "Open activities, with their codes and screens",
        _activities,
        lambda: [close_activity(one, by=None) for one in _activities()],
    ),
    Door(
        "Links that ask people to read",
        Asking.objects.open,
        lambda: [end_asking(one, by=None) for one in Asking.objects.open()],
    ),
    Door(
        "Invitations that wait",
        Invitation.objects.waiting,
        lambda: [withdraw_invitation(one, by=None) for one in Invitation.objects.waiting()],
    ),
    Door("Files that wait to be fetched", ExportJob.objects.all, end_files),
)


def close_doors(*, only_look: bool = False) -> dict[str, int]:
    """Close every way in; how many of each there were. With `only_look` nothing is closed."""
    found = {}
    for door in DOORS:
        with transaction.atomic():
            found[door.name] = door.open().count()
            if not only_look:
                door.close()
    return found
