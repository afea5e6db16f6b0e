"""Acts on calls for action: making one, opening and closing it, and saying how it goes.

What people sign stays as they read it: once somebody signed, the words of a call are fixed.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.running import must_run
from outcomes.call_letters import tell_of_closing
from outcomes.models import Call, CallUpdate, Signature, Statement
from outcomes.telling import tell_of_call
from outcomes.typed import link_of, reason_of, words_of
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from people.trace import leave_trace

LONGEST_TITLE = 200  # characters
LONGEST_TEXT = 5000
LONGEST_UPDATE = 500
NOT_YOURS = gettext_lazy("Only organisers call for action. A steward can make you one.")
NOT_RUN = gettext_lazy("Only those who run this call can do that.")
UNTITLED = gettext_lazy("Say in a few words what you call for.")
WORDLESS = gettext_lazy("Say what people and organisations are asked to do.")
UNCITED = gettext_lazy("Cite at least one thing that was heard, so that everybody sees why you call.")
UNHEARD = gettext_lazy("One of these statements is not public any more. Look at the list again.")
SIGNED = gettext_lazy(
    "People signed these words, so they stay. Close this call and make another if it has to change."
)
PAST = gettext_lazy("Its last day has passed. Give a later one, or none.")
SILENT = gettext_lazy("Say how it goes, in a sentence or two.")


@transaction.atomic
def make_call(
    title: str, text: str, *, by: Viewer | None, event: Event | None = None,
    statements: Iterable[Statement] = (), open_until: date | None = None,
) -> Call:  # fmt: skip
    """A draft of a call, citing `statements`; `open_until` is the last day on which it can be signed.

    The same words twice from one author are one draft. Refuses whoever does not organise `event`, or
    anything where there is none.
    """
    _may_make(event, by)
    author = by.person if by else None
    words = {"title": _title(title), "text": words_of(text, or_else=WORDLESS, most=LONGEST_TEXT)}
    draft = Call.objects.filter(event=event, author=author, opened_at=None, **words).first()
    if draft and author:
        return draft
    cited = _citable(statements, event)
    call = Call.objects.create(event=event, author=author, open_until=open_until, **words)
    call.statements.add(*cited)
    leave_trace("drafted", call, by=by)
    return call


@transaction.atomic
def edit_call(
    call: Call, *, by: Viewer | None, title: str, text: str,
    statements: Iterable[Statement], open_until: date | None,
) -> Call:  # fmt: skip
    """Change a call. Refuses other words, or fewer statements, once somebody signed it."""
    now = locked(call)
    must_run_call(now, by)
    words = _title(title), words_of(text, or_else=WORDLESS, most=LONGEST_TEXT)
    cited = set(_citable(statements, now.event, before=now.statements.all()))
    changes_words = words != (now.title, now.text) or set(now.statements.all()) - cited
    if changes_words and now.signatures.exclude(state=Signature.State.WITHDRAWN).exists():
        raise Refused(SIGNED)
    if now.opened_at:
        _must_cite(cited)
    (now.title, now.text), now.open_until = words, _still_to_come(open_until, now, by)
    now.save(update_fields=["title", "text", "open_until"])
    now.statements.set(cited)
    leave_trace("edited", now, by=by)
    return now


@transaction.atomic
def open_call(call: Call, *, by: Viewer | None) -> Call:
    """Show a draft to everybody who sees its event, or take signatures again where it was closed."""
    now = locked(call)
    must_run_call(now, by)
    if now.takes_signatures:
        return now
    _must_cite(now.statements.all())
    if by and now.open_until and now.open_until < timezone.localdate():
        raise Refused(PAST)
    now.opened_at = now.opened_at or timezone.now()
    now.closed_at, now.closed_why = None, ""
    now.save(update_fields=["opened_at", "closed_at", "closed_why"])
    leave_trace("opened", now, by=by)
    tell_of_call(now)
    return now


@transaction.atomic
def close_call(call: Call, why: str, *, by: Viewer | None) -> Call:
    """Take no more signatures, and say why; whoever signed gets a letter."""
    now = locked(call)
    must_run_call(now, by)
    if now.opened_at is None:
        raise Refused(_("It is a draft, which nobody can sign. Nothing has to be closed."))
    if now.closed_at:
        return now
    now.closed_at, now.closed_why = timezone.now(), reason_of(why)
    now.save(update_fields=["closed_at", "closed_why"])
    leave_trace("closed", now, by=by)
    tell_of_closing(now)
    tell_of_call(now)
    return now


@transaction.atomic
def report_progress(call: Call, text: str, *, by: Viewer | None, evidence: str = "") -> CallUpdate:
    """Say in public how a call goes; `evidence` is a web address. The same words twice are one entry."""
    now = locked(call)
    must_run_call(now, by)
    if now.opened_at is None:
        raise Refused(_("It is a draft. Open it first: nobody reads how a draft goes."))
    said = {"text": words_of(text, or_else=SILENT, most=LONGEST_UPDATE), "evidence": link_of(evidence)}
    last = now.updates.filter(signature=None).first()
    if last and {"text": last.text, "evidence": last.evidence} == said:
        return last
    update = add_update(now, by=by.person if by else None, **said)
    leave_trace("reported", now, by=by)
    tell_of_call(now)
    return update


def add_update(call: Call, **facts: object) -> CallUpdate:
    """The next line of a call that is locked."""
    last = call.updates.aggregate(last=Max("number"))["last"] or 0
    return CallUpdate.objects.create(call=call, number=last + 1, **facts)


def locked(call: Call) -> Call:
    """The call as it is since, its row held until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("event").get(pk=call.pk)


def must_run_call(call: Call, by: Viewer | None) -> None:
    """Refuses whoever does not run `call`; the site itself (None) may."""
    if by is not None and not call.is_run_by(by):
        raise Refused(NOT_RUN)


def _may_make(event: Event | None, by: Viewer | None) -> None:
    if event:
        must_run(event, by)
    elif by is not None and not by.may_organise:
        raise Refused(NOT_YOURS)


def _title(typed: str) -> str:
    return " ".join(words_of(typed, or_else=UNTITLED, most=LONGEST_TITLE).split())


def _citable(
    statements: Iterable[Statement], event: Event | None, before: Iterable[Statement] = ()
) -> list[Statement]:
    """The statements; each is public, of the call's own event, or was cited `before`."""
    cited = list(statements)
    standing = Statement.objects.standing().filter(pk__in=[one.pk for one in cited])
    known = {*before, *standing.visible_to(ANYBODY), *(standing.filter(event=event) if event else ())}
    if set(cited) - known:
        raise Refused(UNHEARD)
    return cited


def _must_cite(cited: Iterable[Statement]) -> None:
    if not any(statement.is_standing for statement in cited):
        raise Refused(UNCITED)


def _still_to_come(day: date | None, call: Call, by: Viewer | None) -> date | None:
    if by and day and day != call.open_until and day < timezone.localdate():
        raise Refused(PAST)
    return day
