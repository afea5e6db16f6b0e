"""The rooms of one process: who listens to which activity, and what they were sent last.

Everything here runs in the event loop and never waits.
"""

from asyncio import AbstractEventLoop, Future, Task
from collections import deque

from responses.live.audiences import Place
from responses.live.messages import Batch

KEPT = 200  # batches, to serve those who come back
MOST_PENDING = 1000  # frames, of a reader who does not read


class Reader:
    """One open stream: what it still has to be sent, and its task to end where it does not read."""

    __slots__ = ("after", "frames", "is_over", "key", "screen_since", "task", "waiter")

    def __init__(self, key: str, after: int, task: Task | None, screen_since: int | None = None) -> None:
        self.key, self.after, self.task = key, after, task
        # Of a screen in the hall, the number at which its address was looked at.
        self.screen_since = screen_since
        self.frames: list[bytes] = []
        self.waiter: Future | None = None
        self.is_over = False

    def give(self, frame: bytes) -> None:
        """Queue a frame; a reader who falls too far behind is ended and comes back."""
        self.frames.append(frame)
        if len(self.frames) > MOST_PENDING and self.task:
            self.task.cancel()
        self.wake()

    def end(self) -> None:
        self.is_over = True
        self.wake()

    def wake(self) -> None:
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    async def frame(self, loop: AbstractEventLoop) -> bytes:
        """All that is waiting, as one piece; empty when the stream is over."""
        while not self.frames and not self.is_over:
            self.waiter = loop.create_future()
            await self.waiter
        pending, self.frames = self.frames, []
        return b"".join(pending)


class Room:
    """The readers of one activity in one audience and language, and the batches they were sent last."""

    def __init__(self, place: Place, number: int) -> None:
        self.place, self.number = place, number
        self.readers: set[Reader] = set()
        # Also those who are not seated yet: the room stays as long as anybody holds it.
        self.held = 0
        self.has_guests = False
        self.kept: deque[Batch] = deque(maxlen=KEPT)
        # The number with which the addresses of its screens ended last.
        self.screens_end = 0

    def take(self, batch: Batch) -> None:
        """Send a batch to everybody: one body for all but those who have seen a part of it.

        The thread that renders may not know yet how far the room is, and repeat what was sent.
        What begins later than this room is was read for one that was left meanwhile.
        """
        if batch.last <= self.number or batch.first > self.number + 1:
            return
        batch = batch.beyond(self.number)
        self.number = batch.last
        if batch.supersedes:
            self.kept.clear()
        self.kept.append(batch)
        if batch.ends_screens:
            self.screens_end = batch.last
        body = batch.body
        for reader in self.readers:
            frame = body if reader.after < batch.first else batch.after(reader.after)
            if frame:
                reader.give(frame)
            if self.is_over_for(reader):
                reader.end()

    def is_over_for(self, reader: Reader) -> bool:
        """Whether the address of a screen has ended since it was looked at."""
        return reader.screen_since is not None and reader.screen_since < self.screens_end

    def since(self, after: int) -> bytes | None:
        """What was sent after a number, where it is still kept and no clock in it has run on."""
        missed = [batch for batch in self.kept if batch.last > after]
        complete = after >= self.number or (missed and missed[0].first <= after + 1)
        if not complete or any(batch.ticks for batch in missed):
            return None
        return b"".join(batch.after(after) for batch in missed)
