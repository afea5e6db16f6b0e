"""Acts on comments: sending, changing and taking back one's own. Showing them is `journal.judging`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.marking import gettext_noop
from events.models import Event, RecordChange
from journal.judging import hold_again, judge, locked, may, show_trusted, take_back
from journal.models import Comment, Post, State
from journal.spam.screening import Verdict, look_at
from journal.spam.trust import Trust, trust_in
from journal.spam.writers import writer_of
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Mark
from responses.receipts import hash_of, receipt_for
from responses.words import tidy_words

MOST = 3000  # characters
LONGEST_NAME = 100  # characters
OPEN_DAYS = 60  # after publication: what is sent to old pages is hardly ever meant for their readers
CHANGE_MINUTES = 15
CHANGED = gettext_noop("It was shown, and then its writer changed it.")


def published_at(on: Post | Event) -> datetime | None:
    """When a post was published, or a record last published; None for what is neither."""
    if isinstance(on, Post):
        return on.published_at if on.is_published else None
    if not on.is_record:
        return None
    changes = list(on.changes.all())
    times = [change.at for change in changes if change.kind == RecordChange.Kind.PUBLISHED]
    return max(times) if times else min((change.at for change in changes), default=None)


def closes_at(on: Post | Event) -> datetime | None:
    """Until when it takes comments, or took them; None where it takes none at all."""
    since = published_at(on)
    takes = isinstance(on, Event) or on.takes_comments
    return since + timedelta(days=OPEN_DAYS) if since and takes else None


def why_closed(on: Post | Event) -> str:
    """A sentence where nothing can be said to it; empty where it takes comments."""
    until = closes_at(on)
    if until and until > timezone.now():
        return ""
    if until:
        return _("Comments closed on %(day)s.") % {"day": date_format(timezone.localtime(until), "j F Y")}
    return _("This page takes no comments.")


@transaction.atomic
def add_comment(
    on: Post | Event,
    *,
    by: Viewer,
    key: UUID,
    text: str,
    verdict: Verdict,
    mark: str = Mark.NOT_RECORDED,
    name: str = "",
    email: str = "",
    is_named: bool = False,
    answers: Comment | None = None,
) -> Comment:
    """Keep a comment, and show it where its writer is known here (`verdict`, of `journal.spam.screening`).

    Whoever decides about comments there decides about their own with it.
    With `is_named` whoever signed in stands beside it by their record. Sending a key again gives the
    comment it was sent with.
    """
    if verdict.refused or verdict.pretend:
        raise Refused(verdict.refused or _("It was not taken."))
    if before := Comment.objects.filter(key=key).first():
        return _same(before, on)
    _must_take(on, answers)
    facts = {
        "post" if isinstance(on, Post) else "event": on,
        "text": fitting(text), "mark": mark, "name": name[:LONGEST_NAME], "email": email,
        "person": by.person if is_named else None, "answers": answers,
        "writer": writer_of(by), "receipt_hash": hash_of(receipt_for(key)),
        "held_because": list(verdict.reasons), "likeness": verdict.likeness,
    }  # fmt: skip
    try:
        with transaction.atomic():
            comment = Comment.objects.create(key=key, sent_at=timezone.now(), **facts)
    except IntegrityError:
        return _same(Comment.objects.get(key=key), on)
    leave_trace("commented", comment, by=by.as_participant)
    _show_if_trusted(comment, verdict, by)
    return comment


def _show_if_trusted(comment: Comment, verdict: Verdict, by: Viewer) -> None:
    if may(comment, by):
        judge(comment, State.SHOWN, by=by)
    elif verdict.may_show:
        show_trusted(comment)


def edit_comment(comment: Comment, text: str, *, by: Viewer, receipt: str = "") -> Comment:
    """Change the words of one's own comment within CHANGE_MINUTES of sending it.

    What a newcomer changes is read again before it is shown, and so is what gives reasons to.
    """
    text = fitting(text)
    with _own(comment, by, receipt) as now:
        if now.state == State.REMOVED:
            raise Refused(_("This comment is not shown. Send another one instead."))
        if not may_change(now):
            raise Refused(
                _("A comment can be changed for %(change_minutes)s minutes. Now it can be taken back.")
                % {"change_minutes": CHANGE_MINUTES}
            )
        if text == now.text:
            return now
        decides = may(now, by)
        trust = Trust.STAFF if decides else trust_in([now.writer])
        verdict = look_at(text, fields={"name": now.name}, trust=trust, but=now)
        now.text, now.edited_at = text, timezone.now()
        now.held_because, now.likeness = list(verdict.reasons), verdict.likeness
        now.save(update_fields=["text", "edited_at", "held_because", "likeness"])
        leave_trace("changed", now, by=by.as_participant)
        if not (decides or verdict.may_show):
            hold_again(now, CHANGED)
    comment.refresh_from_db()
    return comment


def withdraw_comment(comment: Comment, *, by: Viewer, receipt: str = "") -> None:
    """Take one's own comment back, for good; where it stood, a line says so."""
    with _own(comment, by, receipt) as now:
        take_back(now, by=by)
    comment.refresh_from_db()


def may_change(comment: Comment) -> bool:
    return timezone.now() < comment.sent_at + timedelta(minutes=CHANGE_MINUTES)


def fitting(text: str) -> str:
    """The words as they are kept; refuses none, and more than a comment holds."""
    words = tidy_words(text[: 4 * MOST])
    if not words:
        raise Refused(_("Write something first."))
    if len(words) > MOST or len(text) > 4 * MOST:
        raise Refused(
            _("That is %(number)s characters or more. A comment holds %(most)s.")
            % {"number": len(words), "most": MOST}
        )
    return words


def is_own(comment: Comment, by: Viewer, receipt: str = "") -> bool:
    """Whether `by` wrote it, or holds the code that was given for it."""
    if receipt:
        return hash_of(receipt) == comment.receipt_hash
    return Comment.objects.of(by).filter(pk=comment.pk).exists()


@contextmanager
def _own(comment: Comment, by: Viewer, receipt: str) -> Iterator[Comment]:
    with locked(comment) as now:
        if now.state == State.WITHDRAWN:
            raise Refused(_("This comment was taken back before. Nothing of it is left."))
        if not is_own(now, by, receipt):
            raise Refused(_("Only whoever wrote a comment can change it or take it back."))
        yield now


def _same(before: Comment, on: Post | Event) -> Comment:
    if on not in (before.post, before.event):
        raise Refused(_("This was sent to another page already. Reload this page and send it again."))
    return before


def _must_take(on: Post | Event, answers: Comment | None) -> None:
    if why := why_closed(on):
        raise Refused(_("%(why)s Nothing was kept.") % {"why": why})
    if answers is None:
        return
    if on not in (answers.post, answers.event) or answers.state != State.SHOWN:
        raise Refused(_("The comment you answer is not shown any more."))
    if answers.answers_id:
        raise Refused(_("An answer is not answered itself: answer the comment above it."))
