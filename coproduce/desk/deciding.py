"""Deciding about what waits: one or many at once, with a reason where it is not shown, and undone again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core import signing
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.desk.waiting import KINDS, MOST, seen
from journal import judging, reports
from journal.models import Report, State
from outcomes import signatures
from people.guests import Viewer
from people.refusals import Refused
from responses import drawing_desk, moderation, poll
from responses.models import Moderation

SHOW, REFUSE, UNDO = "show", "refuse", "undo"
GONE = gettext_lazy("Somebody decided about it meanwhile, or it was withdrawn.")
CHANGED = gettext_lazy("Its writer changed it just now. Read it again, then decide.")
TOO_LATE = gettext_lazy("It is too late to take that back here. Each thing can still be changed by itself.")
STAYS = gettext_lazy("Somebody looked at it with care, and it stays where it is.")
LONGEST = 300  # characters of a reason
# Where each decision takes what is on a board, and what was sent in.
AFTER = {SHOW: (Moderation.SHOWN, State.SHOWN), REFUSE: (Moderation.HIDDEN, State.REMOVED)}
UNDONE_WITHIN = 24 * 3600  # seconds
CLOCKS_DIFFER = 60  # seconds, between two processes that serve one site
_SALT = "coproduce.desk"


@dataclass(slots=True)
class Decided:
    """What became of what was ticked: those decided, as "kind.identifier", and sentences for the others."""

    act: str
    done: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def receipt(self) -> str:
        """What `undo` takes; it can be in an address, since it holds no word of anything."""
        return signing.dumps([int(time.time()), self.act, *self.done], salt=_SALT, compress=True)


def decide(ticked: Sequence[str], act: str, *, by: Viewer, why: str = "", as_spam: bool = False) -> Decided:
    """Show what was ticked (see `Waiting.ticked`), or refuse it for a reason its writers are told.

    Each is decided by itself: one that cannot be is told in a sentence and stops no other. With
    `as_spam` its words are learned as those of spam.
    """
    if act == REFUSE and not (why := why.strip()):
        raise Refused(_("Say why, in a sentence: whoever sent it is told."))
    if len(why) > LONGEST:
        raise Refused(
            _("That reason has %(number)s characters. %(longest)s have to do.")
            % {"number": len(why), "longest": LONGEST}
        )
    decided = Decided(act)
    for one in list(dict.fromkeys(ticked))[:MOST]:
        kind, identifier, words = [*one.split("."), "", ""][:3]
        try:
            thing = _looked_at(kind, identifier, words, by)
            if act == SHOW:
                _show(kind, thing, by, why)
            else:
                _refuse(kind, thing, by, why, as_spam=as_spam)
            decided.done.append(f"{kind}.{identifier}")
        except Refused as refusal:
            decided.refusals.append(str(refusal))
    return decided


def undo(receipt: str, *, by: Viewer) -> Decided:
    """Take back what `decide` did, as far as nobody decided otherwise since; for a day."""
    try:
        given_at, act, *done = signing.loads(receipt, salt=_SALT)
    except signing.BadSignature:
        raise Refused(TOO_LATE) from None
    # Both ways: a receipt from a clock that went ahead would live longer than a day.
    if not -CLOCKS_DIFFER <= time.time() - given_at <= UNDONE_WITHIN:
        raise Refused(TOO_LATE)
    undone = Decided(UNDO)
    for one in done:
        kind, _, identifier = one.partition(".")
        try:
            _take_back(kind, _found(kind, identifier, by), act, by)
            undone.done.append(one)
        except Refused as refusal:
            undone.refusals.append(str(refusal))
    return undone


def _found(kind: str, identifier: str, by: Viewer) -> Model:
    things = KINDS[kind].all_of(by) if kind in KINDS else None
    thing = things.filter(identifier=identifier).first() if things is not None else None
    if thing is None:
        raise Refused(GONE)
    return thing


def _looked_at(kind: str, identifier: str, words: str, by: Viewer) -> Model:
    """The thing, while it still waits, with the words that were looked at."""
    thing = _found(kind, identifier, by)
    if not all(getattr(thing, name) == value for name, value in KINDS[kind].waits.items()):
        raise Refused(GONE)
    if seen(KINDS[kind].told(thing).words) != words:
        raise Refused(CHANGED)
    return thing


def _show(kind: str, thing: Model, by: Viewer, why: str) -> None:
    match kind:
        case "note":
            moderation.show_note(thing, by=by)
        case "option":
            poll.show_option(thing, by=by)
        case "picture":
            drawing_desk.show_picture(thing, by=by)
        case "signature":
            signatures.judge_signature(thing, shown=True, by=by)
        case "report":
            reports.decide_report(thing, Report.Outcome.DISMISSED, why or STAYS, by=by)
        case _:
            judging.judge(thing, State.SHOWN, by=by)


def _refuse(kind: str, thing: Model, by: Viewer, why: str, *, as_spam: bool) -> None:
    match kind:
        case "note":
            moderation.hide_note(thing, why, by=by)
        case "option":
            poll.hide_option(thing, why, by=by)
        case "picture":
            drawing_desk.hide_picture(thing, why, by=by)
        case "signature":
            signatures.judge_signature(thing, shown=False, by=by, why=why)
        case "report":
            reports.decide_report(thing, Report.Outcome.UPHELD, why, by=by)
        case _:
            judging.judge(thing, State.REMOVED, by=by, why=why, as_spam=as_spam)


def _take_back(kind: str, thing: Model, act: str, by: Viewer) -> None:
    """Undo one decision; only a note goes back to where it was, all else waits to be looked at again."""
    match kind, act:
        case "note", "show":
            moderation.undo_showing(thing, by=by)
        case "note", _:
            moderation.undo_hiding(thing, by=by)
        case "option" | "picture", _ if thing.moderation != AFTER[act][0]:
            raise Refused(GONE)
        case "option", _:
            poll.let_option_wait(thing, by=by)
        case "picture", _:
            drawing_desk.let_picture_wait(thing, by=by)
        case "signature", _:
            signatures.let_signature_wait(thing, by=by, as_it_was=AFTER[act][1])
        case "report", _:
            raise Refused(
                _("A decision about a report is final here: whoever reported it may have been told.")
            )
        case _:
            judging.undo(thing, by=by, own=AFTER[act][1])
