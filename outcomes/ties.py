"""Acts on ties of principles: saying that two belong together, and that a note does not mean one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from outcomes.models import NoTie, Tie
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import Principle
from responses.models import Note
from responses.words import tidy_words


def may_tie(viewer: Viewer) -> bool:
    """Whether they may sign a tie: organisers of the site, and whoever runs any event."""
    if viewer.person is None:
        return False
    return viewer.may_organise or Event.objects.run_by(viewer).exists()


@transaction.atomic
def tie(one: Principle, other: Principle, why: str, *, by: Viewer | None) -> Tie:
    """Say that two principles belong together; a tie has no direction. Saying it twice gives the same tie.

    Refuses one principle twice, a missing reason, and another reason while the first one stands.
    """
    _must_tie(by)
    if one == other:
        raise Refused(_("These are one principle. Choose two."))
    reason = _reason(why, 500, _("Say why they belong together."))
    first, second = _held(one, other)
    author = by.person if by else None
    if standing := Tie.objects.standing().filter(one=first, other=second, author=author).first():
        if standing.why != reason:
            raise Refused(_("You tied these two already. Take that tie back first, then say it anew."))
        return standing
    made = Tie.objects.create(one=first, other=second, why=reason, author=author)
    leave_trace("tied", made, by=by)
    return made


@transaction.atomic
def untie(tied: Tie, *, by: Viewer | None) -> None:
    """Take a tie back: its author, or a steward. The row stays; doing it twice does it once."""
    row = Tie.objects.select_for_update().get(pk=tied.pk)
    if not may_untie(row, by):
        raise Refused(_("Only whoever signed this tie, or a steward, can take it back."))
    if row.undone_at is None:
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        leave_trace("untied", row, by=by)


def may_untie(tied: Tie, by: Viewer | None) -> bool:
    return by is None or by.is_steward or (by.person is not None and tied.author_id == by.person.pk)


@transaction.atomic
def say_no_tie(note: Note, principle: Principle, why: str, *, by: Viewer | None) -> NoTie:
    """Say that `note` does not mean `principle`, though its words name it; the note stays as it is.

    Refuses a missing reason, and a note that `by` cannot read. The first reason stands.
    """
    _must_tie(by)
    if by and not Note.objects.visible_to(by).filter(pk=note.pk).exists():
        raise Refused(_("This note is not there to be read any more."))
    reason = _reason(why, 300, _("Say what the note means instead."))
    person = by.person if by else None
    said, is_new = NoTie.objects.get_or_create(
        note=note, principle=principle, defaults={"why": reason, "by": person}
    )
    if is_new:
        leave_trace("said it does not mean", note, by=by)
    return said


@transaction.atomic
def take_no_tie_back(said: NoTie, *, by: Viewer | None) -> None:
    """The note counts again as naming the principle. Whoever said it, or a steward."""
    if not may_take_back(said, by):
        raise Refused(_("Only whoever said this, or a steward, can take it back."))
    gone, _of = NoTie.objects.filter(pk=said.pk).delete()
    if gone:
        leave_trace("said it does mean", said.note, by=by)


def may_take_back(said: NoTie, by: Viewer | None) -> bool:
    return by is None or by.is_steward or (by.person is not None and said.by_id == by.person.pk)


def _must_tie(by: Viewer | None) -> None:
    if by is not None and not may_tie(by):
        raise Refused(_("Only organisers, and those who run an event, can say what belongs together."))


def _reason(why: str, most: int, asked: str) -> str:
    reason = tidy_words(why)
    if not reason:
        raise Refused(asked)
    if len(reason) > most:
        raise Refused(
            _("Say it in %(most)s characters. These are %(number)s.") % {"most": most, "number": len(reason)}
        )
    return reason


def _held(one: Principle, other: Principle) -> list[Principle]:
    """Both, the smaller primary key first, held until the end so that two forms pressed at once are one."""
    # Without the key: notes and pairings that refer to a principle go on meanwhile.
    rows = Principle.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk])
    return list(rows.order_by("pk"))
