"""What holds between a hub's threads, its rooms and whoever comes and goes at a bad moment."""

import asyncio
import os
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from coproduce.identifiers import new_identifier
from events.models import Event
from people.guests import Viewer
from responses import live
from responses.board import change_consent, correct_note, withdraw_note
from responses.live import hub as hubs
from responses.live import listener, streams
from responses.live.audiences import Audience, Place
from responses.live.messages import Batch
from responses.live.rooms import Reader, Room
from responses.models import Board, Note, Station
from responses.moderation import hide_note
from tests.loops import in_a_loop

from .conftest import Stream, cookie_of, do, open_stream, while_live
from .test_streams import bump

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., Note]


def batch(first: int, last: int) -> Batch:
    return Batch(first, last, [(number, b"%d " % number) for number in range(first, last + 1)])


def sent(room: Room, *batches: Batch, after: int = 0) -> bytes:
    """What a reader seated in `room` is sent of `batches`."""
    reader = Reader("", after, None)
    room.readers.add(reader)
    for each in batches:
        room.take(each)
    return b"".join(reader.frames)


def test_a_batch_read_before_the_last_was_delivered_repeats_nothing() -> None:
    assert sent(Room(Place(1, Audience.PUBLIC, "en-gb"), 0), batch(1, 3), batch(1, 5)) == b"1 2 3 4 5 "


def test_whoever_comes_back_after_such_a_batch_is_sent_nothing_twice() -> None:
    room = Room(Place(1, Audience.PUBLIC, "en-gb"), 0)
    sent(room, batch(1, 3), batch(1, 5))
    assert room.since(1) == b"2 3 4 5 "


def test_a_batch_for_a_room_that_was_left_leaves_no_gap_in_the_one_after_it() -> None:
    assert (
        sent(Room(Place(1, Audience.PUBLIC, "en-gb"), 3), batch(6, 8), batch(4, 8), after=3) == b"4 5 6 7 8 "
    )


@pytest.mark.parametrize("act", [withdraw_note, "hide", "correct", "consent"])
def test_words_that_left_the_wall_are_sent_to_nobody_who_comes_back(
    station: Station, post_note: Post, ben: Viewer, ada: Viewer, act: object
) -> None:
    closed = post_note(station, "Another.", public=False).consent
    acts = {
        "hide": lambda note, **_: hide_note(note, "Names somebody.", by=ada),
        "correct": lambda note, by: correct_note(note, "Better.", by=by),
        "consent": lambda note, by: change_consent(note, closed, by=by),
    }

    async def scenario() -> None:
        stays = await open_stream(station.board, after=1).until(lambda it: it.status)
        note = await do(post_note, station, "Canary words.")
        await stays.until(lambda it: "Canary words." in it.text)
        await do(acts.get(act, act), note, by=ben)
        await stays.until(lambda it: it.ids[-1:] == [3])
        back = await open_stream(station.board, after=1).until(lambda it: it.ids[-1:] == [3])
        assert "Canary words." not in back.text

    while_live(scenario)


def test_a_page_from_before_a_backup_was_restored_is_fetched_again(board: Board) -> None:
    async def scenario() -> None:
        reader = await open_stream(board, after=500).until(lambda it: it.events)
        assert (reader.events, reader.ids) == (["reload"], [0])

    while_live(scenario)


@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000aaaaaaaaaaa"', "sessionid=" + "x" * 9000, "guest=a:b:c", "\xff\xfe=\x80"]
)
def test_an_odd_cookie_shuts_the_door_on_nobody(board: Board, cookie: str) -> None:
    async def scenario() -> None:
        odd, plain = open_stream(board, cookie=cookie), open_stream(board)
        await odd.until(lambda it: it.status)
        await plain.until(lambda it: it.status)
        assert (odd.status, plain.status) == (200, 200)

    while_live(scenario)


def test_a_burst_does_not_pass_the_cap(board: Board, settings: object) -> None:
    settings.LIVE_READERS = 3

    async def scenario() -> None:
        readers = [open_stream(board) for _ in range(10)]
        for reader in readers:
            await reader.until(lambda it: it.status)
        assert sorted(it.status for it in readers) == [200] * 3 + [503] * 7

    while_live(scenario)


