"""What many do at once: on real transactions, with a connection for each of them."""

import select
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection, transaction

from people.guests import Viewer
from people.refusals import Refused
from responses.board import take_back_mark
from responses.changes import CHANNEL
from responses.models import Board, Note, Station
from responses.room import close_activity
from responses.tallies import tally_of_board

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., Note]


def at_once(number: int, act: Callable[[int], object]) -> list[object]:
    """The results of `act(0)` … `act(number - 1)`, all let go at the same moment."""
    start = Barrier(number)

    def one(index: int) -> object:
        try:
            start.wait(timeout=30)
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as crowd:
        return list(crowd.map(one, range(number)))


@pytest.fixture
def listener(db: None) -> Iterator["psycopg2.extensions.connection"]:
    """A second connection that listens to the boards, as the stream does."""
    listening = psycopg2.connect(**connection.get_connection_params())
    listening.autocommit = True
    listening.cursor().execute(f"LISTEN {CHANNEL}")
    yield listening
    listening.close()


def heard(listening: "psycopg2.extensions.connection", number: int) -> list[str]:
    """The next `number` notices, in the order in which their transactions were committed."""
    while len(listening.notifies) < number:
        assert select.select([listening], [], [], 30)[0], "Nothing more was heard."
        listening.poll()
    return [notice.payload for notice in listening.notifies]


def test_twenty_posts_of_one_key_make_one_note(station: Station, post_note: Post) -> None:
    key = uuid4()
    notes = at_once(20, lambda _: post_note(station, key=key).pk)
    assert len(set(notes)) == 1
    assert Note.objects.count() == station.board.changes.count() == 1


def test_twelve_wordless_marks_of_one_participant_make_one_note(station: Station, post_note: Post) -> None:
    notes = at_once(12, lambda _: post_note(station, "").pk)
    assert len(set(notes)) == 1
    assert tally_of_board(station.board).total == 1


def test_changes_are_numbered_without_gaps_in_the_order_they_were_committed(
    station: Station, post_note: Post, listener: "psycopg2.extensions.connection"
) -> None:
    at_once(20, lambda index: post_note(station, f"Note {index}", by=Viewer(guest_key=f"guest {index}")))
    board = station.board
    expected = list(range(1, 21))
    assert list(board.changes.values_list("number", flat=True)) == expected
    assert heard(listener, 20) == [f"{board.pk} {number}" for number in expected]
    assert sorted(Note.objects.values_list("number", flat=True)) == expected


def test_a_listener_hears_of_a_change_when_it_is_there_to_be_read_and_not_before(
    station: Station, post_note: Post, listener: "psycopg2.extensions.connection"
) -> None:
    with transaction.atomic():
        post_note(station)
        listener.cursor().execute("SELECT 1")
        listener.poll()
        assert listener.notifies == []
    assert heard(listener, 1) == [f"{station.board.pk} 1"]
    cursor = listener.cursor()
    cursor.execute(
        "SELECT kind FROM responses_change WHERE activity_id = %s AND number = 1", [station.board.pk]
    )
    assert cursor.fetchone() == ("note_added",)


def test_nobody_hears_of_an_act_that_was_rolled_back(
    station: Station, post_note: Post, listener: "psycopg2.extensions.connection"
) -> None:
    with transaction.atomic():
        post_note(station)
        transaction.set_rollback(True)
    post_note(station, "The one that counts.")
    assert heard(listener, 1) == [f"{station.board.pk} 1"]


def test_a_board_that_closes_in_between_has_all_of_a_note_or_nothing(
    station: Station, post_note: Post
) -> None:
    def act(index: int) -> None:
        if index == 4:
            close_activity(station.board, by=None)
        else:
            with suppress(Refused):
                post_note(station, f"Note {index}", by=Viewer(guest_key=f"guest {index}"))

    at_once(9, act)
    kinds = list(Board.objects.get().changes.values_list("kind", flat=True))
    assert kinds[-1] == "closed"
    assert kinds.count("note_added") == Note.objects.count()


def test_taking_one_mark_back_many_times_takes_it_back_once(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "")

    def act(_: int) -> str:
        try:
            take_back_mark(note, by=ben)
        except Refused as refusal:
            return str(refusal)
        return "done"

    assert at_once(8, act).count("done") == 1
    assert station.board.changes.filter(kind="mark_taken_back").count() == 1
