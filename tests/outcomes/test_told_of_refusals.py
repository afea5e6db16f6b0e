"""Letters about what will not be taken up, and about what was taken back."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Event
from outcomes.decisions import withdraw_decision
from outcomes.declining import decline_notes, undo_declining
from outcomes.models import Declined, OutcomeFollower
from outcomes.statements import withdraw_statement
from people.guests import Viewer
from people.models import Subscriber
from responses.models import Follower, Note, Station
from tests.outcomes.makers import decided, heard

WHY = "There are no chairs."
Post = Callable[..., Note]
Work = Callable[[], int]


def follower_of(*notes: Note, email: str = "ben@example.org") -> Subscriber:
    subscriber = Subscriber.objects.create(email=email, confirmed_at=timezone.now())
    for note in notes:
        Follower.objects.create(note=note, subscriber=subscriber)
    return subscriber


def letters(work: Work) -> list[str]:
    """What the letters sent by now say, by the order in which they were written."""
    work()
    return [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]


def test_a_note_kept_to_its_board_is_told_of_without_a_page_that_is_not_there(
    station: Station, post_note: Post, ada: Viewer, do_work: Work
) -> None:
    note = post_note(station, "For the room.", public=False)
    follower_of(note)
    decline_notes([note], WHY, by=ada)
    (letter,) = letters(do_work)
    assert "will not take it up" in letter
    assert note.get_absolute_url() not in letter
    assert WHY not in letter


@pytest.mark.parametrize("status", [Event.Status.DRAFT, Event.Status.COMPLETE])
def test_a_no_at_an_event_nobody_was_told_of_is_told_to_nobody(
    station: Station, post_note: Post, ada: Viewer, do_work: Work, status: str
) -> None:
    note = post_note(station)
    follower_of(note)
    Event.objects.filter(pk=note.board.event_id).update(status=status)
    decline_notes([note], WHY, by=ada)
    assert len(letters(do_work)) == (status == Event.Status.COMPLETE)


def test_a_no_that_was_taken_back_at_once_is_told_to_nobody(
    station: Station, post_note: Post, ada: Viewer, do_work: Work
) -> None:
    note = post_note(station)
    follower_of(note)
    decline_notes([note], WHY, by=ada)
    undo_declining(Declined.objects.get(), by=ada)
    assert letters(do_work) == []


def test_whoever_follows_an_event_is_told_once_of_a_no_to_many_notes(
    station: Station, post_note: Post, ada: Viewer, do_work: Work
) -> None:
    notes = [post_note(station, f"Chair {n}.") for n in range(3)]
    both = follower_of(notes[0], email="ben@example.org")
    alone = follower_of(email="cleo@example.org")
    for subscriber in (both, alone):
        OutcomeFollower.objects.create(subscriber=subscriber, event=station.board.event)
    decline_notes(notes, WHY, by=ada)
    to_ben, to_cleo = sorted(letters(do_work), key=lambda letter: "Note" not in letter.split("\n")[0])
    assert notes[0].label in to_ben
    assert "?filter=declined" in to_cleo


@pytest.mark.parametrize("back", [withdraw_statement, withdraw_decision])
def test_what_was_taken_back_is_told_to_those_who_were_told_of_it(
    station: Station, post_note: Post, ada: Viewer, do_work: Work, back: Callable
) -> None:
    note = post_note(station)
    statement = heard(note, ada)
    decision = decided(statement, "will_do", ada)
    do_work()
    mail.outbox.clear()
    follower_of(note)
    OutcomeFollower.objects.create(subscriber=follower_of(email="cleo@example.org"), decision=decision)
    back(statement if back is withdraw_statement else decision, "We were wrong.", by=ada)
    told = letters(do_work)
    assert len(told) == (2 if back is withdraw_decision else 1)
    assert all("was taken back" in letter and "We were wrong" not in letter for letter in told)


def test_a_draft_that_was_dropped_is_told_to_nobody(
    station: Station, post_note: Post, ada: Viewer, do_work: Work
) -> None:
    note = post_note(station)
    follower_of(note)
    statement = heard(note, ada)
    type(statement).objects.filter(pk=statement.pk).update(published_at=None)
    do_work()
    mail.outbox.clear()
    withdraw_statement(statement, "Not needed.", by=ada)
    assert letters(do_work) == []
