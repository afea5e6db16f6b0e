"""A database of the bench's own, with one event and its boards, gone when the bench ends."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from uuid import uuid4

from django.db import connection

from events.models import Event
from events.record import announce_event
from people.consent import consent_given
from people.guests import Viewer
from principles.models import Principle, PrincipleSet
from principles.wording import add_wording
from responses.board import add_note
from responses.models import Board, Mark, Pairing, Station

EVENT = "bench"
SHEETS = 12
MARKS = [mark for mark in Mark if mark != Mark.NOT_RECORDED]
WORDS = "Say at the start who decides in the end, and put the budget on the wall beside it."


@contextmanager
def own_database() -> Iterator[str]:
    """The name of a fresh, migrated database on the configured server, which this process now uses."""
    former = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{secrets.token_hex(4)}"
    # Django tells of its cache table at any verbosity, which is no line of JSON.
    with redirect_stdout(StringIO()):
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield name
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


def guest(number: int) -> Viewer:
    return Viewer(guest_key=f"bench-{number}")


def hold_event() -> Event:
    """An event with a set of twelve principles, each with words."""
    made = PrincipleSet.objects.create(slug="bench", name="Bench")
    for position in range(1, SHEETS + 1):
        name = f"Principle {position}"
        principle = Principle.objects.create(
            set=made, position=position, name=name, slug=f"principle-{position}"
        )
        add_wording(principle, f"{name} is shared by everybody whom it touches.", by=None)
    return announce_event(
        by=None, slug=EVENT, name="Bench", date="2019", status=Event.Status.COMPLETE, principle_sets=[made]
    )


def put_up_board(event: Event, slug: str, notes: int = 0) -> Board:
    """An open board of twelve sheets with `notes` notes spread over them, each by another guest."""
    board = Board.objects.create(event=event, slug=slug, name=slug, state=Board.State.OPEN)
    principles = Principle.objects.filter(set__slug="bench")
    stations = [_sheet(board, principle) for principle in principles]
    consent = consent_given(public=True, research=True)
    for number in range(notes):
        mark = MARKS[number // SHEETS % len(MARKS)]
        station = stations[number % SHEETS]
        add_note(station, by=guest(number), key=uuid4(), mark=mark, consent=consent, words=WORDS)
    return board


def _sheet(board: Board, principle: Principle) -> Station:
    number = principle.position
    station = board.stations.create(heading=principle.name, code=f"P{number}", position=number)
    Pairing.objects.create(station=station, principle=principle)
    return station
