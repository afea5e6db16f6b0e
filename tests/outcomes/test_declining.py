"""Acts that answer notes with a plain no."""

from collections.abc import Callable

import pytest

from outcomes.declining import decline_notes, undo_declining
from outcomes.models import Declined
from outcomes.standing import Standings, standings_of_event
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from responses.board import withdraw_note
from responses.models import Board, Note, Station
from tests.outcomes.makers import decided, heard

WHY = "The lease does not allow it."


def test_each_note_is_declined_once_with_a_trace(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    notes = [post_note(station, f"Note {n}.") for n in range(3)]
    assert decline_notes(notes[:2], WHY, by=ada) == 2
    assert decline_notes(notes, "Another reason.", by=ada) == 1
    assert [row.why for row in Declined.objects.order_by("pk")] == [WHY, WHY, "Another reason."]
    assert Act.objects.filter(verb="declined").count() == 3


def test_a_no_has_a_reason(station: Station, post_note: Callable[..., Note], ada: Viewer) -> None:
    for why in ("  ", "a" * 501):
        with pytest.raises(Refused):
            decline_notes([post_note(station)], why, by=ada)
    assert not Declined.objects.exists()


def test_only_organisers_decline_and_undo(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer, facilitator: Viewer
) -> None:
    note = post_note(station)
    decline_notes([note], WHY, by=ada)
    for who in (ANYBODY, ben, facilitator):
        with pytest.raises(Refused, match="Only those who run this event"):
            decline_notes([note], WHY, by=who)
        with pytest.raises(Refused, match="Only those who run this event"):
            undo_declining(Declined.objects.get(), by=who)


def test_notes_of_two_events_need_the_right_in_both(
    station: Station,
    post_note: Callable[..., Note],
    make_board: Callable[..., Board],
    make_event: Callable,
    make_helper: Callable[..., Viewer],
    ada: Viewer,
) -> None:
    note = post_note(station)
    organiser = make_helper("Ola", "organiser")
    elsewhere = make_board("Time", slug="other", event=make_event("other-day")).stations.get()
    with pytest.raises(Refused, match="Only those who run"):
        decline_notes([note, post_note(elsewhere, "Far.")], WHY, by=organiser)
    assert not Declined.objects.exists()


def test_what_is_answered_or_gone_is_not_declined(
    station: Station, post_note: Callable[..., Note], ada: Viewer, ben: Viewer
) -> None:
    answered, gone, other = (post_note(station, f"Note {n}.") for n in range(3))
    decided(heard(answered, ada), "done", ada)
    withdraw_note(gone, by=ben)
    with pytest.raises(Refused, match="answers some of these"):
        decline_notes([answered, other], WHY, by=ada)
    with pytest.raises(Refused, match="not on a wall"):
        decline_notes([gone, other], WHY, by=ada)
    assert not Declined.objects.exists()


def test_a_no_is_taken_back_once_and_can_be_said_again(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    decline_notes([note], WHY, by=ada)
    first = Declined.objects.get()
    undo_declining(first, by=ada)
    undo_declining(first, by=ada)
    assert Act.objects.filter(verb="undid_declining").count() == 1
    assert decline_notes([note], "For another reason.", by=ada) == 1
    assert Declined.objects.count() == 2
    assert standings_of_event(station.board.event) == Standings(declined=1)
