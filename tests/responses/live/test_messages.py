"""What a stream says of each change, and what it never says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.guests import Viewer
from responses.board import change_consent, take_back_mark
from responses.live import messages
from responses.live.audiences import Audience
from responses.live.messages import batch_since, seconds_left
from responses.models import Board, Mark, Moderation, Note, Station
from responses.moderation import hide_note, pin_note, show_note
from responses.room import change_phase, change_settings, lock_station, open_activity, set_timer

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def said(board: Board, after: int = 0, audience: Audience = Audience.ROOM) -> str:
    batch = batch_since(board.pk, after, audience)
    return batch.body.decode() if batch else ""


def events(text: str) -> list[str]:
    return [line[7:] for line in text.splitlines() if line.startswith("event: ")]


def number_of(board: Board) -> int:
    return Board.objects.get(pk=board.pk).change_number


def test_nothing_is_said_where_nothing_changed(board: Board) -> None:
    assert batch_since(board.pk, 0, Audience.ROOM) is None


def test_words_that_wait_are_in_no_stream_until_they_are_shown(
    station: Station, post_note: Post, ada: Viewer
) -> None:
    change_settings(station.board, by=ada, is_premoderated=True)
    before = number_of(station.board)
    note = post_note(station, "Hold this.")
    assert note.moderation == Moderation.WAITING
    assert "Hold this." not in said(station.board, before)
    assert note.identifier not in said(station.board, before)
    show_note(note, by=ada)
    assert "Hold this." in said(station.board, before)


def test_a_hidden_note_is_taken_from_the_screens(station: Station, post_note: Post, ada: Viewer) -> None:
    note = post_note(station, "Hide this.")
    hide_note(note, "It names somebody.", by=ada)
    text = said(station.board)
    assert "Hide this." not in text
    assert f"event: gone\ndata: {note.identifier}" in text
    assert "It names somebody." not in text, "the reason is for whoever wrote it"


def test_what_is_covered_is_not_sent_and_revealing_fetches_the_page_again(
    station: Station, post_note: Post, ada: Viewer
) -> None:
    change_settings(station.board, by=ada, hides_until_reveal=True)
    before = number_of(station.board)
    post_note(station, "Under cover.")
    assert "Under cover." not in said(station.board, before)
    before = number_of(station.board)
    change_phase(station.board, "reveal", by=ada)
    assert events(said(station.board, before)) == ["reload"]


def test_a_note_that_changed_twice_is_sent_once_as_it_stands(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "")
    take_back_mark(note, by=ben)
    assert events(said(station.board)) == ["gone", "tally"]


def test_a_note_taken_out_of_the_public_record_leaves_public_screens_alone(
    station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "Just here.")
    closed = post_note(station, "Other.", public=False).consent
    before = number_of(station.board)
    change_consent(note, closed, by=ben)
    assert events(said(station.board, before, Audience.PUBLIC)) == ["gone", "tally"]
    assert "Just here." in said(station.board, before, Audience.ROOM)


def test_a_timer_is_sent_in_seconds_and_never_as_a_time_of_day(board: Board, ada: Viewer) -> None:
    before = number_of(board)
    set_timer(board, 5, by=ada)
    text = said(board, before)
    assert "state" in events(text)
    assert 'data-seconds-left="' in text


@pytest.mark.parametrize(("seconds", "left"), [(90, 90), (0, 0), (-7200, 0)])
def test_a_timer_never_shows_less_than_nothing(board: Board, seconds: int, left: int) -> None:
    board.timer_ends_at = timezone.now() + timedelta(seconds=seconds)
    assert abs(seconds_left(board) - left) <= 1


def test_a_locked_station_is_in_the_state_that_is_sent(station: Station, ada: Viewer) -> None:
    before = number_of(station.board)
    lock_station(station, by=ada)
    assert station.heading in said(station.board, before)


def test_too_many_changes_are_fetched_again_instead(
    station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST", 2)
    for number in range(4):
        post_note(station, f"Note {number}.")
    text = said(station.board)
    assert (events(text), "id: 4" in text) == (["reload"], True)


def test_the_tally_that_is_sent_is_the_tally_of_the_page(
    client: Client, station: Station, post_note: Post
) -> None:
    for mark in (Mark.TICK, Mark.TICK, Mark.SQUARE):
        post_note(station, f"Words with a {mark}.", mark=mark)
    page = client.get(f"{station.board.get_absolute_url()}live/").content.decode()
    tally = [line[6:] for line in said(station.board).splitlines() if line.startswith("data: ")]
    start = next(place for place, line in enumerate(tally) if f'id="tally-{station.code}"' in line)
    assert [line for line in tally[start:] if line not in page.splitlines()] == []


def test_asking_gives_the_bytes_of_the_stream_and_304_while_nothing_changed(
    client: Client, station: Station, post_note: Post
) -> None:
    post_note(station, "Asked for.")
    address = f"/changes/{station.board.identifier}/"
    answer = client.get(address, {"after": "0"})
    assert answer.content.decode() == said(station.board, 0, Audience.PUBLIC)
    again = client.get(address, {"after": "1"}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    post_note(station, "And more.")
    more = client.get(address, {"after": "1"}, headers={"If-None-Match": answer["ETag"]})
    assert (more.status_code, "And more." in more.content.decode()) == (200, True)


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "٣", "1.5"])
def test_an_odd_number_to_ask_from_gives_nothing_and_no_error(
    client: Client, board: Board, after: str
) -> None:
    answer = client.get(f"/changes/{board.identifier}/", {"after": after})
    assert (answer.status_code, answer.content) == (200, b"")


def test_opening_gives_a_code_and_the_stream_does_not_say_it(board: Board, ada: Viewer) -> None:
    Board.objects.filter(pk=board.pk).update(state="closed", code=None)
    board.refresh_from_db()
    open_activity(board, by=ada)
    code = Board.objects.get(pk=board.pk).code
    assert code
    assert code not in said(board)


def test_hiding_the_pinned_note_takes_it_from_every_screen(
    station: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(station, "Pinned.")
    pin_note(note, by=ada)
    before = number_of(station.board)
    hide_note(note, "It names somebody.", by=ada)
    assert f"event: gone\ndata: {note.identifier}" in said(station.board, before)


def test_the_last_number_goes_out_also_where_nothing_of_it_may_be_shown(
    station: Station, post_note: Post
) -> None:
    post_note(station, "In public.")
    post_note(station, "Between us.", public=False)
    assert "id: 2" in said(station.board, 0, Audience.PUBLIC)


def test_asking_from_a_page_that_is_ahead_fetches_it_again(client: Client, board: Board) -> None:
    answer = client.get(f"/changes/{board.identifier}/", {"after": "500"})
    assert answer.content == b"id: 0\nevent: reload\ndata: \n\n"


def test_a_pinned_note_taken_out_of_the_public_record_leaves_the_pin_of_public_screens(
    station: Station, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note = post_note(station, "Pinned words.")
    closed = post_note(station, "Other.", public=False).consent
    pin_note(note, by=ada)
    before = number_of(station.board)
    change_consent(note, closed, by=ben)
    public, room = (said(station.board, before, audience) for audience in (Audience.PUBLIC, Audience.ROOM))
    assert ("state" in events(public), "Pinned words." in public) == (True, False)
    assert "Pinned by the organisers" in room
