"""Dropping the link between people's devices and what they left, once its time is up.

`retention.toml` promises it, the pages say it before anybody answers, and LINK_DAYS is the time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from people.trace import leave_trace
from responses.models import Activity, Participant
from responses.models.activities import LINK_DAYS


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many participants of how many activities were forgotten."""

    participants: int
    activities: int

    def __str__(self) -> str:
        return (
            f"Forgot {self.participants} participant{'' if self.participants == 1 else 's'} "
            f"of {self.activities} closed activit{'y' if self.activities == 1 else 'ies'}."
        )


def forget_due(now: datetime | None = None) -> Forgotten:
    """Delete the participants of activities that closed LINK_DAYS or more days before `now`.

    What they left stays and counts, tied to nobody; receipts go on working. Doing it again
    changes nothing, and an activity that was opened again is not due.
    """
    until = (now or timezone.now()) - timedelta(days=LINK_DAYS)
    closed = Activity.objects.filter(state=Activity.State.CLOSED, closed_at__lte=until)
    due = closed.filter(participants__isnull=False).distinct().order_by("pk")
    numbers = [_forget(activity, until) for activity in due]
    return Forgotten(sum(numbers), sum(number > 0 for number in numbers))


def _forget(activity: Activity, until: datetime) -> int:
    """Forget the participants of one activity, unless it was opened meanwhile; returns how many."""
    with transaction.atomic():
        locked = Activity.objects.select_for_update().get(pk=activity.pk)
        if locked.is_open or locked.closed_at is None or locked.closed_at > until:
            return 0
        _, of_each = Participant.objects.filter(activity=locked).delete()
        number = of_each.get(Participant._meta.label, 0)
        if number:
            leave_trace("participants_forgotten", locked, by=None)
    return number
