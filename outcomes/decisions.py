"""Acts on decisions: what is done about what was heard, by whom and by when."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.languages import in_the_sites_language
from events.models import Event
from events.running import must_run
from outcomes.models import Decision, DecisionUpdate, Statement
from outcomes.telling import tell_of_decision, tell_of_update
from outcomes.telling_later import tell_of_more, tell_of_taking_back
from outcomes.typed import day_of, link_of, reason_of, words_of
from people.guests import Viewer
from people.models import Organisation, Person
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Note
from responses.words import tidy_words

WORDLESS = gettext_lazy("Say what was decided.")
NO_REASON = gettext_lazy("Say why it will not be done: whoever asked for it reads that.")
UNCITED = gettext_lazy("Cite a published statement first: everybody can then see what it answers.")


@transaction.atomic
def draft_decision(
    event: Event, kind: str, text: str, *, by: Viewer | None, because: str = "",
    owner: Organisation | None = None, person: Person | None = None, due: str = "",
    statements: Iterable[Statement] = (),
) -> Decision:  # fmt: skip
    """A draft of what was decided at `event`; `due` is a day as events have it ("2027-03", say).

    The same words twice from one author are one draft. Refuses whoever does not organise the event,
    an unknown kind, a refusal without a reason, and statements that are not of the event.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    must_run(event, by)
    words = words_of(text, or_else=WORDLESS)
    author = by.person if by else None
    same = {"event": event, "author": author, "text": words, "published_at": None, "withdrawn_at": None}
    decision = Decision.objects.filter(**same).first() or Decision(event=event, author=author)
    is_new = decision.pk is None
    _keep(decision, kind, words, because, owner, person, due)
    _set_statements(decision, statements)
    if is_new:
        leave_trace("drafted", decision, by=by)
    return decision


def edit_decision(
    decision: Decision, *, by: Viewer | None, kind: str, text: str, because: str = "",
    owner: Organisation | None = None, person: Person | None = None, due: str = "",
    statements: Iterable[Statement] = (),
) -> Decision:  # fmt: skip
    """Change a draft; what became of a published decision is told by an update instead."""
    with _changing(decision, by) as now:
        if now.published_at:
            raise Refused(_("This decision is public. Say what changed in an update."))
        _keep(now, kind, words_of(text, or_else=WORDLESS), because, owner, person, due)
        _set_statements(now, statements)
        leave_trace("edited", now, by=by)
        return now


def cite_statements(decision: Decision, statements: Iterable[Statement], *, by: Viewer | None) -> int:
    """Cite more statements of its event, also once it is public; returns how many are new to it."""
    with _changing(decision, by) as now:
        cited = set(now.statements.values_list("pk", flat=True))
        new = [one for one in _of_its_event(now, statements) if one.pk not in cited]
        now.statements.add(*new)
        if new:
            leave_trace("cited_statements", now, by=by)
            _tell_of_what_is_new(now, new, cited)
        return len(new)


def publish_decision(decision: Decision, *, by: Viewer | None) -> Decision:
    """Show a draft to everybody who sees its event; the notes behind what it cites are then answered.

    Refuses one that cites no statement that stands.
    """
    with _changing(decision, by) as now:
        if now.published_at:
            return now
        # Against one being taken back at the same moment.
        cited = now.statements.select_for_update(of=("self",), no_key=True).order_by("pk")
        if not any(statement.is_standing for statement in cited):
            raise Refused(UNCITED)
        now.published_at = timezone.now()
        now.save(update_fields=["published_at"])
        leave_trace("published", now, by=by)
        tell_of_decision(now)
        return now


def update_decision(
    decision: Decision, text: str, *, by: Viewer | None, kind: str = "", because: str = "",
    evidence: str = "", shown_at: Event | None = None, due: str | None = None, words: str = "",
) -> DecisionUpdate:  # fmt: skip
    """Say in public what became of a decision: a step, another `kind`, another day, corrected `words`.

    `evidence` is a web address, `shown_at` an event that shows it; `due` None leaves the day as it is.
    Saying the same twice in a row is saying it once. Refuses drafts, and a refusal without a reason.
    """
    with _changing(decision, by) as now:
        if now.published_at is None:
            raise Refused(_("This decision is a draft. Change the draft itself."))
        said = words_of(text, or_else=_("Say what happened."))
        _must_see(shown_at, by)
        before, kind_before = said_in(now), now.kind
        day = now.due if due is None else due
        _keep(now, kind or now.kind, tidy_words(words) or now.text,
              tidy_words(because) or now.because, now.owner, now.person, day)  # fmt: skip
        fields = {"kind": now.kind, "text": said, "evidence": link_of(evidence), "shown_at": shown_at}
        changed = before if said_in(now) != before else ""
        return _append(now, fields, before=changed, kind_before=kind_before, by=by)


