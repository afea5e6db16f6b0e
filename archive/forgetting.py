"""Dropping the link between people's devices and what they left or read, once its time is up.

`retention.toml` promises it, the pages say it before anybody answers, and LINK_DAYS and READER_DAYS
are the times.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archive.studies.memos import forget_memos
from archive.take.forgetting import forget_files
from events.duties import forget_appointments
from events.forgetting import forget_sign_ups
from events.invitations import forget_invitations
from journal.forgetting import forget_drafts, forget_sent
from outcomes.call_forgetting import forget_signatures
from outcomes.forgetting import forget_marks
from people.cases import forget_cases
from people.outbox import forget_letters
from people.roles import forget_roles
from people.sessions import forget_sessions
from people.subscribing import forget_unconfirmed
from people.trace import forget_acts, leave_trace
from responses.models import Activity, Participant, Reading, Ruling
from responses.models.activities import LINK_DAYS

# What else is forgotten, by kind; each takes the time it is asked at and gives how many rows it touched.
OTHERS: dict[str, Callable[[datetime], int]] = {
    "Places at events": forget_sign_ups,
    "Invitations": forget_invitations,
    "Roles in events and series": forget_appointments,
    "Roles over the site": forget_roles,
    "Letters": forget_letters,
    "Addresses for news that nobody confirmed": forget_unconfirmed,
    "Comments, stories and reports": forget_sent,
    "Drafts": forget_drafts,
    "Marks on amendments": forget_marks,
    "Signatures": forget_signatures,
    "Files that were asked for": forget_files,
    "Memos on withdrawn notes": lambda _now: forget_memos(),
    "Requests and complaints": forget_cases,
    "Sessions": forget_sessions,
    "Acts in the log": forget_acts,
}
READER_DAYS = 365  # after which a reading that nobody ruled on stands for no reader any more


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many participants of how many activities were forgotten, and of how many readings the reader."""

    participants: int
    activities: int
    readers: int = 0
    # What else went, by kind: how many rows were emptied or deleted.
    others: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        others = [f"{kind}: {number}" for kind, number in self.others.items() if number]
        return "\n".join([self._first(), *others])

    def _first(self) -> str:
        one = "" if self.readers == 1 else "s"
        return (
            f"Forgot {self.participants} participant{'' if self.participants == 1 else 's'} "
            f"of {self.activities} closed activit{'y' if self.activities == 1 else 'ies'}, "
            f"and the reader{one} of {self.readers} reading{one}."
        )


def forget_due(now: datetime | None = None) -> Forgotten:
    """Delete the participants of activities that closed LINK_DAYS or more days before `now`.

    What they left stays and counts, tied to nobody; receipts go on working. Doing it again
    changes nothing, and an activity that was opened again is not due. Readings stay too, and
    stand for no reader once somebody ruled on the note so long ago, or after READER_DAYS.
    """
    now = now or timezone.now()
    until = now - timedelta(days=LINK_DAYS)
    closed = Activity.objects.filter(state=Activity.State.CLOSED, closed_at__lte=until)
    due = closed.filter(participants__isnull=False).distinct().order_by("pk")
    numbers = [_forget(activity, until) for activity in due]
    readers = _forget_readers(until, now - timedelta(days=READER_DAYS))
    others = {kind: forget(now) for kind, forget in OTHERS.items()}
    return Forgotten(sum(numbers), sum(number > 0 for number in numbers), readers, others)


def _forget_readers(ruled_until: datetime, read_until: datetime) -> int:
    """Empty the tokens of readings of notes ruled on since, by then, or made by then; returns how many."""
    ruled = Ruling.objects.filter(note=OuterRef("note"), at__gte=OuterRef("at"), at__lte=ruled_until)
    due = Reading.objects.exclude(token="").filter(Q(at__lte=read_until) | Exists(ruled))
    return due.update(token="")


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
