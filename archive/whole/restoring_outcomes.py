"""What came of it, from the tables of a package."""

from django.db.models import Model
from django.utils import timezone

from archive.whole.known import Known, Row, kept, put, when
from archive.whole.package import Package
from events.edtf import parse_date
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
from people.models import Organisation

# Words that were taken down stay off the ledger, which says that they were.
TAKEN_DOWN = "Its words were taken down."


def restore_outcomes(package: Package, known: Known) -> None:
    known.add_all("themes", package, lambda row: _theme(row, known))
    known.add_all("statements", package, lambda row: _statement(row, known))
    known.add_all("decisions", package, lambda row: _decision(row, known))
    known.add_all("amendments", package, lambda row: _amendment(row, known))
    known.add_all("promises", package, lambda row: _promise(row, known))
    known.add_all("calls", package, lambda row: _call(row, known))
    for model, name in ((ThemeNote, "theme"), (StatementNote, "statement"), (AmendmentNote, "amendment")):
        _tie_notes(model, name, package, known)
    cited = Decision.statements.through
    rows = package.rows("decision_statements")
    put(cited, (cited(**_pair(row, known, "decision", "statement")) for row in rows))


def _theme(row: Row, known: Known) -> Theme:
    of, made = known.key("events", row["event"]), when(row["made_at"])
    return Theme(event_id=of, made_at=made, **kept(row, "identifier", "name", "about"))


def _statement(row: Row, known: Known) -> Statement:
    return Statement(event_id=known.key("events", row["event"]), **_said(row), **kept(row, "text"))


def _decision(row: Row, known: Known) -> Decision:
    words = kept(row, "kind", "text", "because", "due")
    facts = {"owner": _body(row["owner"]), "due_last": parse_date(row["due"]).last if row["due"] else None}
    return Decision(event_id=known.key("events", row["event"]), **_said(row), **facts, **words)


def _amendment(row: Row, known: Known) -> Amendment:
    names = {"principle": "principles", "wording": "wordings", "result": "wordings"}
    leads = {f"{name}_id": known.key(table, row[name]) for name, table in names.items()}
    opened, decided = when(row["opened_at"]), when(row["decided_at"])
    # Nobody marks what came in a file.
    times = {"opened_at": opened, "open_until": decided or timezone.now(), "decided_at": decided}
    words = kept(row, "identifier", "text", "why", "state", "decided_why")
    return Amendment(made_at=opened or timezone.now(), **leads, **times, **words)


def _promise(row: Row, known: Known) -> Promise:
    gone, of = when(row["taken_down_at"]), known.key("events", row["event"])
    words = kept(row, "identifier", "due", "state") | {"text": row["text"] or TAKEN_DOWN}
    facts = {"owner": _body(row["owner"]), "due_last": parse_date(row["due"]).last if row["due"] else None}
    why = TAKEN_DOWN if gone else ""
    times = {"marked_at": when(row["marked_at"]), "taken_down_at": gone, "taken_down_why": why}
    return Promise(event_id=of, **times, **facts, **words)


def _call(row: Row, known: Known) -> Call:
    opened, closed = when(row["opened_at"]), when(row["closed_at"])
    times = {"made_at": opened, "opened_at": opened, "closed_at": closed}
    return Call(
        event_id=known.key("events", row["event"]), **times, **kept(row, "identifier", "title", "text")
    )


def _said(row: Row) -> dict[str, object]:
    published = when(row["published_at"])
    times = {"made_at": published, "published_at": published, "withdrawn_at": when(row["withdrawn_at"])}
    return times | kept(row, "identifier", "withdrawn_why")


def _body(name: str) -> Organisation | None:
    return Organisation.objects.get_or_create(name=name)[0] if name else None


def _tie_notes(model: type[Model], name: str, package: Package, known: Known) -> None:
    rows = package.rows(f"{name}_notes")
    put(model, (model(**_pair(row, known, name, "note")) for row in rows))


def _pair(row: Row, known: Known, *names: str) -> dict[str, int | None]:
    return {f"{name}_id": known.key(f"{name}s", row[name]) for name in names}
