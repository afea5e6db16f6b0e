"""Several organisers at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from outcomes.decisions import draft_decision, publish_decision, update_decision
from outcomes.declining import decline_notes
from outcomes.statements import cite_notes, draft_statement, publish_statement, withdraw_statement
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from responses.models import Note, Station
from tests.outcomes.makers import decided, heard

WHY = "For a reason."


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of them at the same moment, each in a connection of its own; what came of each."""
    ready = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        ready.wait(timeout=30)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def times(verb: str, thing: object) -> int:
    return Act.objects.filter(verb=verb, subject=thing.identifier).count()


@pytest.mark.django_db(transaction=True)
def test_two_organisers_publish_once(
    station: Station, post_note: Callable[..., Note], ada: Viewer, steward: Viewer
) -> None:
    statement = draft_statement(station.board.event, "Heard.", by=ada, notes=[post_note(station)])
    at_once(*(lambda by=by: publish_statement(statement, by=by) for by in (ada, steward) * 3))
    assert times("published", statement) == 1
    decision = draft_decision(statement.event, "done", "Did.", by=ada, statements=[statement])
    at_once(*(lambda by=by: publish_decision(decision, by=by) for by in (ada, steward) * 3))
    assert times("published", decision) == 1


@pytest.mark.django_db(transaction=True)
def test_publishing_and_taking_back_at_once_leave_one_story(
    station: Station, post_note: Callable[..., Note], ada: Viewer, steward: Viewer
) -> None:
    """Whichever comes first: in the end it is taken back, and was published at most once."""
    for round_ in range(4):
        note = post_note(station, f"Note {round_}.")
        statement = draft_statement(station.board.event, f"Heard {round_}.", by=ada, notes=[note])
        at_once(
            lambda one=statement: publish_statement(one, by=ada),
            lambda one=statement: withdraw_statement(one, WHY, by=steward),
        )
        statement.refresh_from_db()
        assert statement.withdrawn_at is not None
        assert times("published", statement) == (statement.published_at is not None)


@pytest.mark.django_db(transaction=True)
def test_a_decision_waits_for_a_statement_that_is_being_taken_back(
    station: Station, post_note: Callable[..., Note], ada: Viewer, steward: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    decision = draft_decision(statement.event, "done", "Did.", by=ada, statements=[statement])

    def publish() -> object:
        try:
            return publish_decision(decision, by=ada)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            withdraw_statement(statement, WHY, by=steward)
            published = pool.submit(publish)
            until(lambda: published.done() or somebody_waits_for_a_lock())
        assert isinstance(published.result(timeout=30), Refused)


def until(happened: Callable[[], bool]) -> None:
    pause = Event()
    for _ in range(1500):
        if happened():
            return
        pause.wait(0.02)
    raise AssertionError("It did not happen in half a minute.")


def somebody_waits_for_a_lock() -> bool:
    """Not from pg_stat_activity, which stays as it was for the length of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_a_note_is_declined_and_cited_once_however_many_try(
    station: Station, post_note: Callable[..., Note], ada: Viewer, steward: Viewer
) -> None:
    notes = [post_note(station, f"Note {n}.") for n in range(3)]
    statement = heard(post_note(station, "Other."), ada)
    new = at_once(*(lambda by=by: decline_notes(notes, WHY, by=by) for by in (ada, steward) * 3))
    assert sorted(new) == [0, 0, 0, 0, 0, 3]
    new = at_once(*(lambda by=by: cite_notes(statement, notes, by=by) for by in (ada, steward) * 3))
    assert sorted(new) == [0, 0, 0, 0, 0, 3]


@pytest.mark.django_db(transaction=True)
def test_updates_told_at_once_are_numbered_without_gaps(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    decision = decided(heard(post_note(station), ada), "will_do", ada)
    at_once(*(lambda n=n: update_decision(decision, f"Step {n}.", by=ada) for n in range(6)))
    assert list(decision.updates.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_a_draft_sent_from_many_windows_at_once_is_one(station: Station, ada: Viewer) -> None:
    event = station.board.event
    made = at_once(*(lambda: draft_statement(event, "Heard.", by=ada) for _ in range(6)))
    assert len({one.pk for one in made}) == 1
