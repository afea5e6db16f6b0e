"""The one connection of a process that listens for changes, and renders them."""

import logging
import os
import select
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from django.db import Error, InterfaceError, OperationalError, connection

from coproduce.listening import connection_for_listening
from people.guests import ANYBODY
from responses.changes import CHANNEL
from responses.live.audiences import Place
from responses.live.messages import Batch, batch_for
from responses.models import Activity

if TYPE_CHECKING:
    from responses.live.hub import Hub

log = logging.getLogger(__name__)

# Seconds. A small room sees a note at once; in a large one the notes of a moment go out together.
SHORTEST_WINDOW, LONGEST_WINDOW = 0.02, 0.2
READERS_OF_A_FULL_WINDOW = 2000
# Between comparisons with the database: a notice lost while it restarted costs this and no change.
NET = 10.0
BETWEEN_TRIES = 0.5  # to reach a database that is away


def window(readers: int) -> float:
    """How long to gather changes before they are sent, in seconds."""
    return max(SHORTEST_WINDOW, min(1.0, readers / READERS_OF_A_FULL_WINDOW) * LONGEST_WINDOW)


class Listener(threading.Thread):
    """Reads notices of changes, renders each activity's once per audience and language for the hub."""

    def __init__(self, hub: "Hub") -> None:
        super().__init__(name="live-listener", daemon=True)
        self.hub = hub
        self.asked: deque[int] = deque()
        self.is_over = self.is_listening = False
        self.sent_at = 0.0
        self.awake, self.waker = os.pipe()
        # Once the pipe is closed its number may be that of another file.
        self.pipe, self.is_closed = threading.Lock(), False
        os.set_blocking(self.waker, False)
        self.start()

    def look_at(self, pk: int) -> None:
        """Compare the rooms of an activity with the database soon; called from the event loop."""
        if not self.is_over:
            self.asked.append(pk)
            self.wake()

    def stop(self) -> None:
        self.is_over = True
        self.wake()

    def wake(self) -> None:
        # A full pipe wakes it as well, and the event loop must not wait for it.
        with self.pipe, suppress(BlockingIOError):
            if not self.is_closed:
                os.write(self.waker, b".")

    def run(self) -> None:
        while not self.is_over:
            try:
                self.listen()
            except Error as error:
                log.warning("The live stream lost its database and tries again: %s", error)
            except Exception:
                log.exception("The live stream failed and begins again.")
            finally:
                self.is_listening = False
                connection_for_listening().close()
                connection.close()
            if not self.is_over:
                self.hush()
                ready(BETWEEN_TRIES, self.awake)
        with self.pipe:
            self.is_closed = True
            os.close(self.awake)
            os.close(self.waker)

    def listen(self) -> None:
        """Listen until told to stop; raises django.db.Error when the connection breaks."""
        listening = connection_for_listening()
        with listening.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self.is_listening = True
        wire = listening.connection
        # Notices from before this connection are gone: look at every room once.
        changed, compared = self.compared(), monotonic()
        while not self.is_over:
            if changed:
                self.hub_takes(changed)
            changed = self.wait(wire, compared + NET - monotonic())
            if monotonic() - compared > NET:
                changed, compared = self.compared(), monotonic()

    def compared(self) -> set[int]:
        """Every activity with a room. The streams of those whose event became a draft are ended."""
        with_guests = {room.place.pk for room in list(self.hub.rooms.values()) if room.has_guests}
        public = Activity.objects.visible_to(ANYBODY).filter(pk__in=with_guests)
        if hidden := with_guests.difference(public.values_list("pk", flat=True)):
            self.hub.loop.call_soon_threadsafe(self.hub.end, hidden)
        return self.pks()

    def wait(self, wire: object, at_most: float) -> set[int]:
        """The activities that changed, at most one window after those before were sent.

        What comes after a quiet moment goes out at once.
        """
        # Notices that came while a batch was read are here already: the wire is not readable for them.
        ready(0 if wire.notifies else max(0, at_most), wire, self.awake)
        gathered = self.heard(wire)
        if not gathered:
            return gathered
        ends = self.sent_at + window(self.hub.readers)
        while (left := ends - monotonic()) > 0 and not self.is_over:
            ready(left, wire, self.awake)
            gathered |= self.heard(wire)
        self.sent_at = monotonic()
        return gathered

    def heard(self, wire: object) -> set[int]:
        self.hush()
        with connection_for_listening().wrap_database_errors:
            wire.poll()
        heard: set[int] = set()
        while self.asked:
            heard.add(self.asked.popleft())
        while wire.notifies:
            heard.update(pk_in(wire.notifies.pop(0).payload))
        return heard & self.pks()

    def hush(self) -> None:
        """Take note of having been woken."""
        if ready(0, self.awake):
            os.read(self.awake, 65_536)

    def pks(self) -> set[int]:
        return {place.pk for place in list(self.hub.rooms)}

    def hub_takes(self, changed: set[int]) -> None:
        batches = list(self.batches(changed))
        if batches:
            self.hub.loop.call_soon_threadsafe(self.hub.deliver, batches)

    def batches(self, changed: set[int]) -> Iterator[tuple[Place, Batch]]:
        for place, room in list(self.hub.rooms.items()):
            if place.pk in changed and (batch := self.batch(place, room.number)):
                yield place, batch

    def batch(self, place: Place, after: int) -> Batch | None:
        """One flaw in what one activity shows must not silence all the others."""
        try:
            return batch_for(place, after)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The changes of activity %s after %s cannot be shown.", place.pk, after)
            return None


def ready(seconds: float, *files: object) -> bool:
    """Wait until one of `files` can be read, for so many seconds; returns whether one can.

    `select` would take no descriptor above 1023, and a process has one for each reader.
    """
    poll = select.poll()
    for file in files:
        poll.register(file, select.POLLIN)
    return bool(poll.poll(1000 * seconds))


def pk_in(payload: str) -> set[int]:
    """The activity a notice is about; none where somebody else used the channel."""
    first = payload.partition(" ")[0]
    return {int(first)} if first.isascii() and first.isdigit() else set()
