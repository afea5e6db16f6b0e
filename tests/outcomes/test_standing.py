"""Where notes stand, and that every note stands somewhere once."""

from collections.abc import Callable

import pytest

from outcomes.decisions import draft_decision, publish_decision, withdraw_decision
from outcomes.declining import decline_notes, undo_declining
from outcomes.models import Declined
from outcomes.standing import (
    Standing,
    Standings,
    standings_by_event,
    standings_of,
    standings_of_event,
    with_standing,
)
from outcomes.statements import draft_statement, publish_statement, withdraw_statement
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note, Station
from responses.tallies import tally_of
from tests.outcomes.makers import decided, heard


def where(note: Note) -> str:
    return with_standing(Note.objects.all()).get(pk=note.pk).standing


def test_a_note_that_nobody_took_up_waits(station: Station, post_note: Callable[..., Note]) -> None:
    assert where(post_note(station)) == Standing.WAITING


def test_a_draft_moves_nothing(station: Station, post_note: Callable[..., Note], ada: Viewer) -> None:
    note = post_note(station)
    statement = draft_statement(note.board.event, "People ask who decides.", by=ada, notes=[note])
    assert where(note) == Standing.WAITING
    publish_statement(statement, by=ada)
    draft_decision(statement.event, "done", "We print a list.", by=ada, statements=[statement])
    assert where(note) == Standing.CITED


@pytest.mark.parametrize("kind", ["done", "under_way", "will_do"])
def test_what_is_decided_answers_the_notes_behind_it(
    kind: str, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    decided(heard(note, ada), kind, ada)
    assert where(note) == Standing.ANSWERED


def test_what_will_not_be_done_declines_the_notes_behind_it(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    decided(heard(note, ada), "will_not", ada)
    assert where(note) == Standing.DECLINED


def test_an_answer_stands_before_a_no(station: Station, post_note: Callable[..., Note], ada: Viewer) -> None:
    note = post_note(station)
    statement = heard(note, ada)
    decline_notes([note], "We cannot.", by=ada)
    assert where(note) == Standing.DECLINED
    decided(statement, "will_not", ada, text="We will not print it.")
    answer = decided(statement, "done", ada)
    assert where(note) == Standing.ANSWERED
    withdraw_decision(answer, "It was not done after all.", by=ada)
    assert where(note) == Standing.DECLINED


def test_what_is_taken_back_counts_no_longer(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    statement = heard(note, ada)
    decided(statement, "done", ada)
    withdraw_statement(statement, "We misheard.", by=ada)
    assert where(note) == Standing.WAITING


def test_a_decision_answers_only_through_a_statement_that_stands(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    """One statement stands and cites another note; the one that cites this note is a draft."""
    note, other = post_note(station), post_note(station, "Print it large.")
    draft = draft_statement(note.board.event, "Drafted.", by=ada, notes=[note])
    public = heard(other, ada, "Published.")
    decision = draft_decision(note.board.event, "done", "Done.", by=ada, statements=[draft, public])
    publish_decision(decision, by=ada)
    assert (where(note), where(other)) == (Standing.WAITING, Standing.ANSWERED)


def test_a_no_that_was_taken_back_counts_no_longer(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    decline_notes([note], "We cannot.", by=ada)
    undo_declining(Declined.objects.get(), by=ada)
    assert where(note) == Standing.WAITING


def test_the_four_numbers_make_up_the_tally(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer
) -> None:
    notes = [post_note(station, f"Note {n}.", public=n % 2 == 0) for n in range(6)]
    decided(heard(notes[0], ada), "done", ada)
    heard(notes[1], ada, "Also heard.")
    decline_notes([notes[2]], "We cannot.", by=ada)
    withdraw_note(notes[5], by=ben)
    event = station.board.event
    found = standings_of_event(event)
    assert found == Standings(answered=1, cited=1, declined=1, waiting=2)
    assert found.total == tally_of(Note.objects.filter(board__event=event)).total == 5
    assert standings_by_event([event]) == {event.pk: found}
    assert standings_of(Note.objects.filter(pk=notes[0].pk)) == Standings(answered=1)


def test_numbers_of_an_event_without_notes_are_noughts(make_event: Callable) -> None:
    event = make_event()
    assert standings_of_event(event) == standings_by_event([event])[event.pk] == Standings()
