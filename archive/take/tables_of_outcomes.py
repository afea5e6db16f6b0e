"""Tables of a package about what came of it: themes, statements, decisions, promises and the like."""

from django.db.models import Model, QuerySet

from archive.take.rows import Taking
from archive.take.table import IDENTIFIER, PERMALINK, Field, Table, field
from archive.take.tables_of_record import NOW, seen
from outcomes.models import (
    Amendment,
    AmendmentNote,
    Call,
    Decision,
    Promise,
    Statement,
    StatementNote,
    Theme,
    ThemeNote,
)
from people.guests import ANYBODY

EVENT = field("event", "The event.", "event.slug", at=("events", "slug"))
TAKEN_BACK = (
    field("withdrawn_at", "When it was taken back, in UTC.", **NOW),
    field("withdrawn_why", "Why it was taken back."),
)


def _links(model: type[Model], of: type[Model], name: str, taking: Taking) -> QuerySet:
    """Rows that tie a note in the file to something anybody may see."""
    shown = of.objects.visible_to(ANYBODY)
    shown = shown.standing() if of is Theme else shown
    tied = model.objects.filter(**{f"{name}__in": shown}, note__in=taking.notes)
    return tied.select_related(name, "note").order_by("pk")


def _tie(table: str, title: str, model: type[Model], of: type[Model], name: str) -> Table:
    return Table(
        table, title, f"Which notes are in each {name}.", (name, "note"),
        lambda taking: _links(model, of, name, taking),
        (
            field(name, f"The {name}.", f"{name}.identifier", at=(f"{name}s", "identifier")),
            field("note", "The note.", "note.identifier", at=("notes", "note")),
        ),
    )  # fmt: skip


def _decided_on(_taking: Taking) -> QuerySet:
    through = Decision.statements.through.objects
    shown = {"decision__in": Decision.objects.visible_to(ANYBODY)}
    heard = {"statement__in": Statement.objects.visible_to(ANYBODY)}
    return through.filter(**shown, **heard).select_related("decision", "statement").order_by("pk")


def _promised(promise: Promise) -> str:
    """What was taken down stays on the ledger without its words."""
    return "" if promise.taken_down_at else promise.text


THEMES = Table(
    "themes", "Themes", "Notes that somebody put together under a name.", ("identifier",),
    lambda taking: seen(Theme, "event")(taking).standing(),
    (IDENTIFIER, EVENT, field("name", "Its name."), field("about", "What holds it together."),
     field("made_at", "When, in UTC.", **NOW), PERMALINK),
)  # fmt: skip
STATEMENTS = Table(
    "statements", "Statements", "What the organisers say they heard.", ("identifier",),
    seen(Statement, "event"),
    (IDENTIFIER, EVENT, field("text", "The words."),
     field("published_at", "When it was published, in UTC.", **NOW), *TAKEN_BACK, PERMALINK),
)  # fmt: skip
DECISIONS = Table(
    "decisions", "Decisions", "What was decided about what was heard.", ("identifier",),
    seen(Decision, "event", "owner"),
    (
        IDENTIFIER,
        EVENT,
        field("kind", "What is decided.", values=tuple(Decision.Kind.choices)),
        field("text", "The words."),
        field("because", "Why."),
        field("owner", "The organisation that sees to it.", "owner.name"),
        field("due", "By when, in EDTF."),
        field("published_at", "When it was published, in UTC.", **NOW),
        *TAKEN_BACK,
        PERMALINK,
    ),
)  # fmt: skip
DECIDED_ON = Table(
    "decision_statements", "What decisions answer", "Which statements each decision cites.",
    ("decision", "statement"), _decided_on,
    (
        field("decision", "The decision.", "decision.identifier", at=("decisions", "identifier")),
        field("statement", "The statement.", "statement.identifier", at=("statements", "identifier")),
    ),
)  # fmt: skip
AMENDMENTS = Table(
    "amendments", "Amendments", "Proposed changes to wordings, with what became of them.", ("identifier",),
    seen(Amendment, "principle", "wording", "result"),
    (
        IDENTIFIER,
        field("principle", "Of which principle.", "principle.identifier", at=("principles", "identifier")),
        field("wording", "What it would replace.", "wording.identifier", at=("wordings", "identifier")),
        field("text", "The words it proposes."),
        field("why", "What it answers."),
        field("state", "What became of it.", values=tuple(Amendment.State.choices)),
        field("opened_at", "When it was opened, in UTC.", **NOW),
        field("decided_at", "When it was decided, in UTC.", **NOW),
        field("decided_why", "Why."),
        field("result", "The wording it became.", "result.identifier", at=("wordings", "identifier")),
        PERMALINK,
    ),
)  # fmt: skip
PROMISES = Table(
    "promises", "Promises", "What organisers promised in public, kept or not.", ("identifier",),
    seen(Promise, "event", "owner"),
    (
        IDENTIFIER,
        EVENT,
        Field("text", "The words; empty where they were taken down.", _promised),
        field("owner", "The organisation that answers for it.", "owner.name"),
        field("due", "By when, in EDTF."),
        field("state", "What became of it.", values=tuple(Promise.State.choices)),
        field("marked_at", "When it was put on the ledger, in UTC.", **NOW),
        field("taken_down_at", "When its words were taken down, in UTC.", **NOW),
        PERMALINK,
    ),
)  # fmt: skip
CALLS = Table(
    "calls", "Calls for action", "What people and organisations can sign.", ("identifier",),
    seen(Call, "event"),
    (
        IDENTIFIER,
        EVENT,
        field("title", "Its title."),
        field("text", "The words."),
        field("opened_at", "When it was opened, in UTC.", **NOW),
        field("closed_at", "When it was closed, in UTC.", **NOW),
        PERMALINK,
    ),
)  # fmt: skip
OF_OUTCOMES = (
    THEMES,
    _tie("theme_notes", "Notes in themes", ThemeNote, Theme, "theme"),
    STATEMENTS,
    _tie("statement_notes", "What statements cite", StatementNote, Statement, "statement"),
    DECISIONS,
    DECIDED_ON,
    AMENDMENTS,
    _tie("amendment_notes", "What amendments answer", AmendmentNote, Amendment, "amendment"),
    PROMISES,
    CALLS,
)
