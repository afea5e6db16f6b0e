"""Acts on decisions."""

from collections.abc import Callable

import pytest

from outcomes.decisions import (
    NO_REASON,
    UNCITED,
    cite_statements,
    draft_decision,
    edit_decision,
    publish_decision,
    update_decision,
    withdraw_decision,
)
from outcomes.models import Decision, DecisionUpdate, Statement
from outcomes.statements import draft_statement, withdraw_statement
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Note, Station
from tests.outcomes.makers import decided, heard

WORDS = "We print a list of who decides."


@pytest.fixture
def statement(station: Station, post_note: Callable[..., Note], ada: Viewer) -> Statement:
    return heard(post_note(station), ada)


def test_a_decision_has_words_a_kind_and_a_day(statement: Statement, ada: Viewer) -> None:
    decision = draft_decision(
        statement.event, "will_do", WORDS, by=ada, person=ada.person, due="2027-03", statements=[statement]
    )
    assert (decision.author, str(decision.due_last)) == (ada.person, "2027-03-31")
    for kind, text, due, sentence in (
        ("perhaps", WORDS, "", "Say which it is"),
        ("done", " ", "", "Say what was decided"),
        ("done", WORDS, "next spring", "."),
        ("will_not", WORDS, "", NO_REASON),
    ):
        with pytest.raises(Refused, match=str(sentence)):
            draft_decision(statement.event, kind, text, by=ada, due=due)
    assert Decision.objects.count() == 1


def test_the_same_draft_sent_twice_is_one(statement: Statement, ada: Viewer) -> None:
    made = [draft_decision(statement.event, "done", WORDS, by=ada, statements=[statement]) for _ in "ab"]
    assert made[0] == made[1]
    assert Act.objects.filter(verb="drafted", subject=made[0].identifier).count() == 1


def test_who_does_not_run_the_event_decides_nothing(
    statement: Statement, ada: Viewer, ben: Viewer, facilitator: Viewer
) -> None:
    decision = decided(statement, "will_do", ada)
    for act, *given in (
        (draft_decision, statement.event, "done", "Another."),
        (cite_statements, decision, [statement]),
        (publish_decision, decision),
        (update_decision, decision, "Done."),
        (withdraw_decision, decision, "Because."),
    ):
        for who in (ANYBODY, ben, facilitator):
            with pytest.raises(Refused, match="Only those who run this event"):
                act(*given, by=who)
    with pytest.raises(Refused, match="Only those who run this event"):
        edit_decision(decision, by=ben, kind="done", text="Another.")


def test_a_decision_is_published_only_with_a_statement_that_stands(statement: Statement, ada: Viewer) -> None:
    draft = draft_statement(statement.event, "Still a draft.", by=ada)
    decision = draft_decision(statement.event, "done", WORDS, by=ada, statements=[draft])
    with pytest.raises(Refused, match=str(UNCITED)):
        publish_decision(decision, by=ada)
    edit_decision(decision, by=ada, kind="done", text=WORDS, statements=[statement])
    withdraw_statement(statement, "We misheard.", by=ada)
    with pytest.raises(Refused, match=str(UNCITED)):
        publish_decision(decision, by=ada)
    assert not Decision.objects.visible_to(ANYBODY).exists()


def test_statements_of_another_event_or_taken_back_are_not_cited(
    statement: Statement, make_event: Callable, ada: Viewer
) -> None:
    elsewhere = make_event("other-day")
    with pytest.raises(Refused, match="of its own event"):
        draft_decision(elsewhere, "done", WORDS, by=ada, statements=[statement])
    decision = decided(statement, "done", ada)
    withdraw_statement(statement, "We misheard.", by=ada)
    with pytest.raises(Refused, match="not taken back"):
        cite_statements(decision, [statement], by=ada)


def test_more_statements_are_cited_later(
    station: Station, post_note: Callable[..., Note], statement: Statement, ada: Viewer
) -> None:
    decision = decided(statement, "done", ada)
    more = heard(post_note(station, "Name them."), ada, "People want names.")
    assert cite_statements(decision, [statement, more], by=ada) == 1
    assert set(decision.statements.all()) == {statement, more}


