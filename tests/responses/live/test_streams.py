"""What a stream promises: every change once, in order, to whoever may see it."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, connections
from django.utils import timezone

from people.guests import Viewer
from responses.board import withdraw_note
from responses.changes import append_change, locked
from responses.live import hub as hubs
from responses.live import rooms, streams
from responses.live.listener import LONGEST_WINDOW, SHORTEST_WINDOW, window
from responses.models import Activity, Board, Change, Note, Participant, Station

from .conftest import cookie_of, do, open_stream, while_live

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., Note]


def bump(activity: Activity) -> None:
    with locked(activity) as activity:
        append_change(activity, Change.Kind.TIMER_SET, by=None)


def test_a_reader_gets_a_note_as_it_is_put_up(station: Station, post_note: Post) -> None:
    async def scenario() -> None:
        reader = open_stream(station.board, after=0)
        await reader.until(lambda it: it.status == 200)
        note = await do(post_note, station, "Who signs the cheques?")
        await reader.until(lambda it: "Who signs the cheques?" in it.text)
        assert f'id="{note.identifier}"' in reader.text
        assert (reader.ids, reader.events) == ([1], ["note", "tally"])

    while_live(scenario)


def test_what_falls_between_paint_and_connect_is_sent(station: Station, post_note: Post) -> None:
    post_note(station, "Painted.")
    post_note(station, "Between.")

    async def scenario() -> None:
        reader = await open_stream(station.board, after=1).until(lambda it: "Between." in it.text)
        assert "Painted." not in reader.text
        assert reader.ids == [2]

    while_live(scenario)


def test_whoever_comes_back_resumes_after_the_last_event_they_saw(station: Station, post_note: Post) -> None:
    async def scenario() -> None:
        stays = open_stream(station.board, after=0)
        leaves = open_stream(station.board, after=0)
        for number in range(1, 4):
            await do(post_note, station, f"Note {number}.")
        await leaves.until(lambda it: it.ids[-1:] == [3])
        await leaves.leave()
        for number in range(4, 9):
            await do(post_note, station, f"Note {number}.", by=Viewer(guest_key=f"g{number}"))
        back = open_stream(station.board, after=0, last_event_id="3")
        await back.until(lambda it: it.ids[-1:] == [8])
        await stays.until(lambda it: it.ids[-1:] == [8])
        assert leaves.ids + back.ids == stays.ids == list(range(1, 9))

    while_live(scenario)


def test_many_posts_at_once_reach_every_reader_once_and_in_order(station: Station, post_note: Post) -> None:
    async def scenario() -> None:
        readers = [open_stream(station.board, after=0) for _ in range(20)]
        guests = [Viewer(guest_key=f"guest {number}") for number in range(40)]
        await asyncio.gather(*(do(post_note, station, "At once.", by=guest) for guest in guests))
        for reader in readers:
            await reader.until(lambda it: it.ids[-1:] == [40])
            assert reader.ids == list(range(1, 41))

    while_live(scenario)


def test_a_serial_number_as_cursor_would_miss_what_commits_late(station: Station) -> None:
    """The flaw that numbers taken under the board's lock do not have, planted beside them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE serial_cursor (id bigserial PRIMARY KEY, word text)")
    early, late = connections.create_connection("default"), connection
    try:
        early.set_autocommit(False)
        early.cursor().execute("INSERT INTO serial_cursor (word) VALUES ('took its number first')")
        late.cursor().execute("INSERT INTO serial_cursor (word) VALUES ('committed first')")
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM serial_cursor")
            seen = max(number for (number,) in cursor.fetchall())
            early.commit()
            cursor.execute("SELECT count(*) FROM serial_cursor WHERE id > %s", [seen])
            assert cursor.fetchone()[0] == 0, "the note that took its number first is never sent"
    finally:
        early.close()
        connection.cursor().execute("DROP TABLE serial_cursor")


def test_a_withdrawn_note_is_taken_from_every_screen(station: Station, post_note: Post, ben: Viewer) -> None:
    note = post_note(station, "Soon gone.")

    async def scenario() -> None:
        reader = open_stream(station.board, after=1)
        await reader.until(lambda it: it.status == 200)
        await do(withdraw_note, note, by=ben)
        await reader.until(lambda it: "gone" in it.events)
        assert note.identifier in reader.text
        assert "Soon gone." not in reader.text

    while_live(scenario)


