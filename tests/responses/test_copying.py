"""An event like another, with its boards."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from principles.models import PrincipleSet
from responses.copying import copy_with_boards
from responses.models import Activity, Board, Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(
    make_board: Callable[..., Board], make_set: Callable[..., PrincipleSet], post_note: Callable[..., Note]
) -> Event:
    """With a board of two headings, one of them about a principle, and a note on it."""
    board = make_board("Power", "What is missing?")
    board.stations.filter(heading="What is missing?").update(is_missing=True)
    board.stations.first().pairings.create(principle=make_set().principles.first())
    Board.objects.filter(pk=board.pk).update(is_premoderated=True, seats=12, question="What of power?")
    post_note(board.stations.first(), "Nobody else's words.")
    return board.event


def test_boards_come_along_closed_with_their_headings_and_without_a_word_of_anybody(
    event: Event, ada: Viewer
) -> None:
    copied = copy_with_boards(event, by=ada, name="Wall day again", date="2028-05-01")
    board = Board.objects.get(event=copied)
    facts = (board.name, board.question, board.state, board.code, board.seats, board.is_premoderated)
    assert facts == ("The wall", "What of power?", Activity.State.CLOSED, None, 12, True)
    stations = [(s.heading, s.is_missing, s.principles.count()) for s in board.stations.order_by("position")]
    assert stations == [("Power", False, 1), ("What is missing?", True, 0)]
    assert not Note.objects.filter(board=board).exists()
    assert Board.objects.filter(event=event).get().code


def test_only_those_who_run_it_copy_it(event: Event, researcher: Viewer, client: Client) -> None:
    with pytest.raises(Refused, match="Only those who run"):
        copy_with_boards(event, by=researcher, name="Mine", date="2028")
    client.force_login(researcher.person)
    assert client.get(f"/events/{event.slug}/copy/").status_code == 404


def test_the_page_asks_for_a_name_and_a_date_and_leads_to_what_to_do_next(
    event: Event, ada: Viewer, client: Client
) -> None:
    client.force_login(ada.person)
    address = f"/events/{event.slug}/copy/"
    assert client.post(address, {"name": "Again", "date": "soon"}).status_code == 422
    assert client.post(address, {"name": "Again", "date": "May 2028"}).url == "/events/again/state/"
    assert Event.objects.get(slug="again").status == Event.Status.DRAFT