def test_what_is_public_changes_by_updates_alone(statement: Statement, ada: Viewer) -> None:
    decision = decided(statement, "will_do", ada)
    with pytest.raises(Refused, match="Say what changed in an update"):
        edit_decision(decision, by=ada, kind="done", text="Other.")
    update = update_decision(decision, "It hangs in the hall.", by=ada, kind="done",
                             evidence="https://example.org/list")  # fmt: skip
    decision.refresh_from_db()
    assert (update.number, update.kind_before, update.kind, update.before) == (1, "will_do", "done", "")
    assert decision.kind == "done"


def test_an_update_keeps_what_the_decision_said_before(statement: Statement, ada: Viewer) -> None:
    decision = draft_decision(
        statement.event, "will_do", WORDS, by=ada, due="2027-03", statements=[statement]
    )
    publish_decision(decision, by=ada)
    update_decision(decision, "The printer was ill.", by=ada, due="2027-05")
    update_decision(decision, "We say where.", by=ada, words="We print it and hang it up.")
    decision.refresh_from_db()
    assert (decision.text, decision.due) == ("We print it and hang it up.", "2027-05")
    before = list(decision.updates.order_by("number").values_list("before", flat=True))
    assert before == [f"{WORDS}\nDue March 2027.", f"{WORDS}\nDue May 2027."]


def test_saying_the_same_twice_in_a_row_says_it_once(statement: Statement, ada: Viewer) -> None:
    decision = decided(statement, "will_do", ada)
    for _ in "ab":
        update_decision(decision, "It is late.", by=ada, due="2027-05")
    assert DecisionUpdate.objects.count() == 1
    update_decision(decision, "It is done.", by=ada, kind="done")
    assert update_decision(decision, "It is late.", by=ada, kind="will_do").number == 3


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": ""}, "Say what happened"),
        ({"text": "No.", "kind": "will_not"}, NO_REASON),
        ({"text": "See.", "evidence": "javascript:alert(1)"}, "begins with https"),
        ({"text": "Late.", "due": "some day"}, "."),
    ],
)
def test_an_update_that_does_not_hold_changes_nothing(
    said: dict, sentence: str, statement: Statement, ada: Viewer
) -> None:
    decision = decided(statement, "will_do", ada)
    with pytest.raises(Refused, match=str(sentence)):
        update_decision(decision, by=ada, **said)
    decision.refresh_from_db()
    assert decision.kind == "will_do"
    assert not decision.updates.exists()


def test_an_event_that_one_may_not_see_is_no_evidence(
    statement: Statement, make_event: Callable, ada: Viewer, steward: Viewer, make_helper: Callable
) -> None:
    hidden = make_event("hidden-day", status="draft")
    decision = decided(statement, "will_do", ada)
    organiser = make_helper("Ola", "organiser")
    hidden.appointments.all().delete()
    hidden.people.clear()
    with pytest.raises(Refused, match="on record here"):
        update_decision(decision, "Shown.", by=organiser, shown_at=hidden)


def test_a_draft_takes_no_updates(statement: Statement, ada: Viewer) -> None:
    decision = draft_decision(statement.event, "done", WORDS, by=ada, statements=[statement])
    with pytest.raises(Refused, match="is a draft"):
        update_decision(decision, "Done.", by=ada)


def test_what_is_taken_back_says_why_and_changes_no_more(statement: Statement, ada: Viewer) -> None:
    decision = decided(statement, "done", ada)
    with pytest.raises(Refused, match="Say why"):
        withdraw_decision(decision, " ", by=ada)
    withdraw_decision(decision, "It was not ours to decide.", by=ada)
    again = withdraw_decision(decision, "Again.", by=ada)
    assert again.withdrawn_why == "It was not ours to decide."
    assert Decision.objects.visible_to(ANYBODY).get() == decision
    with pytest.raises(Refused, match="taken back"):
        update_decision(decision, "Done.", by=ada)