def test_cookies_sent_one_by_one_are_all_read() -> None:
    headers = [(b"host", b"localhost"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]
    path = f"/live/{new_identifier()}/"
    scope = {"method": "GET", "path": path, "query_string": b"", "headers": headers}
    knock, _ = streams.read_request(scope)
    assert knock.cookies == "a=1; b=2"


def test_a_notice_that_is_none_of_ours_silences_nobody(board: Board) -> None:
    async def scenario() -> None:
        reader = await open_stream(board, after=0).until(lambda it: it.status)
        await do(bump, board)
        await reader.until(lambda it: it.ids[-1:] == [1])
        await do(say, "")
        await do(say, "nonsense")
        await do(bump, board)
        await reader.until(lambda it: it.ids[-1:] == [2])

    while_live(scenario)


def say(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('board', %s)", [words])


def test_a_process_with_thousands_of_open_files_goes_on_listening(board: Board) -> None:
    held = [os.open("/dev/null", os.O_RDONLY) for _ in range(1100)]
    try:

        async def scenario() -> None:
            reader = await open_stream(board, after=0).until(lambda it: it.status)
            await do(bump, board)
            await reader.until(lambda it: it.ids == [1])

        while_live(scenario)
    finally:
        for descriptor in held:
            os.close(descriptor)


def test_stopping_answers_everybody_at_the_door_and_on_the_way_to_a_seat(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Stream] = []

    async def run() -> None:
        await live.start()
        bump_at = open_stream(board, after=0)
        await bump_at.until(lambda it: it.status)
        opened.append(bump_at)
        opened.extend(open_stream(board) for _ in range(5))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        opened.extend(open_stream(board) for _ in range(5))
        await asyncio.sleep(0)
        await live.stop()
        async with asyncio.timeout(10):
            await asyncio.gather(*(it.task for it in opened))

    in_a_loop(run())


def test_nothing_is_kept_of_those_who_left(board: Board, ben: Viewer) -> None:
    async def scenario() -> None:
        hub = streams._hub
        for _ in range(30):
            readers = [open_stream(board, after=0, cookie=cookie_of(ben)) for _ in range(5)]
            for reader in readers:
                await reader.until(lambda it: it.status)
            for reader in readers:
                await reader.leave()
        assert (hub.readers, hub.rooms, dict(hub.by_key), hub.knocks) == (0, {}, {}, [])

    while_live(scenario)


def test_an_event_that_becomes_a_draft_ends_its_streams(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "NET", 0.05)

    async def scenario() -> None:
        reader = await open_stream(board, after=0).until(lambda it: it.status)
        await do(bump, board)
        await reader.until(lambda it: it.ids)
        await do(Event.objects.filter(pk=board.event_id).update, status=Event.Status.DRAFT)
        await reader.until(lambda it: it.is_over)
        again = open_stream(board, after=0)
        await again.until(lambda it: it.status)
        assert again.status == 404

    while_live(scenario)


def test_a_reader_who_takes_nothing_does_not_keep_the_site_from_stopping(board: Board) -> None:
    stalled: list[Stream] = []

    async def scenario() -> None:
        stalled.append(await open_stream(board, after=0).until(lambda it: it.status))
        stalled[0].reads.clear()
        await do(bump, board)

    while_live(scenario)
    assert stalled[0].task.done()


def test_a_database_that_goes_away_answers_those_at_the_door(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("The database is away.")

    async def scenario() -> None:
        inside = await open_stream(board, after=0).until(lambda it: it.status)
        monkeypatch.setattr(hubs, "admit", away)
        outside = [open_stream(board) for _ in range(5)]
        for reader in outside:
            await reader.task
        assert {(it.status, it.headers["retry-after"]) for it in outside} == {(503, "3")}
        monkeypatch.undo()
        await do(bump, board)
        await inside.until(lambda it: it.ids == [1])

    while_live(scenario)


def test_a_database_that_goes_away_while_somebody_catches_up_ends_their_stream(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("The database is away.")

    async def scenario() -> None:
        first = await open_stream(board).until(lambda it: it.status)
        await do(bump, board)
        await do(bump, board)
        await first.until(lambda it: it.ids[-1:] == [2])
        monkeypatch.setattr(hubs, "batch_for", away)
        late = open_stream(board, after=0)
        async with asyncio.timeout(10):
            await late.task
        assert (late.status, late.ids) == (200, [])

    while_live(scenario)


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("HEAD", "/live/{}/", "localhost", 405),
        ("POST", "/live/{}/", "localhost", 405),
        ("GET", "/live/{}/", "elsewhere.example", 400),
        ("GET", "/live/{}/", "", 400),
        ("GET", "/live/{}/more/", "localhost", 404),
        ("GET", "/live/", "localhost", 404),
        ("GET", "/live/{}/\xff\xfe", "localhost", 404),
        ("GET", "/live/\x00/", "localhost", 404),
    ],
)
def test_what_is_no_stream_is_refused(method: str, path: str, host: str, status: int) -> None:
    scope = {"method": method, "path": path.format(new_identifier()), "query_string": b"after=\xff&after="}
    with pytest.raises(streams.Refusal) as refusal:
        streams.read_request(scope | {"headers": [(b"Host", host.encode())]})
    assert refusal.value.status == status


@pytest.mark.parametrize(
    ("last", "after", "asked"),
    [("7", "3", 7), ("", "3", 3), ("x", "3", 3), ("-1", "3", 3), ("9" * 40, "", None), ("\xb2", "", None)],
)
def test_the_last_event_seen_goes_before_what_the_page_showed(
    last: str, after: str, asked: int | None
) -> None:
    headers = [(b"host", b"localhost"), (b"Last-Event-ID", last.encode("latin-1"))]
    path = f"/live/{new_identifier()}/"
    scope = {"method": "GET", "path": path, "query_string": f"after={after}".encode(), "headers": headers}
    assert streams.read_request(scope)[1] == asked
