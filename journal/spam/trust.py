"""How well a writer is known here, from what people decided about them before."""

from enum import IntEnum

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from journal.models import Comment, Judgement, State
from journal.spam.writers import writers_of
from people.guests import Viewer

KNOWN_AFTER, KNOWN_DAYS = 2, 2  # comments that somebody showed, sent on so many days
WELL_KNOWN_AFTER = 10  # comments shown, and none removed


class Trust(IntEnum):
    """What a writer's comments need before they are public."""

    NEWCOMER = 0  # each is read first
    KNOWN = 1  # shown at once, with two links at most
    WELL_KNOWN = 2  # shown at once
    STAFF = 3  # moderates here


# So many links are nothing special.
MOST_LINKS = {Trust.NEWCOMER: 1, Trust.KNOWN: 2, Trust.WELL_KNOWN: 5, Trust.STAFF: 50}


def trust_of(viewer: Viewer) -> Trust:
    """How well this viewer is known as a writer of comments."""
    return Trust.STAFF if viewer.moderates_all else trust_in(writers_of(viewer))


def trust_in(writers: list[str]) -> Trust:
    """How well whoever these stand for is known: by what people showed and removed of theirs."""
    if not any(writers):
        return Trust.NEWCOMER
    by_a_person = Judgement.objects.filter(comment=OuterRef("pk"), after=State.SHOWN).exclude(by=None)
    theirs = Comment.objects.filter(writer__in=writers).annotate(is_approved=Exists(by_a_person))
    counts = theirs.aggregate(
        shown=Count("pk", filter=Q(state=State.SHOWN)),
        removed=Count("pk", filter=Q(state=State.REMOVED)),
        approved=Count("pk", filter=Q(state=State.SHOWN, is_approved=True)),
        days=Count(TruncDate("sent_at"), filter=Q(state=State.SHOWN, is_approved=True), distinct=True),
    )
    # Whoever had one removed is read first again, however much was shown before.
    if counts["removed"] or counts["approved"] < KNOWN_AFTER or counts["days"] < KNOWN_DAYS:
        return Trust.NEWCOMER
    return Trust.WELL_KNOWN if counts["shown"] >= WELL_KNOWN_AFTER else Trust.KNOWN
