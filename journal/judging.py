"""Deciding about what people sent in: the only way a comment or story becomes public.

    HELD → SHOWN, REMOVED                 `judge`, by somebody who moderates there
    SHOWN → REMOVED, REMOVED → SHOWN      `judge`
    back to where it was before           `undo`
    SHOWN → HELD                          `hold_again`, by the site: an urgent report, or an edit
    HELD → SHOWN without anybody          `show_trusted`, by the site: a comment of a writer known here
    any → WITHDRAWN                       `take_back`, by whoever sent it; nothing leads back

Each leaves a row of `Judgement`, which PostgreSQL lets nobody change.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.models import Comment, Judgement, State, Story
from journal.spam import learning
from journal.telling_writers import tell_writer
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace

type Anything = Comment | Story

LEADS_TO = {
    State.HELD: {State.SHOWN, State.REMOVED},
    State.SHOWN: {State.REMOVED},
    State.REMOVED: {State.SHOWN},
}
SPAM = "Advertising or a fraud"
# What whoever sent it is told where it is not shown, by the reason; whoever decides may reword it.
REPLIES = {
    SPAM: "It reads like advertising. If it is none, write to us and we look again.",
    "It could hurt somebody": "It could hurt somebody who reads it. Say it another way and send it again.",
    "It names somebody": "It names a person who did not ask for that. Leave the name out and send it again.",
    "About something else": "It is about something else than this page. It may fit somewhere else here.",
    "It was sent twice": "Much the same was sent twice, and the other one is shown.",
}
REPORTED = "Somebody asked for it to be looked at, and whoever looks after this page took it away."
LONGEST_REPLY = 500  # characters
KEPT_SENTENCES = 12  # of those that say why something was held


def may(sent: Anything, viewer: Viewer) -> bool:
    """Whether this viewer decides about it."""
    if viewer.person is None or sent.state == State.WITHDRAWN:
        return False
    return type(sent).objects.moderated_by(viewer).filter(pk=sent.pk).exists()


def judge(sent: Anything, to: str, *, by: Viewer, why: str = "", as_spam: bool | None = None) -> Judgement:
    """Show a comment or story, or take it away for a reason that whoever sent it is told.

    It refuses words that were changed since `sent` was read from the database: nobody shows what they
    have not seen. `as_spam` says whether to learn its words; unsaid, where `why` is the reply about spam.
    """
    why = _reason(why, needed=to == State.REMOVED)
    with _decided_by(sent, by) as now:
        if _words(now) != _words(sent):
            raise Refused(_("Whoever wrote this changed it just now. Read it again, then decide."))
        if to not in LEADS_TO.get(now.state, ()):
            raise Refused(
                _("This was decided meanwhile. It stands as: %(lower)s.")
                % {"lower": now.get_state_display().lower()}
            )
        is_spam = to == State.REMOVED and (why == REPLIES[SPAM] if as_spam is None else as_spam)
        learn(now, to, as_spam=is_spam)
        judgement = move(now, to, by=by, why=why, as_spam=is_spam)
        tell_writer(now, judgement)
        return judgement


def undo(sent: Anything, *, by: Viewer, own: str = "") -> Judgement:
    """Put it back to where it was before somebody's last decision, and unlearn its words.

    With `own`, a state, only where that was the decision of `by` themselves that took it there.
    """
    with _decided_by(sent, by) as now:
        last = now.judgements.last()
        if last is None or last.is_undoing or last.by is None or last.after != now.state:
            raise Refused(_("There is no decision here that could be undone. Decide anew instead."))
        if own and (last.by != by.person or last.after != own):
            raise Refused(_("Somebody decided about it since. Decide anew instead."))
        if last.before == State.SHOWN and _words(now) != _words(sent):
            raise Refused(_("Whoever wrote this changed it just now. Read it again, then decide."))
        learn(now, last.after, as_spam=last.as_spam, forgetting=True)
        return move(now, last.before, by=by, why=last_reason(now, last), is_undoing=True)


def last_reason(sent: Anything, undone: Judgement) -> str:
    """What its writer was told before the decision that is undone; only what is removed has a reason."""
    if undone.before != State.REMOVED:
        return ""
    before = sent.judgements.filter(after=State.REMOVED, pk__lt=undone.pk).last()
    return before.why if before else ""


def hold_again(sent: Anything, why: str) -> bool:
    """Take something that is shown out of sight until somebody decides; whether it was shown."""
    with locked(sent) as now:
        if now.state != State.SHOWN:
            return False
        now.held_because = [*now.held_because, why][-KEPT_SENTENCES:]
        now.save(update_fields=["held_because"])
        move(now, State.HELD, by=None, why=why)
        return True


def show_trusted(comment: Comment) -> Judgement:
    """Show a comment at once whose writer is known here; whoever keeps it asked `Verdict.may_show`."""
    return move(comment, State.SHOWN, by=None, why="Its writer is known here.")


def take_back(sent: Anything, *, by: Viewer | None) -> None:
    """Empty it for good, as whoever sent it wants; the caller has seen that it is theirs."""
    with locked(sent) as now:
        if now.state == State.WITHDRAWN:
            raise Refused(_("It was taken back before. Nothing of it is left here."))
        for name in ("text", "title", "topic", "name", "email", "writer", "reason"):
            if hasattr(now, name):
                setattr(now, name, "")
        now.person, now.held_because, now.likeness = None, [], 0
        _record(now, State.WITHDRAWN, by=None)
        now.save()
        leave_trace("withdrew", now, by=by and by.as_participant)
    sent.refresh_from_db()


def move(
    sent: Anything,
    to: str,
    *,
    by: Viewer | None,
    why: str = "",
    as_spam: bool = False,
    is_undoing: bool = False,
) -> Judgement:
    """Take a locked row from one state to another, with the row and the trace that say so."""
    judgement = _record(sent, to, by=by, why=why, as_spam=as_spam, is_undoing=is_undoing)
    sent.reason = why if to == State.REMOVED else ""
    if to == State.SHOWN:
        sent.shown_at = sent.shown_at or timezone.now()
    sent.save(update_fields=["state", "reason", "shown_at"])
    leave_trace("undid" if is_undoing else to, sent, by=by)
    return judgement


def learn(sent: Anything, to: str, *, as_spam: bool, forgetting: bool = False) -> None:
    """Count the words of what is shown, or removed as spam; other reasons teach nothing."""
    if to == State.SHOWN or as_spam:
        (learning.unlearn if forgetting else learning.learn)(sent.text, as_spam=as_spam)


@contextmanager
def locked(sent: Anything) -> Iterator[Anything]:
    """The row as it stands now, in a transaction that nobody else changes it in."""
    with transaction.atomic():
        yield type(sent).objects.select_for_update().get(pk=sent.pk)


@contextmanager
def _decided_by(sent: Anything, by: Viewer) -> Iterator[Anything]:
    with locked(sent) as now:
        if now.state == State.WITHDRAWN:
            raise Refused(_("Whoever sent this took it back. Nothing of it is left."))
        if not may(now, by):
            raise Refused(_("Only those who look after this page decide what is shown on it."))
        yield now
    sent.refresh_from_db()


def _record(sent: Anything, to: str, *, by: Viewer | None, why: str = "", **facts: bool) -> Judgement:
    before, sent.state = sent.state, to
    of = {"comment" if isinstance(sent, Comment) else "story": sent}
    person = by.person if by else None
    return Judgement.objects.create(**of, before=before, after=to, why=why, by=person, **facts)


def _words(sent: Anything) -> tuple[str, ...]:
    return tuple(getattr(sent, name, "") for name in ("title", "text", "name", "topic", "mark"))


def _reason(why: str, *, needed: bool) -> str:
    why = " ".join(why.split())
    if needed and not why:
        raise Refused(_("Say why, in a sentence: whoever sent it is told."))
    if len(why) > LONGEST_REPLY:
        raise Refused(
            _("That reason has %(number)s characters. %(longest_reply)s have to do.")
            % {"number": len(why), "longest_reply": LONGEST_REPLY}
        )
    return why
