"""Whether anything in a file was taken out of sight since the file was made.

It says yes too often rather than too seldom: then the file is made again.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from archive.take.forms import form_called
from events.models import Event
from journal.models import Post, Story
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from people.guests import ANYBODY
from people.models import Act
from responses.models import Board, Change, Note, Reading, Ruling
from responses.models.activities import COVERING

# What is kept beside notes in a package, with when it came to be; no note is in these.
AROUND: tuple[tuple[type[Model], str], ...] = (
    (Story, "sent_at"),
    (Theme, "made_at"),
    (Statement, "made_at"),
    (Decision, "made_at"),
    (Amendment, "made_at"),
    (Call, "made_at"),
)
# Acts that take something away for good, or back to where only its writers see it.
REMOVED = Q(subject_kind="quotation", verb__in=["removed", "left_out"])
UNNAMED = Q(subject_kind="person", verb__in=["not_listed", "unlisted", "account_ended"])
UNSHOWN = Q(subject_kind="photo", verb__in=["covered", "taken_off_the_record", "taken_down"])
UNPUBLISHED = Q(subject_kind="post", verb="unpublished") | Q(verb="took_text_away")


def left_since(since: datetime, made_at: datetime, *, form: str, restricted: bool) -> bool:
    """Whether something a file of this form may hold has left sight.

    Every change that the file does not hold bears `since` or a later time; what came after
    `made_at` is not in it.
    """
    kinds = _of_notes(since, made_at, restricted)
    if any(found.exists() for found in kinds):
        return True
    chosen = form_called(form)
    if chosen.holds_photos and Act.objects.filter(UNSHOWN, at__gte=since).exists():
        return True
    return chosen.is_of_everything and any(found.exists() for found in _around(since, made_at))


def _of_notes(since: datetime, made_at: datetime, restricted: bool) -> Iterator[QuerySet]:
    changed = Note.objects.filter(changed_at__gte=since, added_at__lte=made_at)
    in_sight = Note.objects.on_the_wall().filter(board__in=Board.objects.visible_to(ANYBODY))
    yield changed.exclude(pk__in=in_sight.values("pk"))
    yield _kept_back(changed.filter(consented_at__gte=since), restricted)
    yield _covered_again(since, made_at)
    yield from _held(since, made_at)


def _kept_back(notes: QuerySet[Note], restricted: bool) -> QuerySet[Note]:
    """Those whose words may go into such a file no more."""
    let_go = Q(consent__research=True) if restricted else Q(consent__research=True, consent__public=True)
    return notes.exclude(let_go)


def _covered_again(since: datetime, made_at: datetime) -> QuerySet[Note]:
    """Notes of boards that cover them, and came to do so by a change since."""
    covering = Board.objects.filter(
        hides_until_reveal=True, state=Board.State.OPEN, phase__in=COVERING
    )  # fmt: skip
    kinds = (Change.Kind.OPENED, Change.Kind.PHASE_CHANGED, Change.Kind.SETTINGS_CHANGED)
    turned = Change.objects.filter(at__gte=since, kind__in=kinds).values("activity")
    return Note.objects.filter(board__in=covering.filter(pk__in=turned), added_at__lte=made_at)


def _held(since: datetime, made_at: datetime) -> Iterator[QuerySet]:
    """Readings that were for everybody and may not be any more: rejected, or hidden with their note."""
    held = Reading.objects.filter(is_held=True, at__lte=made_at)
    yield held.filter(note__in=Note.objects.filter(changed_at__gte=since))
    yield held.filter(note__in=Ruling.objects.filter(at__gte=since).values("note"))


def _around(since: datetime, made_at: datetime) -> Iterator[QuerySet]:
    for model, came_at in AROUND:
        changed = model.objects.filter(changed_at__gte=since, **{f"{came_at}__lte": made_at})
        yield changed.exclude(pk__in=model.objects.visible_to(ANYBODY).values("pk"))
    yield Theme.objects.filter(changed_at__gte=since, dissolved_at__gte=since)
    yield Promise.objects.filter(changed_at__gte=since, taken_down_at__gte=since)
    yield Story.objects.filter(changed_at__gte=since, consent__research=False, sent_at__lte=made_at)
    yield Event.objects.filter(changed_at__gte=since, status=Event.Status.DRAFT).filter(_was_announced())
    yield Post.objects.filter(changed_at__gte=since, published_at__gt=timezone.now())
    yield Act.objects.filter(REMOVED | UNNAMED | UNPUBLISHED, at__gte=since)


def _was_announced() -> Q:
    """Of drafts, those that everybody could see once: they have a line in the record's log."""
    acts = Act.objects.filter(subject_kind="event", verb__in=["published", "announced"])
    return Q(changes__isnull=False) | Q(identifier__in=acts.values("subject"))