def withdraw_decision(decision: Decision, why: str, *, by: Viewer | None) -> Decision:
    """Take a decision back: it counts no longer. Once published, its words stay with the reason."""
    with _changing(decision, by, or_gone=False) as now:
        if now.withdrawn_at:
            return now
        now.withdrawn_at, now.withdrawn_why = timezone.now(), reason_of(why)
        now.save(update_fields=["withdrawn_at", "withdrawn_why"])
        leave_trace("took_back", now, by=by)
        tell_of_taking_back(now)
        return now


def said_in(decision: Decision) -> str:
    """What a decision says: its words, its reason and its day, for the log of what it said before."""
    because = f"Because: {decision.because}" if decision.because else ""
    with in_the_sites_language():
        due = f"Due {decision.due_span.words()}." if decision.due else ""
    return "\n".join(line for line in (decision.text, because, due) if line)


@contextmanager
def _changing(decision: Decision, by: Viewer | None, *, or_gone: bool = True) -> Iterator[Decision]:
    """The decision with its row lock, for those who organise its event."""
    with transaction.atomic():
        rows = Decision.objects.select_for_update(of=("self",), no_key=True).select_related("event")
        now = rows.get(pk=decision.pk)
        must_run(now.event, by)
        if now.withdrawn_at and or_gone:
            raise Refused(_("This decision was taken back. Write a new one instead."))
        yield now


def _keep(
    decision: Decision, kind: str, text: str, because: str,
    owner: Organisation | None, person: Person | None, due: str,
) -> None:  # fmt: skip
    if kind not in Decision.Kind.values:
        raise Refused(_("Say which it is: done, under way, will do, or will not do."))
    decision.kind, decision.text, decision.because = kind, text, tidy_words(because)
    if kind == Decision.Kind.WILL_NOT and not decision.because:
        raise Refused(NO_REASON)
    decision.owner, decision.person, decision.due = owner, person, day_of(due)
    decision.save()


def _set_statements(decision: Decision, statements: Iterable[Statement]) -> None:
    decision.statements.set(_of_its_event(decision, statements))


def _of_its_event(decision: Decision, statements: Iterable[Statement]) -> list[Statement]:
    asked = {statement.pk for statement in statements}
    found = list(Statement.objects.filter(pk__in=asked, event=decision.event, withdrawn_at=None))
    if len(found) < len(asked):
        raise Refused(_("A decision cites statements of its own event that were not taken back. Look again."))
    return found


def _tell_of_what_is_new(decision: Decision, new: list[Statement], known: set[int]) -> None:
    """Tell of a public decision to those behind statements it cites from now on."""
    if decision.published_at is None:
        return
    standing = Statement.objects.standing().filter(pk__in=[one.pk for one in new])
    told = Note.objects.filter(statements__in=Statement.objects.standing().filter(pk__in=known))
    tell_of_more(decision, Note.objects.filter(statements__in=standing).exclude(pk__in=told).distinct())


def _must_see(shown_at: Event | None, by: Viewer | None) -> None:
    if shown_at and by and not Event.objects.visible_to(by).filter(pk=shown_at.pk).exists():
        raise Refused(_("Choose an event that is on record here."))


def _append(
    decision: Decision, fields: dict, *, before: str, kind_before: str, by: Viewer | None
) -> DecisionUpdate:
    last = decision.updates.first()
    if last and not before and all(getattr(last, name) == value for name, value in fields.items()):
        return last
    person = by.person if by else None
    update = DecisionUpdate.objects.create(
        decision=decision, number=last.number + 1 if last else 1, by=person,
        before=before, kind_before=kind_before, **fields,
    )  # fmt: skip
    leave_trace("told_of", decision, by=by)
    tell_of_update(decision, update)
    return update
