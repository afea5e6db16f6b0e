"""The trace that every act leaves."""

from datetime import datetime, timedelta
from functools import partial

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from coproduce.tombstones import Tombstone, append, matters, standing_of
from people.guests import Viewer
from people.models import Act

# The database refuses to let one go that is younger than three years, whichever of them had a leap day.
KEPT, LATER = timedelta(days=3 * 365 + 2), timedelta(days=1)


def leave_trace(
    verb: str, subject: models.Model, *, by: Viewer | None, why: str = "", standing: str = ""
) -> Act:
    """Record that `by` (None: the site itself) did `verb` to `subject`.

    The trace names its subject by its permanent id and never holds words from it. What takes something
    from sight is also told to the list outside the database, with the subject's `standing` after it.
    """
    person = by.person if by else None
    act = Act.objects.create(
        person=person,
        actor="person" if person else "guest" if by else "the site",
        verb=verb,
        subject_kind=subject._meta.verbose_name,
        subject=getattr(subject, "identifier", subject.pk),
        why=why,
    )
    if matters(act.subject_kind, act.verb):
        line = tombstone_of(act, standing or standing_of(subject, act.verb))
        # What was committed stays so, whatever the disk says; the list is mended within the hour.
        transaction.on_commit(partial(append, [line]), robust=True)
    return act


def forget_acts(now: datetime) -> int:
    """Delete acts that were done KEPT before `now`; how many were deleted or let go of a name.

    Those that took something from sight, or brought it back, stay, without the name: they say at its
    address why it is gone.
    """
    # By the clock of the database too, which would refuse it otherwise.
    old = Act.objects.filter(at__lte=now - KEPT).filter(at__lt=Now() - KEPT + LATER)
    taken = Q(pk__in=[])
    for kind, verb in old.order_by().values_list("subject_kind", "verb").distinct():
        if matters(kind, verb):
            taken |= Q(subject_kind=kind, verb=verb)
    named = old.filter(taken).exclude(person=None).update(person=None)
    return named + old.exclude(taken).delete()[0]


def tombstone_of(act: Act, standing: str = "") -> Tombstone:
    """The line that stands for an act outside the database."""
    return Tombstone(act.subject_kind, str(act.subject), str(act.verb), act.at.isoformat(), standing)
