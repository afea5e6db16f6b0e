"""Doing again, on a restored database, what was taken from sight after its backup was made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max

from archive.backup.doing_again import AGAIN, rows_of
from archive.forgetting import forget_due
from coproduce.tombstones import Tombstone, due
from people.models import Letter

# An act says when it was a moment before it is committed, and may have missed the snapshot so.
LONGEST_ACT = timedelta(minutes=10)


@dataclass(slots=True)
class Replayed:
    """How many acts were done again, how many were about what the backup never had, and which failed."""

    done: int = 0
    absent: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = f"Did {self.done} acts again that took something from sight since; "
        return said + f"{self.absent} were about what the backup does not have."


def replay(tombstones: Iterable[Tombstone], since: datetime) -> Replayed:
    """Do again what was done after `since`, when the backup was made. A second time changes nothing.

    Nobody is written to: letters that the acts write are deleted unsent. Whoever was signed in has to
    sign in again. What the site forgets in its time is forgotten too.
    """
    after = (since - LONGEST_ACT).isoformat()
    told, last = Replayed(), Letter.objects.aggregate(last=Max("pk"))["last"] or 0
    for one in due(line for line in tombstones if line.at >= after):
        _again(one, told)
    forget_due()
    Letter.objects.filter(pk__gt=last).delete()
    Session.objects.all().delete()
    return told


def _again(one: Tombstone, told: Replayed) -> None:
    """Whatever one line does, the others are done: what follows it must not come back for its sake."""
    try:
        rows = list(rows_of(one.kind, one.id))
        told.absent += not rows
        for row in rows:
            with transaction.atomic():
                AGAIN[one.kind][one.what](row, one.standing)
            told.done += 1
    except Exception as error:
        told.failed.append(f"{one.kind} {one.id}, {one.what.replace('_', ' ')}: {error}")
