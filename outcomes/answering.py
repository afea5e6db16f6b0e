"""Which notes an amendment can answer, and which of those it answers a viewer may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext_lazy

from outcomes.models import Amendment
from people.guests import Viewer
from people.refusals import Refused
from principles.models import Principle
from responses.answers import counted_for, notes_answering
from responses.models import Mark, Note, TextState
from responses.sheets import with_reading_count

GONE = gettext_lazy(
    "Some of these notes did not answer this principle, were withdrawn, or are not yours to see. Look again."
)
# The marks that ask for other words. Words whose mark nobody wrote down may do so too.
ASKS_FOR_WORDS = Q(mark__in=(Mark.SQUARE, Mark.BUBBLE))
MAY_ASK = Q(mark=Mark.NOT_RECORDED, text_state__in=(TextState.READ, TextState.PARTLY))


@dataclass(frozen=True, slots=True)
class Unseen:
    """How many notes an amendment answers that are not shown, and why."""

    kept: int
    withdrawn: int


def answerable(principle: Principle, by: Viewer | None) -> QuerySet[Note]:
    """The notes that answered `principle` and that `by` may read; all of them for the site itself (None)."""
    if by is not None:
        return notes_answering(principle, by)
    answered = Q(wordings__principle=principle) | Q(station__principles=principle)
    return Note.objects.on_the_wall().filter(answered).distinct()


def must_be_answerable(principle: Principle, notes: Iterable[Note], by: Viewer | None) -> list[int]:
    """The primary keys of `notes`, each once; refuses where one of them cannot be answered."""
    asked = {note.pk for note in notes}
    found = answerable(principle, by).filter(pk__in=asked).order_by("pk").values_list("pk", flat=True)
    if len(keys := list(found)) < len(asked):
        raise Refused(GONE)
    return keys


def offered(principle: Principle, viewer: Viewer) -> QuerySet[Note]:
    """The notes that ask for other words, then those that may; of each, those on the newest wording first."""
    notes = notes_answering(principle, viewer).filter(ASKS_FOR_WORDS | MAY_ASK)
    is_unsaid = Case(When(mark=Mark.NOT_RECORDED, then=1), default=0)
    return notes.order_by(is_unsaid, *notes.query.order_by)


def notes_answered(amendment: Amendment, viewer: Viewer) -> QuerySet[Note]:
    """The notes that `amendment` answers and that `viewer` may read, in the order of their places."""
    seen = Note.objects.visible_to(viewer).on_the_wall().filter(amendments=amendment)
    return with_reading_count(seen).for_showing().in_order()


def unseen(amendment: Amendment, shown: int) -> Unseen:
    """What `amendment` answers beside the `shown` notes."""
    rows = amendment.answers.aggregate(
        all=Count("pk"), withdrawn=Count("pk", filter=Q(note__withdrawn_at__isnull=False))
    )
    return Unseen(kept=rows["all"] - rows["withdrawn"] - shown, withdrawn=rows["withdrawn"])


def is_asked_by_what_they_run(principle: Principle, viewer: Viewer) -> bool:
    """Whether `viewer` runs an event where `principle` was answered."""
    return counted_for(principle, viewer).run_by(viewer).exists()
