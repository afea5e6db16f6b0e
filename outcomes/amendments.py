"""Acts on amendments: proposing other words, opening them for marks, accepting or declining them.

Only a person who organises accepts, in their own name: nothing else changes a principle, and no
period that ends does. An acceptance makes the principle's next wording; what was answered stays
pinned to the words it answered.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.answering import answerable, is_asked_by_what_they_run, must_be_answerable
from outcomes.models import Amendment, AmendmentMark, AmendmentNote
from outcomes.telling import tell_of_amendment
from outcomes.typed import words_of
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import Principle, Wording
from principles.wording import add_wording
from responses.models import Mark, Note

LONGEST_WORDING = 1000  # characters
LONGEST_WHY = 2000
LONGEST_PERIOD = timedelta(days=366)
WORDLESS = gettext_lazy("Write the words you propose.")
NO_WHY = gettext_lazy("Say what your words answer, and why they read so.")
NO_REASON = gettext_lazy("Say why, in a sentence or two: it is shown in public.")
SAME = gettext_lazy("These are the words it has now. Change what you propose to change.")
STALE = gettext_lazy(
    "The wording has changed since: wording {now} stands now, and this was proposed for wording {then}. "
    "Compare the two, and propose anew what is still missing."
)
NOT_A_PROPOSER = gettext_lazy(
    "Organisers propose amendments. If you organise events here, ask a steward to say so."
)
NOT_YOURS = gettext_lazy("Only whoever proposed this amendment and the stewards can change it.")
NOT_YOU = gettext_lazy("Organisers and stewards decide about amendments, each in their own name.")
OPENED = gettext_lazy(
    "This amendment is open for marks, so its words stay as they are. Take it back to propose others."
)
DECIDED = gettext_lazy("This amendment was decided before, so nothing was changed.")
MARKS = frozenset(Mark.values) - {Mark.NOT_RECORDED}
State = Amendment.State


def may_propose(principle: Principle, viewer: Viewer) -> bool:
    """Whether they may propose other words: organisers, and those who run an event that answered it."""
    if viewer.person is None:
        return False
    return viewer.may_organise or is_asked_by_what_they_run(principle, viewer)


@transaction.atomic
def propose_amendment(
    principle: Principle, text: str, why: str, *, by: Viewer | None,
    notes: Iterable[Note] = (), event: Event | None = None, instead_of: Wording | None = None,
) -> Amendment:  # fmt: skip
    """A draft of other words for `principle`, answering `notes`; only its author and stewards see it.

    `instead_of` is the wording the author looked at, the current one where it is left out. The same
    words twice from one author are one draft. Refuses whoever may not propose, a principle without
    words, a wording that is not the current one any more, and notes that did not answer the principle.
    """
    principle = Principle.objects.select_for_update(no_key=True).get(pk=principle.pk)
    _must_propose(principle, by)
    current = _current(principle, instead_of)
    author, words = by.person if by else None, _other_words(text, current)
    known = {"principle": principle, "wording": current, "text": words, "author": author}
    amendment = Amendment.objects.filter(state=State.DRAFT, **known).first()
    is_new = amendment is None
    amendment = amendment or Amendment(**known)
    _keep(amendment, why, notes, event, by)
    if is_new:
        leave_trace("proposed", amendment, by=by)
    return amendment


def edit_amendment(
    amendment: Amendment, text: str, why: str, *, by: Viewer | None,
    notes: Iterable[Note] = (), event: Event | None = None, instead_of: Wording | None = None,
) -> Amendment:  # fmt: skip
    """Change a draft; it then stands against the current wording. `notes` replace those it answered.

    Notes that it answers and `by` may not read stay. Refuses as `propose_amendment` does.
    """
    with _changing(amendment, by) as now:
        _must_propose(now.principle, by)
        if now.state != State.DRAFT:
            raise Refused(DECIDED if now.is_decided else OPENED)
        now.wording = _current(now.principle, instead_of)
        now.text = _other_words(text, now.wording)
        _keep(now, why, notes, event, by)
        leave_trace("edited", now, by=by)
        return now


def open_amendment(amendment: Amendment, until: datetime, *, by: Viewer | None) -> Amendment:
    """Show a draft to everybody and take marks on it until `until`; then its words stay as they are.

    Refuses a time that is over or more than a year away, words proposed for an earlier wording, and an
    author who organises no more.
    """
    with _changing(amendment, by) as now:
        _must_propose(now.principle, by)
        if now.state != State.DRAFT:
            raise Refused(DECIDED if now.is_decided else OPENED)
        _must_be_current(now)
        moment = timezone.now()
        if not moment < until <= moment + LONGEST_PERIOD:
            raise Refused(_("Choose a day to come, within a year."))
        now.state, now.opened_at, now.open_until = State.OPEN, moment, until
        now.save(update_fields=["state", "opened_at", "open_until"])
        leave_trace("opened", now, by=by)
        tell_of_amendment(now)
        return now


@transaction.atomic
def mark_amendment(amendment: Amendment, mark: str, *, by: Viewer, wanted: bool | None = None) -> bool:
    """Put a mark of `by` on an open amendment or take it back; returns whether it is there now.

    `wanted` says which of the two is meant; without it, a mark that is there goes and another comes.
    Refuses an unknown mark, anybody without a cookie or an account, and where no marks are taken.
    """
    if mark not in MARKS:
        raise Refused(_("Choose one of the four marks."))
    if by.is_anybody:
        raise Refused(
            _("Your browser keeps no cookies from this site, so the mark could not be called yours.")
        )
    now = Amendment.objects.select_for_update(no_key=True).get(pk=amendment.pk)
    if not now.takes_marks:
        raise Refused(_("No marks are taken on this any more."))
    own = AmendmentMark.objects.filter(amendment=now, token=now.token_of(by), mark=mark)
    is_there = own.exists()
    wanted = not is_there if wanted is None else wanted
    if wanted == is_there:
        return wanted
    if wanted:
        AmendmentMark.objects.create(amendment=now, token=now.token_of(by), mark=mark)
    else:
        own.delete()
    leave_trace("marked" if wanted else "took_back_a_mark", now, by=by.as_participant)
    return wanted


def accept_amendment(amendment: Amendment, why: str, *, by: Viewer | None) -> Wording:
    """Make the proposed words the principle's next wording, and say why; returns that wording.

    Refuses whoever does not organise, the site itself (None), a draft, and where the wording has
    changed since the words were proposed.
    """
    with _deciding(amendment, by) as now:
        _must_be_current(now)
        day = timezone.localdate()
        facts = {
            "status": Wording.Status.CHECKED,
            "source": f"Amendment {now.identifier}, accepted on {day.day} {day:%B %Y}",
        }
        now.result = add_wording(now.principle, now.text, by=by, **facts)
        _decide(now, State.ACCEPTED, why, by)
        return now.result


def decline_amendment(amendment: Amendment, why: str, *, by: Viewer | None) -> Amendment:
    """Leave the wording as it is, and say why. Refuses whom `accept_amendment` refuses, and a draft."""
    with _deciding(amendment, by) as now:
        _decide(now, State.DECLINED, why, by)
        return now


def withdraw_amendment(amendment: Amendment, why: str, *, by: Viewer | None) -> Amendment:
    """Take one's own proposal back, and say why. Where it was open, its words stay with the reason."""
    with _changing(amendment, by) as now:
        if now.is_decided:
            raise Refused(DECIDED)
        _decide(now, State.WITHDRAWN, why, by)
        return now


