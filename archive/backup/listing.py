"""The list of what was taken from sight, made whole again from the trace that every act leaves."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q

from archive.backup.doing_again import rows_of
from coproduce.tombstones import BRINGS_BACK, TAKES, Tombstone, append, read, standing_of
from people.models import Act
from people.trace import tombstone_of

# What is older than this before the last line was looked at before.
AGAIN = timedelta(days=2)


def mend_list(path: Path | None = None) -> int:
    """Add what the list lacks, since its disk was full or the process died at that moment; how many lines.

    Every act leaves its trace in its own transaction, so that the trace misses none.
    """
    there = read(path)
    known = {(one.kind, one.id, one.what, one.at) for one in there}
    acts = Act.objects.filter(_of_interest()).order_by("at", "pk")
    if there:
        acts = acts.filter(at__gte=max(datetime.fromisoformat(one.at) for one in there) - AGAIN)
    lines = [_line(act) for act in acts.iterator() if _key(act) not in known]
    if lines:
        append(lines, path)
    return len(lines)


def _of_interest() -> Q:
    found = Q(pk__in=[])
    for kind, verbs in TAKES.items():
        found |= Q(subject_kind=kind, verb__in=[*verbs, *BRINGS_BACK.get(kind, ())])
    return found


def _key(act: Act) -> tuple[str, str, str, str]:
    line = tombstone_of(act)
    return line.kind, line.id, line.what, line.at


def _line(act: Act) -> Tombstone:
    """With how the thing stands now: nearer to what its writer wants than what stood then."""
    if act.verb not in ("consent_changed", "undid"):
        return tombstone_of(act)
    row = rows_of(act.subject_kind, act.subject).first()
    return tombstone_of(act, standing_of(row, act.verb))
