"""Two transactions at once, and what the database keeps of counts and times."""

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.db import connection, connections, transaction
from django.db.models import Sum

from archive.search.limits import TooLong, bounded
from archive.take.snapshot import one_snapshot
from responses.models import Board, Mark, Note, TallyRow

pytestmark = pytest.mark.django_db(transaction=True)


def kept() -> dict[int, int]:
    rows = TallyRow.objects.filter(place="shown").values("station").annotate(number=Sum("number"))
    return {row["station"]: row["number"] for row in rows if row["number"]}


def counted() -> dict[int, int]:
    found: dict[int, int] = {}
    for station in Note.objects.values_list("station", flat=True):
        found[station] = found.get(station, 0) + 1
    return found


def test_many_notes_moved_at_once_by_two_keep_their_counts(
    make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    board = make_board("Power", "Time")
    one, other = board.stations.order_by("pk")
    for number in range(12):
        post_note((one, other)[number % 2], f"Note {number}", mark=Mark.HEART if number % 3 else Mark.TICK)
    start, errors = threading.Barrier(2), []

    def turn(first: str, second: str) -> None:
        try:
            start.wait(5)
            for _ in range(15):
                Note.objects.filter(mark=first).update(mark=second)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=turn, args=args) for args in (("heart", "tick"), ("tick", "heart"))]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert kept() == counted()
    assert not errors


def test_counts_hold_after_bulk_acts(
    make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    board = make_board("Power", "Time")
    one = board.stations.order_by("pk")[0]
    notes = [post_note(one, f"Note {number}") for number in range(4)]
    for number, note in enumerate(notes):
        note.mark = [Mark.HEART, Mark.TICK][number % 2]
    Note.objects.bulk_update(notes, ["mark"])
    assert kept() == counted()


def test_notes_and_stations_can_go_with_their_counts(
    make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    board = make_board("Power", "Time")
    for station in board.stations.all():
        post_note(station, "Say so.")
    with transaction.atomic():
        Note.objects.filter(board=board).delete()
        board.stations.all().delete()
    assert not TallyRow.objects.exists()


def test_a_stale_note_never_takes_its_time_back(
    make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    note = post_note(make_board().stations.get(), "First")
    stale = Note.objects.get(pk=note.pk)
    Note.objects.filter(pk=note.pk).update(text="Second")
    later = Note.objects.values_list("changed_at", flat=True).get()
    stale.text = "Third"
    stale.save()
    assert Note.objects.values_list("changed_at", flat=True).get() > later


@pytest.mark.parametrize("outer", [False, True])
def test_the_connection_is_left_as_it_was(outer: bool) -> None:
    def settings() -> list:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'), current_setting('transaction_read_only'),"
                " current_setting('transaction_isolation'), current_setting('work_mem')"
            )
            return list(cursor.fetchone())

    before = settings()
    for act in (_too_long, _broken):
        with pytest.raises((TooLong, ZeroDivisionError)), transaction.atomic() if outer else nullcontext():
            act()
        assert settings() == before
    with one_snapshot(), bounded():
        assert settings()[1] == "on"
    assert settings() == before
    if outer:
        with transaction.atomic():
            inner = settings()
            with bounded():
                pass
            assert settings()[:3] == inner[:3]


def _too_long() -> None:
    with one_snapshot(), bounded(50), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")


def _broken() -> None:
    with one_snapshot(), bounded():
        raise ZeroDivisionError