def test_a_note_kept_to_its_board_goes_to_the_room_alone(
    station: Station, post_note: Post, ben: Viewer, ada: Viewer
) -> None:
    joined = Viewer(guest_key="joined")
    token = station.board.token_of(joined)
    Participant.objects.create(activity=station.board, token=token, joined_at=timezone.now())

    async def scenario() -> None:
        inside = open_stream(station.board, after=0, cookie=cookie_of(joined))
        outside = open_stream(station.board, after=0, cookie=cookie_of(ben))
        anybody = open_stream(station.board, after=0)
        forged = open_stream(station.board, after=0, cookie=cookie_of(joined) + "x")
        await do(post_note, station, "Between us.", public=False)
        for reader in (inside, outside, anybody, forged):
            await reader.until(lambda it: "tally" in it.events)
        assert "Between us." in inside.text
        assert not [it for it in (outside, anybody, forged) if "Between us." in it.text]

    while_live(scenario)


def test_an_activity_nobody_may_see_has_no_stream(board: Board) -> None:
    board.event.status = "draft"
    board.event.save()

    async def scenario() -> None:
        for asked in (board.identifier, "0000000000", "nothing", "../etc"):
            reader = open_stream(asked)
            await reader.task
            assert reader.status == 404

    while_live(scenario)


def test_above_the_cap_a_stream_says_when_to_try_again(board: Board, settings: object) -> None:
    settings.LIVE_READERS = 1

    async def scenario() -> None:
        first = await open_stream(board).until(lambda it: it.status == 200)
        second = open_stream(board)
        await second.task
        assert (second.status, int(second.headers["retry-after"]) > 0) == (503, True)
        await first.leave()
        third = await open_stream(board).until(lambda it: it.status)
        assert third.status == 200

    while_live(scenario)


def test_one_participant_has_six_streams_at_most(board: Board, ben: Viewer) -> None:
    async def scenario() -> None:
        opened = [open_stream(board, cookie=cookie_of(ben)) for _ in range(streams.MOST_OF_ONE)]
        for reader in opened:
            await reader.until(lambda it: it.status == 200)
        another = open_stream(board, cookie=cookie_of(ben))
        await another.task
        assert another.status == 503

    while_live(scenario)


def test_a_reader_who_does_not_read_is_ended_and_the_others_go_on(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_PENDING", 5)

    async def scenario() -> None:
        slow, quick = open_stream(board, after=0), open_stream(board, after=0)
        await slow.until(lambda it: it.status == 200)
        await quick.until(lambda it: it.status == 200)
        slow.reads.clear()
        for number in range(1, 12):
            await do(bump, board)
            await quick.until(partial(lambda wanted, it: it.ids[-1:] == [wanted], number))
        async with asyncio.timeout(20):
            await slow.task
        assert quick.ids == list(range(1, 12))

    while_live(scenario)


def test_no_stream_holds_a_database_connection(board: Board) -> None:
    before = len(backends())

    async def scenario() -> None:
        readers = [open_stream(board) for _ in range(30)]
        for reader in readers:
            await reader.until(lambda it: it.status == 200)
        assert len(await do(backends)) - before <= 3, "one that listens, one beside it, and the test's own"

    while_live(scenario)


def backends() -> list[int]:
    """The database's connections but the one that asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def test_changes_made_while_the_listening_connection_was_cut_are_not_missed(board: Board) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (of_the_test,) = cursor.fetchone()

    async def scenario() -> None:
        reader = open_stream(board, after=0)
        await do(bump, board)
        await reader.until(lambda it: it.ids == [1])
        await do(cut_all_but, of_the_test)
        await do(bump, board)
        await reader.until(lambda it: it.ids == [1, 2])

    while_live(scenario)


def cut_all_but(spared: int) -> None:
    with connection.cursor() as cursor:
        for pid in set(backends()) - {spared}:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def test_stopping_the_site_ends_every_stream(board: Board) -> None:
    ended = []

    async def scenario() -> None:
        ended.extend([open_stream(board) for _ in range(3)])
        for reader in ended:
            await reader.until(lambda it: it.status == 200)

    while_live(scenario)
    assert all(reader.is_over or reader.task.done() for reader in ended)


def test_a_window_is_short_in_a_small_room_and_bounded_in_a_large_one() -> None:
    assert window(1) == SHORTEST_WINDOW
    assert window(2000) == window(50_000) == LONGEST_WINDOW
    assert hubs.KEEP_ALIVE_EVERY < 30, "proxies cut silent connections"
