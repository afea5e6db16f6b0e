"""How fast a board fills, and what those who are held back are told."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from responses import limits
from responses.models import Note, Station

from .conftest import Send, answer_address

pytestmark = pytest.mark.django_db


class Clock:
    """Time that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr("people.limits.time.time", clock.time)
    return clock


def post(client: Client, station: Station, words: str = "", **extra: str) -> int:
    typed = {"mark": "tick", "words": words, "key": str(uuid4())}
    return client.post(answer_address(station), typed, **extra).status_code


def test_a_hand_can_leave_five_notes_in_ten_seconds_and_goes_on_in_the_next_ten(
    client: Client, station: Station, clock: Clock
) -> None:
    client.get(answer_address(station))
    answers = [post(client, station, f"Note {n}") for n in range(6)]
    assert answers == [302] * 5 + [429]
    clock.now += 10
    assert post(client, station, "Note 6") == 302


def test_whoever_is_held_back_keeps_what_they_typed_and_can_send_the_same_form_later(
    client: Client, station: Station, send: Send, clock: Clock
) -> None:
    for number in range(5):
        send(client, station, words=f"Note {number}")
    key = str(uuid4())
    page = send(client, station, key, mark="square", words="Kept for later.", public="on")
    assert page.status_code == 429
    assert int(page["Retry-After"]) == 10
    assert "Kept for later." in page.text
    assert re.search(rf'name="key" value="{key}"', page.text)
    clock.now += int(page["Retry-After"])
    assert send(client, station, key, mark="square", words="Kept for later.", public="on").status_code == 302


def test_a_room_behind_one_address_is_not_held_back(station: Station) -> None:
    room = [Client() for _ in range(36)]
    for seat in room:
        seat.get(answer_address(station))
    assert {post(seat, station, "From this seat.") for seat in room} == {302}


def test_new_guests_of_one_network_come_sixty_in_a_minute(
    station: Station, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(limits, "NEWCOMERS", limits.Limit("new guests", 3, 60))
    crowd = [Client() for _ in range(4)]
    assert [post(guest, station) for guest in crowd] == [302, 302, 302, 429]
    assert post(crowd[0], station, "Known by now.") == 302
    assert post(Client(), station, REMOTE_ADDR="203.0.113.9") == 302
    clock.now += 60
    assert post(crowd[3], station) == 302


@pytest.mark.parametrize("name", ["BOARD", "NETWORK", "DAY"])
def test_boards_networks_and_days_have_limits_of_their_own(
    client: Client, station: Station, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    limit = getattr(limits, name)
    monkeypatch.setattr(limits, name, limits.Limit(limit.name, 2, limit.seconds))
    client.get(answer_address(station))
    assert [post(client, station, f"Note {n}") for n in range(3)] == [302, 302, 429]


def test_the_limits_are_those_that_were_promised() -> None:
    promised = {(5, 10), (200, 86_400), (200, 10), (300, 60), (60, 60), (60, 3600), (10, 60), (100, 60)}
    # Pictures, and stands on cards.
    promised |= {(6, 60), (30, 3600), (20, 10), (2000, 10), (600, 60)}
    # Photographs of walls, readings, looks at how one reads, and links that ask the room.
    promised |= {(400, 3600), (30, 60), (2000, 86_400), (600, 60), (120, 60), (1200, 60), (20, 60)}
    # Photographs, readings, looks at a preview, and links that ask nobody.
    promised |= {(400, 3600), (30, 60), (2000, 86_400), (120, 60), (1200, 60), (20, 60)}
    # Not a limit to anybody: it only counts who joined.
    promised.add((1_000_000, 86_400))
    assert {
        (limit.most, limit.seconds) for limit in vars(limits).values() if isinstance(limit, limits.Limit)
    } == (promised)
    assert [(limit.most, limit.seconds) for limit in limits.WRONG_CODES] == [(10, 60), (20, 240), (40, 960)]


def test_a_form_that_was_not_valid_costs_nothing(client: Client, station: Station, send: Send) -> None:
    for _ in range(6):
        send(client, station, mark="")
    assert send(client, station).status_code == 302


def test_trying_receipts_one_after_another_is_stopped_after_ten(client: Client, clock: Clock) -> None:
    answers = [client.post("/receipt/", {"code": f"bcd{n}"}).status_code for n in range(6)]
    answers += [client.get(f"/receipt/bcdf{n}/").status_code for n in range(5)]
    assert answers == [404] * 10 + [429]
    page = client.get("/receipt/bcdf/")
    assert page["Retry-After"]
    clock.now += 60
    assert client.get("/receipt/bcdf/").status_code == 404


def test_receipts_that_are_right_are_never_held_back(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    from responses.receipts import receipt_for

    address = f"/receipt/{receipt_for(post_note(station).key)}/"
    assert {client.get(address).status_code for _ in range(15)} == {200}
