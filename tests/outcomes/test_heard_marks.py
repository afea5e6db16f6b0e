"""What a statement cites is counted by mark, and agreement never stands without its challenge."""

from collections.abc import Callable

import pytest
from django.test import Client

from outcomes.declining import decline_notes
from outcomes.models import Statement
from outcomes.statements import cite_notes
from people.guests import Viewer
from principles.models import Principle
from responses.board import withdraw_note
from responses.models import Mark, Note, Pairing, Station
from tests.outcomes.makers import decided, heard

Post = Callable[..., Note]
ALONE = "No challenge is among them."


@pytest.fixture
def statement(station: Station, post_note: Post, ada: Viewer) -> Statement:
    """A statement that cites one agreement, with a decision about it."""
    statement = heard(post_note(station, "Yes."), ada)
    decided(statement, "done", ada)
    return statement


def pages_of(statement: Statement) -> list[str]:
    decision = statement.decisions.get()
    return [
        f"/events/{statement.event.slug}/outcomes/", statement.get_absolute_url(), decision.get_absolute_url()
    ]  # fmt: skip


def test_agreement_that_is_cited_alone_says_that_no_challenge_is_among_it(
    client: Client, statement: Statement, station: Station, post_note: Post, ada: Viewer
) -> None:
    for page in pages_of(statement):
        assert ALONE in client.get(page).text, page
        assert "1 agree" in client.get(page).text, page
    cite_notes(statement, [post_note(station, "No.", mark=Mark.SQUARE)], by=ada)
    for page in pages_of(statement):
        assert ALONE not in client.get(page).text, page
        assert "1 agree, 1 challenge" in client.get(page).text, page


def test_a_challenge_kept_to_its_board_is_counted_beside_the_agreement(
    client: Client, statement: Statement, station: Station, post_note: Post, ada: Viewer
) -> None:
    cite_notes(statement, [post_note(station, "Hushed no.", mark=Mark.SQUARE, public=False)], by=ada)
    for page in pages_of(statement):
        said = client.get(page).text
        assert "1 agree, 1 challenge" in said, page
        assert "Hushed no." not in said, page


def test_a_note_that_was_withdrawn_is_said_as_a_number(
    client: Client, statement: Statement, ben: Viewer
) -> None:
    withdraw_note(statement.notes.get(), by=ben)
    for page in pages_of(statement):
        assert "1 withdrawn" in client.get(page).text, page


def test_a_principle_says_how_many_challenges_nobody_has_answered(
    client: Client, make_set: Callable, station: Station, post_note: Post, ada: Viewer
) -> None:
    principle: Principle = make_set().principles.first()
    Pairing.objects.create(station=station, principle=principle)
    first, second = (post_note(station, f"No {n}.", mark=Mark.SQUARE) for n in range(2))
    post_note(station, "Yes.")
    page = principle.get_absolute_url()
    assert "<b>2 challenges</b> have had no reply." in client.get(page).text
    heard(first, ada)
    assert "<b>1 challenge</b> has had no reply." in client.get(page).text
    decline_notes([second], "It is not ours.", by=ada)
    assert "had no reply" not in client.get(page).text


def test_the_feed_counts_what_was_declined_and_keeps_the_room_out_of_it(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    decline_notes([post_note(station, f"Chair {n}.") for n in range(2)], "There are no chairs.", by=ada)
    decline_notes([post_note(station, "Room alone.", public=False)], "The room knows why.", by=ada)
    feed = client.get(f"/events/{station.board.event.slug}/outcomes/feed/").text
    assert "2 notes declined with a reason" in feed
    assert "There are no chairs." in feed
    assert "The room knows why." not in feed
    assert "Chair 0." not in feed
