"""Codes cannot be guessed, rooms behind one address come in, and those who run it hear of it."""

import secrets
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from people.guests import ANYBODY, Viewer
from people.limits import TooMany
from responses import limits
from responses.codes import ALPHABET, new_code
from responses.joining import NothingOpen, open_under
from responses.limits import count_wrong_code, refuse_guessing
from responses.models import Board, Participant
from responses.room import change_settings, open_activity

from .conftest import answer_address
from .test_limits import Clock

pytestmark = pytest.mark.django_db
SPOOFED = ("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "Forwarded", "True-Client-IP", "X-Client-IP")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    clock.now -= clock.now % 86_400  # so that every window begins now
    monkeypatch.setattr("people.limits.time.time", clock.time)
    return clock


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board(state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


def door(board: Board) -> str:
    return f"/j/{board.code}/"


def tries(client: Client, number: int, **extra: object) -> list[int]:
    return [client.get(f"/j/{new_code()}/", **extra).status_code for _ in range(number)]


# Guessing (P24)


def test_guessing_is_held_back_after_ten_codes_in_a_minute(client: Client, board: Board) -> None:
    assert tries(client, 12) == [404] * 10 + [429] * 2
    page = client.get("/j/ZZZZ2345/")
    assert page["Retry-After"] == "60"
    assert "none is looked at for 60 seconds" in page.text
    assert 'value="ZZZZ2345"' in page.text


def test_while_held_back_a_right_code_is_answered_like_a_wrong_one(client: Client, board: Board) -> None:
    tries(client, 10)
    right, wrong = client.get(door(board)), client.get("/j/ZZZZ2345/")
    assert right.status_code == wrong.status_code == 429
    assert right.text.replace(board.code, "ZZZZ2345") == wrong.text
    assert client.post(door(board)).status_code == 429
    assert not Participant.objects.exists()


def test_whoever_goes_on_guessing_waits_ever_longer_and_never_for_more_than_sixteen_minutes(
    client: Client, board: Board, clock: Clock
) -> None:
    waits = []
    for _ in range(6):
        while (page := client.get(f"/j/{new_code()}/")).status_code == 404:
            pass
        waits.append(int(page["Retry-After"]))
        clock.now += waits[-1]
    assert waits == [60, 180, 60, 660, 60, 180]
    assert max(waits) <= 960


def test_guesses_by_the_thousand_find_nothing(board: Board) -> None:
    """The limiter takes hold after ten; the others are answered without a look at the codes."""
    request = RequestFactory().get("/j/x/", REMOTE_ADDR="192.0.2.7")
    request.viewer = ANYBODY
    looked_up = found = refused = 0
    for _ in range(3_000):
        try:
            refuse_guessing(request)
            looked_up += 1
            open_under(new_code(), ANYBODY)
            found += 1
        except NothingOpen:
            count_wrong_code(request)
        except TooMany:
            refused += 1
    assert (found, looked_up, refused) == (0, 10, 2_990)


def test_codes_are_too_many_to_guess() -> None:
    """A hundred open boards against ten thousand guesses a day: under 5 in 10,000 hits in a year."""
    assert len(ALPHABET) ** 8 > 2**39.6
    assert 365 * 10_000 * 100 / len(ALPHABET) ** 8 < 5e-4
    assert secrets.choice.__module__ == "random"  # SystemRandom, from the operating system


def test_no_header_that_a_visitor_sends_buys_further_tries(client: Client, board: Board) -> None:
    tries(client, 10)
    for number, name in enumerate(SPOOFED):
        assert tries(client, 2, headers={name: f"203.0.113.{number}"}) == [429, 429], name
    assert tries(client, 1, REMOTE_ADDR="203.0.113.9") == [404]


def test_another_network_is_not_held_back_for_it(client: Client, board: Board) -> None:
    tries(client, 15)
    assert client.get(door(board), REMOTE_ADDR="203.0.113.9").status_code == 200


def test_whoever_signed_in_answers_for_their_own_tries_only(
    client: Client, board: Board, ada: Viewer
) -> None:
    tries(client, 15)
    client.force_login(ada.person)
    assert client.get(door(board)).status_code == 200
    assert tries(client, 11) == [404] * 10 + [429]


def test_from_many_networks_at_once_each_has_two_tries(
    client: Client, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRONG_ANYWHERE", limits.Limit("wrong codes anywhere in a minute", 20, 60))
    for network in range(4):
        tries(client, 5, REMOTE_ADDR=f"203.0.{network}.9")
    assert tries(client, 3, REMOTE_ADDR="198.51.100.1") == [404, 404, 429]
    assert client.get(door(board), REMOTE_ADDR="192.0.2.1").status_code == 200


def test_looking_up_a_code_is_one_query_by_its_index_right_or_wrong(
    board: Board, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        open_under(board.code, ANYBODY)
    with django_assert_num_queries(1), pytest.raises(NothingOpen):
        open_under("ZZZZ2345", ANYBODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'responses_activity'")
        assert any("UNIQUE" in row[0] and "(code)" in row[0] for row in cursor.fetchall())


# Rooms (D13, P25, P26)


def test_five_hundred_people_arrive_from_one_address_within_a_minute_and_answer(
    board: Board, clock: Clock
) -> None:
    station, refused = board.stations.get(), []
    start = clock.now
    for number in range(500):
        clock.now = start + number * 60 / 500
        phone = Client()
        answers = [phone.post(door(board)).status_code]
        answers.append(phone.post(answer_address(station), {"mark": "tick", "key": str(uuid4())}).status_code)
        refused += [answer for answer in answers if answer != 302]
    assert refused == []
    assert Participant.objects.in_the_room().count() == 500


def test_a_room_behind_one_address_may_mistype_once_for_each_who_joined(client: Client, board: Board) -> None:
    for _ in range(30):
        assert Client().post(door(board)).status_code == 302
    assert tries(client, 41) == [404] * 40 + [429]


def test_a_room_of_thirty_six_answers_every_ten_seconds_and_nobody_is_refused(
    board: Board, clock: Clock
) -> None:
    room = [Client() for _ in range(36)]
    assert {phone.post(door(board)).status_code for phone in room} == {302}
    answers = []
    for turn in range(6):
        clock.now += 10
        for phone in room:
            typed = {"mark": "tick", "words": f"Turn {turn}", "key": str(uuid4())}
            answers.append(phone.post(answer_address(board.stations.get()), typed).status_code)
    assert answers.count(302) == 36 * 6 == len(answers)


def test_one_device_that_sends_twenty_notes_a_second_is_refused_nine_in_ten(
    client: Client, board: Board, clock: Clock
) -> None:
    client.post(door(board))
    answers = []
    for number in range(200):
        clock.now += 0.05
        typed = {"mark": "tick", "words": f"Note {number}", "key": str(uuid4())}
        answers.append(client.post(answer_address(board.stations.get()), typed).status_code)
    assert answers.count(429) >= 0.9 * len(answers)


def test_those_who_joined_are_no_newcomers_and_others_are(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NEWCOMERS", limits.Limit("new guests", 2, 60))
    phones = [Client() for _ in range(4)]
    for phone in phones:
        phone.post(door(board))
    typed = {"mark": "tick"}
    where = answer_address(board.stations.get())
    assert {phone.post(where, typed).status_code for phone in phones} == {302}
    strangers = [Client() for _ in range(3)]
    assert [phone.post(where, typed).status_code for phone in strangers] == [302, 302, 429]


def test_a_room_has_a_note_a_minute_for_each_seat_and_readers_along_the_usual_limit(
    board: Board, monkeypatch: pytest.MonkeyPatch, ada: Viewer
) -> None:
    monkeypatch.setattr(limits, "NETWORK", limits.Limit("notes of a network", 2, 60))
    change_settings(board, seats=4, by=ada)
    where, typed = answer_address(board.stations.get()), {"mark": "tick"}
    phones = [Client() for _ in range(4)]
    for phone in phones:
        phone.post(door(board))
    assert [phone.post(where, typed).status_code for phone in phones] == [302] * 4
    assert Client().post(where, typed).status_code == 429


def test_very_many_at_once_are_asked_to_press_again(
    client: Client, board: Board, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(limits, "JOINS", limits.Limit("joins", 2, 10))
    for _ in range(2):
        Client().post(door(board))
    page = client.post(door(board))
    assert (page.status_code, page["Retry-After"]) == (429, "10")
    assert "Press Join again in 10 seconds." in page.text
    clock.now += 10
    assert client.post(door(board)).status_code == 302


def test_one_network_joins_at_most_three_times_for_each_seat_in_an_hour(
    board: Board, ada: Viewer, clock: Clock
) -> None:
    change_settings(board, seats=2, by=ada)
    answers = [Client().post(door(board)).status_code for _ in range(7)]
    assert answers == [302] * 2 + [422] * 4 + [429]
    assert Client().post(door(board), REMOTE_ADDR="203.0.113.9").status_code == 422
    clock.now += 3600
    assert Client().post(door(board)).status_code == 422


def test_whoever_joined_is_led_on_and_counted_no_more(
    client: Client, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "JOINS", limits.Limit("joins", 1, 10))
    assert {client.post(door(board)).status_code for _ in range(5)} == {302}


def test_nothing_that_is_counted_holds_an_address(client: Client, board: Board) -> None:
    tries(client, 3, REMOTE_ADDR="192.0.2.7")
    client.post(door(board), REMOTE_ADDR="192.0.2.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT concat_ws(' ', name, holder) FROM people_ratecount")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "192.0.2" not in kept
    assert board.code not in kept
