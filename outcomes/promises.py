"""Acts on promises: one is put on the ledger, and people say what became of it, with evidence."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.running import must_run
from outcomes.models import Promise, PromiseUpdate
from outcomes.telling import tell_of_promise
from outcomes.typed import day_of, link_of, reason_of, words_of
from people.guests import ANYBODY, Viewer
from people.models import Person
from people.refusals import Refused
from people.trace import leave_trace

State = Promise.State
LONGEST = 500  # characters of a promise, and of what became of it
NOT_YOURS = gettext_lazy("Only those who run the event, or marked the promise, say what became of it.")
NOT_TAKEN_DOWN = gettext_lazy(
    "Only stewards take a promise down. Whoever gave it can say that it was dropped, and why."
)
NO_EVIDENCE = gettext_lazy("Say what shows that it was kept: a link, an event, or what happened.")
NO_REASON = gettext_lazy("Say what happened, in a sentence for readers.")
GONE = gettext_lazy("This promise was taken down.")


@transaction.atomic
def make_promise(event: Event | None, text: str, *, by: Viewer | None, **fields: object) -> Promise:
    """Put on the ledger what was said at `event`, with whatever is known of what became of it.

    The same words of one event are one promise. Without an event, whoever calls this has looked
    whether `by` may mark it. Refuses no words, too many, and a due date that is none.
    """
    said = line_of(text, or_else=_("Write down what was promised, as it was said."))
    fields["due"] = day_of(str(fields.get("due", "")))
    if event is not None:
        must_run(event, by)
        held = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if there := held.promises.on_the_ledger().filter(text=said).first():
            return there
    fields.setdefault("marked_by", by.person if by else None)
    promise = Promise.objects.create(event=event, text=said, **fields)
    leave_trace("promised", promise, by=by)
    tell_of_promise(promise)
    return promise


@transaction.atomic
def update_promise(
    promise: Promise, state: str, text: str, *, by: Viewer | None,
    evidence: str = "", shown_at: Event | None = None, due: str | None = None,
) -> PromiseUpdate:  # fmt: skip
    """Say what became of a promise; `due` moves its day (None: it stays, "": it has none any more).

    What is kept needs something that shows it: a link, an event or a sentence; everything else a
    sentence. Saying the same twice says it once.
    """
    held = _locked(promise, by)
    said = line_of(text, or_else=NO_REASON) if text.strip() else ""
    due = held.due if due is None else day_of(due)
    evidence = link_of(evidence)
    _must_have_evidence(state, said, evidence, shown_at, by)
    facts = {"state": state, "text": said, "evidence": evidence, "shown_at": shown_at}
    facts |= {"by": by.person if by else None}
    last = held.updates.first()
    if last and held.due == due and all(getattr(last, name) == fact for name, fact in facts.items()):
        return last
    update = _add(held, due, facts)
    promise.state, promise.due, promise.due_last = held.state, held.due, held.due_last
    leave_trace(f"said_{state}", promise, by=by)
    tell_of_promise(promise)
    return update


@transaction.atomic
def take_down_promise(promise: Promise, why: str, *, by: Viewer | None) -> None:
    """Take the words of a promise, and of all that was said of it, off the site; that it was given stays."""
    if by is not None and not by.is_steward:
        raise Refused(NOT_TAKEN_DOWN)
    why = reason_of(why)
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    if held.taken_down_at:
        return
    held.text = held.evidence = ""
    held.person = held.kept_at = None
    held.taken_down_at, held.taken_down_why = timezone.now(), why
    held.save()
    held.updates.update(text="", evidence="", shown_at=None)
    leave_trace("taken_down", held, by=by, why=why)


def line_of(text: str, *, or_else: str) -> str:
    """`text` on one line; refuses none with the sentence `or_else`, and more than fits."""
    return " ".join(words_of(text, or_else=or_else, most=LONGEST).split())


def may_answer_for(event: Event, viewer: Viewer) -> list[Person]:
    """Who may be named as answering for what was promised at `event`: who is named there, and oneself."""
    named = [one.person for one in event.organisers.select_related("person") if one.person]
    own = [viewer.person] if viewer.person else []
    return list(dict.fromkeys([*own, *named]))


def _locked(promise: Promise, by: Viewer | None) -> Promise:
    """The promise as it is now, for whoever may say what became of it."""
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    if by is not None and not held.is_run_by(by):
        raise Refused(NOT_YOURS)
    if held.taken_down_at:
        raise Refused(GONE)
    return held


def _must_have_evidence(
    state: str, said: str, evidence: str, shown_at: Event | None, by: Viewer | None
) -> None:
    if state not in State.values:
        raise Refused(_("Choose what became of it."))
    if shown_at and by and not Event.objects.visible_to(ANYBODY).filter(pk=shown_at.pk).exists():
        raise Refused(_("Readers cannot open that event yet. Name another one, or say what happened."))
    if state == State.KEPT and not (said or evidence or shown_at):
        raise Refused(NO_EVIDENCE)
    if state != State.KEPT and not said:
        raise Refused(NO_REASON)


def _add(held: Promise, due: str, facts: dict[str, object]) -> PromiseUpdate:
    """Add the line to its log, and let the promise stand as it says."""
    before = {"state_before": held.state, "due_before": held.due if held.due != due else ""}
    update = held.updates.create(number=held.updates.count() + 1, **before, **facts)
    held.state, held.due = update.state, due
    held.kept_at = update.shown_at if update.state == State.KEPT else None
    held.save()
    return update
