"""Takes a package of the archive in again: on an empty site it makes the same archive.

What a package does not hold cannot come back: people, words that stayed with their board (each such
note says so), photographs and files, who signed, and the steps that led to a text.
"""

from pathlib import Path

from django.db import transaction

from archive.whole.known import Known
from archive.whole.package import Package
from archive.whole.restoring_notes import restore_boards, restore_notes
from archive.whole.restoring_outcomes import restore_outcomes
from archive.whole.restoring_record import restore_events, restore_principles, restore_writings
from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from principles.models import PrincipleSet

STEPS = (
    restore_principles, restore_events, restore_boards, restore_notes, restore_outcomes, restore_writings,
)  # fmt: skip


@transaction.atomic
def restore_archive(file: Path, *, by: Viewer | None) -> dict[str, int]:
    """Puts all that `file` holds on record, or nothing; says how many rows of each table.

    Refuses a site that has a record already, and a package that was cut off or changed. `by` is None
    where somebody at the server does it: there is nobody yet who could sign in.
    """
    if Event.objects.exists() or PrincipleSet.objects.exists():
        raise Refused("There is a record on this site already. A package is taken in by an empty one.")
    package, known = Package(file), Known()
    package.check()
    for step in STEPS:
        step(package, known)
    return {table: len(keys) for table, keys in known.keys.items()}
