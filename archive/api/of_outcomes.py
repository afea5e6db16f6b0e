"""Themes, statements, decisions, promises, amendments and calls, as the API tells them."""

from django.db.models import Count, F, Model, Prefetch

from archive.api.facts import (
    MAYBE_DAY,
    MAYBE_MOMENT,
    MAYBE_WORDS,
    WORDS,
    Fact,
    of_thing,
    one_of,
    own,
    several,
)
from archive.api.kinds import Filter, Kind
from archive.api.of_records import OF_EVENT, of_one_event, with_event
from archive.cite.of_outcomes import decision_work, statement_work
from archive.cite.work import Work
from events.models import Event
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from people.guests import ANYBODY
from responses.models import Note


def _seen_notes() -> Prefetch:
    return Prefetch("notes", Note.objects.visible_to(ANYBODY).order_by("pk"))


def _seen_statements() -> Prefetch:
    return Prefetch("statements", Statement.objects.visible_to(ANYBODY).order_by("pk"))


def _event_of(one: Model) -> str | None:
    """Its event, as in its address, if anybody may see that."""
    event = one.event
    return event.slug if event and event.status != Event.Status.DRAFT else None


def _statement_work(statement: Statement) -> Work:
    return statement_work(statement, statement.corrected + 1)


def _decision_work(decision: Decision) -> Work:
    return decision_work(decision, decision.told_since + 1)


EVENT = of_thing("event", MAYBE_WORDS, "The event, as in its address.", _event_of)
NOTES = of_thing(
    "notes", several(WORDS), "The ids of the notes in it that everybody may read; others count on its page.",
    lambda one: [note.identifier for note in one.notes.all()],
)  # fmt: skip
STATEMENTS = of_thing(
    "statements", several(WORDS), "The ids of the statements it rests on.",
    lambda one: [statement.identifier for statement in one.statements.all()],
)  # fmt: skip
TAKEN_BACK: tuple[Fact, ...] = (
    own("taken_back_at", MAYBE_MOMENT, "When the organisers took it back; its page says so.", "withdrawn_at"),
    own("taken_back_why", WORDS, "Why they did.", "withdrawn_why"),
)

THEMES = Kind(
    "themes", "theme", "Notes that somebody put together under a name.",
    lambda: with_event(Theme.objects.visible_to(ANYBODY).standing()),
    lambda rows: of_one_event(rows).select_related("author").prefetch_related(_seen_notes()),
    (EVENT, own("name", WORDS, "Its name."), NOTES), OF_EVENT,
)  # fmt: skip
STATEMENTS_KIND = Kind(
    "statements", "statement", "What organisers say they heard, with the notes that said it.",
    lambda: with_event(Statement.objects.visible_to(ANYBODY)),
    lambda rows: (
        of_one_event(rows).prefetch_related(_seen_notes())
        .annotate(corrected=Count("changes", distinct=True))
    ),
    (EVENT, NOTES, own("published_at", MAYBE_MOMENT, "When it was published, in UTC."), *TAKEN_BACK),
    OF_EVENT, work=_statement_work,
)  # fmt: skip
DECISIONS = Kind(
    "decisions", "decision", "What was decided about what was heard, also what will not be done.",
    lambda: with_event(Decision.objects.visible_to(ANYBODY)),
    lambda rows: (
        of_one_event(rows).select_related("owner").prefetch_related(_seen_statements())
        .annotate(told_since=Count("updates", distinct=True))
    ),
    (
        EVENT,
        own("standing", one_of(Decision.Kind.choices), "How it stands.", "kind"),
        own("because", WORDS, "Why; never empty where it will not be done."),
        own("due", WORDS, "By when, as an EDTF date; empty where no day was named."),
        own("due_last", MAYBE_DAY, "The last day that covers."),
        STATEMENTS,
        own("published_at", MAYBE_MOMENT, "When it was published, in UTC."),
        *TAKEN_BACK,
    ),
    OF_EVENT, work=_decision_work,
)  # fmt: skip
PROMISES = Kind(
    "promises", "promise", "What somebody promised in public, and what became of it.",
    lambda: with_event(Promise.objects.visible_to(ANYBODY).on_the_ledger()),
    lambda rows: of_one_event(rows).select_related("owner", "person"),
    (
        EVENT,
        own("standing", one_of(tuple(Promise.STANDINGS.items())), "What became of it, as on the ledger."),
        own("due", WORDS, "By when, as an EDTF date; empty where no day was named."),
        own("due_last", MAYBE_DAY, "The last day that covers."),
        own("evidence", WORDS, "What shows it."),
    ),
    OF_EVENT,
)  # fmt: skip
AMENDMENTS = Kind(
    "amendments", "amendment", "Proposed wordings of principles, and what was decided.",
    lambda: Amendment.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at")),
    lambda rows: (
        rows.select_related("principle__set", "wording", "result", "author").prefetch_related(_seen_notes())
    ),
    (
        of_thing("principle", WORDS, "The id of the principle.", lambda one: one.principle.identifier),
        of_thing("wording", WORDS, "The id of the wording it would replace.",
                 lambda one: one.wording.identifier),
        own("why", WORDS, "What it answers and why it reads so."),
        own("state", one_of(Amendment.State.choices), "How it stands; a draft is in no list."),
        own("open_until", MAYBE_MOMENT, "Until when marks are taken, in UTC."),
        own("decided_why", WORDS, "Why it was decided so."),
        of_thing("result", MAYBE_WORDS, "The id of the wording it became.",
                 lambda one: one.result.identifier if one.result else None),
        NOTES,
    ),
    {"principle": Filter("Of the principle with this id.", "principle__identifier")},
)  # fmt: skip
CALLS = Kind(
    "calls", "call", "Calls for action that people and organisations sign.",
    lambda: with_event(Call.objects.visible_to(ANYBODY)),
    lambda rows: of_one_event(rows).select_related("author").prefetch_related(_seen_statements()),
    (
        EVENT,
        own("open_until", MAYBE_DAY, "The last day on which it can be signed; null until it is closed."),
        own("closed_at", MAYBE_MOMENT, "When it was closed, in UTC."),
        STATEMENTS,
    ),
    OF_EVENT,
)  # fmt: skip
