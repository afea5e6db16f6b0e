"""Every change once and in order, whatever happens in which order: posts, comings and goings."""

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responses.live import hub as hubs
from responses.live.admission import Pass
from responses.live.audiences import Audience, Place
from responses.live.hub import Hub
from responses.live.messages import Batch
from responses.live.rooms import Reader, Room
from tests.loops import in_a_loop

PK, AUDIENCE = 1, Audience.PUBLIC
PHONES = 3


class NoListener:
    """Stands where the thread that listens would; the test reads for it."""

    def __init__(self, _hub: Hub) -> None:
        pass

    def look_at(self, pk: int) -> None:
        pass

    def stop(self) -> None:
        pass

    def join(self, timeout: float) -> None:
        pass


@dataclass
class Phone:
    """Somebody's page: the numbers it was sent, through however many streams."""

    seen: list[int] = field(default_factory=list)
    at: tuple[Room, Reader, asyncio.Task] | None = None

    def read(self) -> None:
        frames, self.at[1].frames = self.at[1].frames, []
        self.seen.extend(int(number) for frame in frames for number in frame.split())


@dataclass
class Site:
    """A hub over a database that is a number, and batches that were read and are on their way."""

    hub: Hub
    number: int = 0
    on_the_way: list[list[tuple[Place, Batch]]] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=lambda: [Phone() for _ in range(PHONES)])

    def batch_for(self, _place: Place, after: int) -> Batch | None:
        messages = [(number, b"%d " % number) for number in range(after + 1, self.number + 1)]
        # Now and then something leaves the wall, and nothing older is kept.
        return Batch(after + 1, self.number, messages, supersedes=self.number % 7 == 0) if messages else None

    async def do(self, act: str, phone: Phone) -> None:
        match act:
            case "post":
                self.number += 1
            case "read":
                self.read()
            case "deliver" if self.on_the_way:
                self.hub.deliver(self.on_the_way.pop(0))
            case "come" if phone.at is None:
                self.come(phone)
            case "go" if phone.at:
                await self.go(phone)
            case "wait":
                await asyncio.sleep(0)

    def read(self) -> None:
        rooms = list(self.hub.rooms.values())
        found = [(room.place, batch) for room in rooms if (batch := self.batch_for(room.place, room.number))]
        self.on_the_way.append(found)

    def come(self, phone: Phone) -> None:
        after = phone.seen[-1] if phone.seen else 0
        room = self.hub.room_for(Pass(PK, self.number, AUDIENCE, ""), after)
        reader = Reader("", after, None)
        phone.at = room, reader, asyncio.ensure_future(self.hub.seat(room, reader))

    async def go(self, phone: Phone) -> None:
        """Leave with what was read so far: at the door, on the way to a seat or from there."""
        room, reader, seating = phone.at
        phone.read()
        seating.cancel()
        await asyncio.gather(seating, return_exceptions=True)
        self.hub.leave(room, reader)
        phone.at = None

    async def settle(self) -> None:
        """Everybody comes, and all that is on its way arrives."""
        for phone in self.phones:
            await self.do("come", phone)
        for _ in range(3):
            await asyncio.gather(*(phone.at[2] for phone in self.phones))
            self.read()
            while self.on_the_way:
                self.hub.deliver(self.on_the_way.pop(0))
        for phone in self.phones:
            phone.read()


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "Listener", NoListener)
    monkeypatch.setattr(hubs, "aside", lambda work, *args: work(*args))
    monkeypatch.setattr(hubs, "close_connection", lambda: None)
    # The moment for which what was missed is remembered ends at once.
    monkeypatch.setattr(hubs, "REMEMBERED", 0)


ACTS = st.sampled_from(["post", "post", "read", "deliver", "come", "go", "wait", "wait"])


@given(steps=st.lists(st.tuples(ACTS, st.integers(0, PHONES - 1)), max_size=60))
@settings(max_examples=400)
def test_every_change_reaches_everybody_once_and_in_order(steps: list[tuple[str, int]]) -> None:
    async def run() -> Site:
        site = Site(Hub(asyncio.get_running_loop()))
        hubs.batch_for = site.batch_for
        for act, phone in steps:
            await site.do(act, site.phones[phone])
        await site.settle()
        await site.hub.stop()
        return site

    kept, site = hubs.batch_for, None
    try:
        site = in_a_loop(run())
    finally:
        hubs.batch_for = kept
    assert [phone.seen for phone in site.phones] == [list(range(1, site.number + 1))] * PHONES
