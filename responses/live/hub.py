"""The hub of one process: one connection that listens, every change rendered once.

A thread of its own listens and renders (listener.py), so that no page and no stream waits for
it; a second thread admits readers and renders what those who come back have missed. The rooms
belong to the event loop.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from responses.live.admission import Knock, Pass, admit
from responses.live.audiences import Place
from responses.live.listener import Listener
from responses.live.messages import Batch, batch_for
from responses.live.rooms import Reader, Room
from responses.live.wire import KEEP_ALIVE

# Seconds.
KEEP_ALIVE_EVERY = 15.0
LAST_WORDS = 5.0  # for the threads to end, when the site stops
REMEMBERED = 1.0  # of what somebody missed, for those who come back with them

Asked = tuple[Place, int]


class Hub:
    """All that is live in one process. Made and stopped in the event loop that serves it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.rooms: dict[Place, Room] = {}
        self.readers = 0
        self.by_key: Counter[str] = Counter()
        self.is_over = False
        self.aside = ThreadPoolExecutor(1, "live-aside")
        self.knocks: list[tuple[Knock, asyncio.Future]] = []
        self.door_is_open = False
        self.missed: dict[Asked, asyncio.Future] = {}
        self.listener = Listener(self)
        self.keeper = loop.create_task(self.keep_alive())

    async def stop(self) -> None:
        """End every stream and both threads."""
        self.is_over = True
        self.keeper.cancel()
        self.end({place.pk for place in self.rooms})
        self.listener.stop()
        await self.loop.run_in_executor(None, self.listener.join, LAST_WORDS)
        await asyncio.wait([self.loop.run_in_executor(self.aside, close_connection)], timeout=LAST_WORDS)
        self.aside.shutdown(wait=False)
        self.drop_stalled()

    def end(self, pks: Collection[int]) -> None:
        """End the streams of these activities; whoever may come back is admitted anew.

        Who is not seated yet is ended with the next comparison, since their room is still there.
        """
        for room in self.rooms.values():
            if room.place.pk in pks:
                for reader in room.readers:
                    reader.end()

    def drop_stalled(self) -> None:
        """End also those whose stream is over and who do not take what is left of it."""
        for room in self.rooms.values():
            for reader in room.readers:
                if reader.is_over and reader.task:
                    reader.task.cancel()

    async def admit(self, knock: Knock) -> Pass | None:
        """The pass for a reader; raises django.db.Error where the database is away.

        All who knock while the thread is busy are admitted together. Raises ConnectionError
        where the hub stops.
        """
        answer = self.loop.create_future()
        self.knocks.append((knock, answer))
        if not self.door_is_open:
            self.door_is_open = True
            self.loop.call_soon(self._let_in)
        return await answer

    def _let_in(self) -> None:
        waiting, self.knocks = self.knocks, []
        if self.is_over:
            turn_away(answer for _, answer in waiting)
            return
        job = self.loop.run_in_executor(self.aside, aside, admit, [knock for knock, _ in waiting])
        job.add_done_callback(lambda done: self._let_in_next(waiting, done))

    def _let_in_next(self, waiting: Sequence[tuple[Knock, asyncio.Future]], done: asyncio.Future) -> None:
        answer_all([answer for _, answer in waiting], done)
        self.door_is_open = bool(self.knocks)
        if self.door_is_open:
            self._let_in()

    def room_for(self, known: Pass, after: int) -> Room:
        """The room of a pass. One that opens now starts from what its first reader has seen."""
        room = self.rooms.get(known.place)
        if room is None:
            room = self.rooms[known.place] = Room(known.place, min(after, known.number))
        if room.number < known.number or not room.held:
            self.listener.look_at(known.pk)
        room.held += 1
        room.has_guests |= known.is_guest
        self.readers += 1
        self.by_key[known.key] += 1
        return room

    def leave(self, room: Room, reader: Reader) -> None:
        room.readers.discard(reader)
        room.held -= 1
        self.readers -= 1
        self.by_key[reader.key] -= 1
        if not self.by_key[reader.key]:
            del self.by_key[reader.key]
        if not room.held:
            self.rooms.pop(room.place, None)

    async def seat(self, room: Room, reader: Reader) -> None:
        """Give a reader what they missed, as it was sent or else rendered once for all who missed it,

        and then seat them without letting a batch pass in between.
        """
        while reader.after < room.number and not self.is_over:
            sent = room.since(reader.after)
            if sent is None:
                batch = await self._missed(room, reader.after)
                sent, number = (batch.body, batch.last) if batch else (b"", room.number)
            else:
                number = room.number
            reader.after = number
            if sent:
                reader.give(sent)
        room.readers.add(reader)
        if self.is_over or room.is_over_for(reader):
            reader.end()

    async def _missed(self, room: Room, after: int) -> Batch | None:
        asked = (room.place, after)
        if asked not in self.missed:
            self.missed[asked] = self.loop.run_in_executor(self.aside, aside, batch_for, *asked)
            # Whoever waited for it may be gone when it fails.
            self.missed[asked].add_done_callback(lambda done: done.cancelled() or done.exception())
            self.loop.call_later(REMEMBERED, self.missed.pop, asked, None)
        return await asyncio.shield(self.missed[asked])

    def deliver(self, batches: Iterable[tuple[Place, Batch]]) -> None:
        for place, batch in batches:
            if room := self.rooms.get(place):
                room.take(batch)

    async def keep_alive(self) -> None:
        """A comment now and then, so that nothing between here and a phone takes a stream for dead."""
        while True:
            await asyncio.sleep(KEEP_ALIVE_EVERY)
            self.drop_stalled()
            for room in list(self.rooms.values()):
                for reader in room.readers:
                    if not reader.frames:
                        reader.give(KEEP_ALIVE)


def aside[**P, T](work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in the thread beside the loop, with a connection that is known to live."""
    connection.close_if_unusable_or_obsolete()
    return work(*args, **kwargs)


def close_connection() -> None:
    """Close the connection of the thread that calls this."""
    connection.close()


def turn_away(answers: Iterable[asyncio.Future]) -> None:
    for answer in answers:
        if not answer.done():
            answer.set_exception(ConnectionError("The hub has stopped."))


def answer_all(answers: Sequence[asyncio.Future], done: asyncio.Future) -> None:
    if done.cancelled():
        turn_away(answers)
        return
    error = done.exception()
    for place, answer in enumerate(answers):
        if answer.done():
            continue
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(done.result()[place])
