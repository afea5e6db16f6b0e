"""Every note stands somewhere once, and no note stops waiting by itself.

Runs of random steps at one event: people post, withdraw, are hidden and shown again; organisers draft,
cite, publish, decide, decline, and take each of it back, with old tabs and doubled requests. After every
step the four numbers make up the tally, each note stands where a second telling of the law says,
and where fewer notes wait, or other ones, an act is on record.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from events.record import announce_event
from outcomes.decisions import (
    cite_statements,
    draft_decision,
    edit_decision,
    publish_decision,
    update_decision,
    withdraw_decision,
)
from outcomes.declining import decline_notes, undo_declining
from outcomes.models import Decision, Declined, Statement
from outcomes.standing import Standing, standings_of_event, with_standing
from outcomes.statements import (
    cite_notes,
    correct_statement,
    draft_statement,
    publish_statement,
    uncite_note,
    withdraw_statement,
)
from people.consent import consent_given
from people.guests import Viewer
from people.models import Act, Person
from people.refusals import Refused
from responses.board import add_note, withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note, undo_hiding
from responses.tallies import tally_of
from tests.tries import tries

RUNS, STEPS = tries(30), 40
BEN = Viewer(guest_key="ben")
WHY = "For a reason."
kinds = st.sampled_from(Decision.Kind.values)


class Answered(RuleBasedStateMachine):
    """One board with notes, and what comes of them."""

    notes = Bundle("notes")
    statements = Bundle("statements")
    decisions = Bundle("decisions")

    @initialize()
    def open_a_board(self) -> None:
        self.ada = Viewer(person=Person.objects.create_user(f"{uuid4()}@example.org", name="Ada"))
        self.event = announce_event(
            by=None, organisers=[self.ada.person], slug=f"day-{uuid4()}", name="Day", date="2019-03-06",
            status="in_progress",
        )  # fmt: skip
        board = Board.objects.create(event=self.event, slug="wall", name="Wall", state="open")
        self.station = Station.objects.create(board=board, heading="Power", code="POW", position=1)
        self.waited: set[int] = set()
        self.acts = Act.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    # Those who answer

    @rule(target=notes, words=st.sampled_from(["", "one", "two"]), public=st.booleans())
    def post(self, words: str, public: bool) -> Note:
        consent = consent_given(public=public, research=True)
        sent = {"key": uuid4(), "mark": Mark.SQUARE if words else Mark.TICK, "words": words}
        return add_note(self.station, by=BEN if words else self._somebody(), consent=consent, **sent).note

    @rule(note=notes)
    def withdraw_a_note(self, note: Note) -> None:
        self._try(withdraw_note, note, by=BEN)

    # Those who run it

    @rule(note=notes)
    def hide(self, note: Note) -> None:
        self._try(hide_note, note, WHY, by=self.ada)

    @rule(note=notes)
    def show_again(self, note: Note) -> None:
        self._try(undo_hiding, note, by=self.ada)

    @rule(target=statements, text=st.sampled_from(["heard", "also heard"]))
    def draft(self, text: str) -> Statement:
        return draft_statement(self.event, text, by=self.ada)

    @rule(statement=statements, note=notes)
    def cite(self, statement: Statement, note: Note) -> None:
        self._try(cite_notes, statement, [note], by=self.ada)

    @rule(statement=statements, note=notes)
    def uncite(self, statement: Statement, note: Note) -> None:
        self._try(uncite_note, statement, note, by=self.ada)

    @rule(target=statements, note=notes)
    def hear(self, note: Note) -> Statement:
        statement = draft_statement(self.event, f"heard {uuid4()}", by=self.ada)
        self._try(cite_notes, statement, [note], by=self.ada)
        self._try(publish_statement, statement, by=self.ada)
        return statement

    @rule(statement=statements)
    def publish(self, statement: Statement) -> None:
        self._try(publish_statement, statement, by=self.ada)

    @rule(statement=statements, text=st.sampled_from(["heard", "heard otherwise"]))
    def correct(self, statement: Statement, text: str) -> None:
        self._try(correct_statement, statement, text, WHY, by=self.ada)

    @rule(statement=statements)
    def withdraw_a_statement(self, statement: Statement) -> None:
        self._try(withdraw_statement, statement, WHY, by=self.ada)

    @rule(target=decisions, kind=kinds)
    def draft_a_decision(self, kind: str) -> Decision:
        return draft_decision(self.event, kind, f"decided {uuid4()}", by=self.ada, because=WHY)

    @rule(decision=decisions, statement=statements)
    def decide(self, decision: Decision, statement: Statement) -> None:
        self._try(cite_statements, decision, [statement], by=self.ada)
        self._try(publish_decision, decision, by=self.ada)

    @rule(decision=decisions, statement=statements, kind=kinds)
    def change_the_draft(self, decision: Decision, statement: Statement, kind: str) -> None:
        said = {"kind": kind, "text": "changed", "because": WHY, "statements": [statement]}
        self._try(edit_decision, decision, by=self.ada, **said)

    @rule(target=decisions, note=notes, kind=kinds, back=st.sampled_from(["", "statement", "decision"]))
    def answer(self, note: Note, kind: str, back: str) -> Decision:
        """From the note to the decision in one go, and perhaps one of the two taken back."""
        statement = draft_statement(self.event, f"heard {uuid4()}", by=self.ada)
        self._try(cite_notes, statement, [note], by=self.ada)
        self._try(publish_statement, statement, by=self.ada)
        decision = draft_decision(self.event, kind, f"decided {uuid4()}", by=self.ada, because=WHY)
        self.decide(decision, statement)
        if back == "statement":
            self.withdraw_a_statement(statement)
        if back == "decision":
            self.withdraw_a_decision(decision)
        return decision

    @rule(decision=decisions, kind=kinds)
    def tell_of_it(self, decision: Decision, kind: str) -> None:
        self._try(update_decision, decision, "It went on.", by=self.ada, kind=kind)

    @rule(decision=decisions)
    def withdraw_a_decision(self, decision: Decision) -> None:
        self._try(withdraw_decision, decision, WHY, by=self.ada)

    @rule(note=notes)
    def decline(self, note: Note) -> None:
        self._try(decline_notes, [note], WHY, by=self.ada)

    @rule(note=notes)
    def undo_the_no(self, note: Note) -> None:
        for declined in Declined.objects.filter(note=note):
            self._try(undo_declining, declined, by=self.ada)

    # What must hold after every step

    @invariant()
    def the_four_numbers_make_up_the_tally(self) -> None:
        found = standings_of_event(self.event)
        assert found.total == tally_of(Note.objects.filter(board__event=self.event)).total
        assert sum(number for _, number in found.rows) == found.total

    @invariant()
    def each_note_stands_where_the_law_says(self) -> None:
        notes = Note.objects.on_the_wall().filter(board__event=self.event)
        assert dict(with_standing(notes).values_list("pk", "standing")) == told_again(notes)

    @invariant()
    def no_note_stops_waiting_without_an_act(self) -> None:
        waits = with_standing(Note.objects.on_the_wall().filter(board__event=self.event))
        now = set(waits.filter(standing=Standing.WAITING).values_list("pk", flat=True))
        acts = Act.objects.count()
        if self.waited - now:
            assert acts > self.acts
        self.waited, self.acts = now, acts

    def _somebody(self) -> Viewer:
        """One wordless mark of a kind is all that one person has at a heading."""
        return Viewer(guest_key=uuid4().hex)

    def _try(self, act: Callable, *given: object, **more: object) -> None:
        with suppress(Refused):
            act(*given, **more)


def told_again(notes: Iterable[Note]) -> dict[int, str]:
    """The law once more, note by note and without the database's help."""
    return {note.pk: stands(note) for note in notes}


def stands(note: Note) -> str:
    statements = [one for one in note.statements.all() if one.is_standing]
    kinds = {
        decision.kind
        for statement in statements
        for decision in statement.decisions.all()
        if decision.is_standing
    }
    if kinds & {"done", "under_way", "will_do"}:
        return "answered"
    if kinds or any(refusal.undone_at is None for refusal in note.declined.all()):
        return "declined"
    return "cited" if statements else "waiting"


@pytest.mark.usefixtures("db")
def test_no_note_is_lost_or_answered_by_itself() -> None:
    """Twelve hundred steps at most in a thorough run: thirty runs of forty."""
    Answered.TestCase.settings = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    Answered.TestCase().runTest()
