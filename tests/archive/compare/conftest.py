"""A set of two principles asked about on a board, and notes that answer them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from principles.models import Principle
from responses.models import Board, Mark, Note, Station


@pytest.fixture
def stations(make_set: Callable, make_board: Callable[..., Board]) -> list[Station]:
    """Power and Time, each asked about at a station of its own."""
    principles = make_set("Power", "Time").principles.all()
    found = list(make_board("Power", "Time").stations.all())
    for station, principle in zip(found, principles, strict=True):
        station.pairings.create(principle=principle)
    return found


@pytest.fixture
def power(stations: list[Station]) -> Principle:
    return Principle.objects.get(slug="power")


@pytest.fixture
def answered(stations: list[Station], post_note: Callable[..., Note]) -> list[Note]:
    """Power: two agree and one challenges. Time: one would amend it."""
    return [
        post_note(stations[0], "Yes."),
        post_note(stations[0], "Yes, and soon."),
        post_note(stations[0], "Who pays for it?", mark=Mark.SQUARE),
        post_note(stations[1], "Whose time?", mark=Mark.BUBBLE),
    ]


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """How many questions the database is asked for the page at an address."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count
