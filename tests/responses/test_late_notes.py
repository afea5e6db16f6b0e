"""A note written while the room collected goes up when the phone's signal comes back."""

from collections.abc import Callable

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from people.guests import Viewer
from responses import seals
from responses.models import Note, Station
from responses.room import change_phase, close_activity, lock_station
from responses.seals import opened, seal

from .conftest import Send

pytestmark = pytest.mark.django_db


def arrives(client: Client, station: Station, send: Send, shown: str) -> bool:
    before = Note.objects.count()
    send(client, station, words="Written in the lift.", shown=shown)
    return Note.objects.count() > before


@pytest.mark.parametrize("phase", ["reveal", "mark"])
def test_what_was_written_in_time_is_taken_when_the_room_went_on(
    client: Client, station: Station, send: Send, ada: Viewer, phase: str
) -> None:
    shown = seal(station)
    change_phase(station.board, phase, by=ada)
    assert arrives(client, station, send, shown)


def test_what_was_written_before_a_station_was_locked_is_taken(
    client: Client, station: Station, send: Send, ada: Viewer
) -> None:
    shown = seal(station)
    lock_station(station, by=ada)
    assert arrives(client, station, send, shown)


def test_what_was_written_after_the_room_went_on_is_not(
    client: Client, station: Station, send: Send, ada: Viewer
) -> None:
    change_phase(station.board, "reveal", by=ada)
    station.board.refresh_from_db()
    assert not arrives(client, station, send, seal(station))


def test_a_closed_board_takes_nothing_whenever_it_was_written(
    client: Client, station: Station, send: Send, ada: Viewer
) -> None:
    shown = seal(station)
    close_activity(station.board, by=ada)
    assert not arrives(client, station, send, shown)


def test_being_in_time_ends_and_the_wordings_that_were_read_stay(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now().timestamp() + seals.GRACE + 60
    sealed = seal(station)
    assert opened(sealed, station).in_time
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert opened(sealed, station).wordings == []
    assert not opened(sealed, station).in_time


def test_a_seal_of_a_clock_that_went_ahead_is_not_in_time(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django takes what is signed in the future for new, and would go on taking it until then."""
    ahead = timezone.now().timestamp() + 2 * 3600
    with monkeypatch.context() as clock:
        clock.setattr("django.core.signing.time.time", lambda: ahead)
        sealed = seal(station)
    assert not opened(sealed, station).in_time


def test_nobody_can_make_a_seal_or_use_that_of_another_station(
    station: Station, make_board: Callable
) -> None:
    other = make_board(slug="other", event=station.board.event).stations.get()
    forged = TimestampSigner(salt="other").sign_object([station.pk, [], True])
    assert [opened(text, station) for text in (seal(other), forged, "", "x:y:z")] == [None] * 4
