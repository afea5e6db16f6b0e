"""Outcomes made in one call, for tests that are about something else."""

from outcomes.decisions import draft_decision, publish_decision
from outcomes.models import Decision, Statement
from outcomes.statements import draft_statement, publish_statement
from people.guests import Viewer
from responses.models import Note


def heard(note: Note, by: Viewer, text: str = "People ask who decides.") -> Statement:
    statement = draft_statement(note.board.event, text, by=by, notes=[note])
    return publish_statement(statement, by=by)


def decided(statement: Statement, kind: str, by: Viewer, text: str = "We print a list.") -> Decision:
    because = "There is no money for it." if kind == "will_not" else ""
    decision = draft_decision(statement.event, kind, text, by=by, because=because, statements=[statement])
    return publish_decision(decision, by=by)