@contextmanager
def _locked(amendment: Amendment) -> Iterator[Amendment]:
    """The amendment with its row lock, under that of its principle: two acceptances go one by one."""
    with transaction.atomic():
        Principle.objects.select_for_update().get(pk=amendment.principle_id)
        rows = Amendment.objects.select_for_update(of=("self",), no_key=True)
        yield rows.select_related("principle__set", "wording").get(pk=amendment.pk)


@contextmanager
def _changing(amendment: Amendment, by: Viewer | None) -> Iterator[Amendment]:
    with _locked(amendment) as now:
        if by is not None and not Amendment.objects.of(by).filter(pk=now.pk).exists():
            raise Refused(NOT_YOURS)
        yield now


@contextmanager
def _deciding(amendment: Amendment, by: Viewer | None) -> Iterator[Amendment]:
    if by is None or not by.may_organise:
        raise Refused(NOT_YOU)
    with _locked(amendment) as now:
        if now.is_decided:
            raise Refused(DECIDED)
        if now.state == State.DRAFT:
            raise Refused(_("Open it for marks first, so that everybody can say what they think of it."))
        yield now


def _decide(amendment: Amendment, state: State, why: str, by: Viewer | None) -> None:
    amendment.decided_why = words_of(why, or_else=NO_REASON, most=LONGEST_WHY)
    amendment.state, amendment.decided_at = state, timezone.now()
    amendment.decided_by = by.person if by else None
    amendment.save(update_fields=["state", "decided_at", "decided_by", "decided_why", "result"])
    leave_trace("took_back" if state == State.WITHDRAWN else state, amendment, by=by)
    if amendment.opened_at:
        tell_of_amendment(amendment)


def _must_propose(principle: Principle, by: Viewer | None) -> None:
    if by is not None and not may_propose(principle, by):
        raise Refused(NOT_A_PROPOSER)


def _current(principle: Principle, instead_of: Wording | None) -> Wording:
    current = principle.current_wording
    if current is None:
        raise Refused(_("No wording of this principle is on record, so there is nothing to amend."))
    if instead_of and instead_of.pk != current.pk:
        raise Refused(STALE.format(now=current.version, then=instead_of.version))
    return current


def _must_be_current(amendment: Amendment) -> None:
    _current(amendment.principle, amendment.wording)


def _other_words(text: str, current: Wording) -> str:
    words = words_of(text, or_else=WORDLESS, most=LONGEST_WORDING)
    if words == current.text:
        raise Refused(SAME)
    return words


def _keep(
    amendment: Amendment, why: str, notes: Iterable[Note], event: Event | None, by: Viewer | None
) -> None:
    amendment.why = words_of(why, or_else=NO_WHY, most=LONGEST_WHY)
    if event and by and not Event.objects.visible_to(by).filter(pk=event.pk).exists():
        raise Refused(_("Choose an event that you can see."))
    amendment.event = event
    keys = must_be_answerable(amendment.principle, notes, by)
    amendment.save()
    seen = answerable(amendment.principle, by).order_by().values("pk")
    amendment.answers.filter(note__in=seen).exclude(note__in=keys).delete()
    rows = (AmendmentNote(amendment=amendment, note_id=key) for key in keys)
    AmendmentNote.objects.bulk_create(rows, ignore_conflicts=True)
