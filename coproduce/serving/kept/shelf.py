"""Where pages are kept, and when they no longer are. One of it in a process, shared by its threads.

Every change that is heard of has a position. A page is kept only if nothing it was made from has
changed since the position taken before its first query; whoever commits later is heard of later.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from coproduce.serving.kept.asked import Key
from coproduce.serving.kept.copies import Copy
from coproduce.serving.kept.snapshots import NEVER, Changes, Snapshot

# Seconds without a word from the database, after which it may have said something that was not heard.
SILENCE = 4.0
# One thing for each table and each event; more than these are forgotten together with all pages.
MOST_THINGS = 50_000
# Of the room: pages with a question mark in their address, of which anybody can invent any number.
FOR_QUESTIONS = 0.25
EVERYTHING = "*"
OF_EVENTS = "responses"  # what the tables are called together of which each change names its event


@dataclass(slots=True)
class Kept:
    """A page on the shelf: what it was made from, and until when (of `monotonic`) it can be true."""

    copy: Copy
    things: frozenset[str]
    until: float


class Shelf:
    """At most `room` bytes of pages; those that nobody asked for the longest go first."""

    def __init__(self, room: int) -> None:
        self._lock = Lock()
        self._room = {False: int(room * (1 - FOR_QUESTIONS)), True: int(room * FOR_QUESTIONS)}
        self._pages: dict[bool, OrderedDict[Key, Kept]] = {False: OrderedDict(), True: OrderedDict()}
        self._made_from: defaultdict[str, set[Key]] = defaultdict(set)
        self._changed: dict[str, int] = {}
        self._position = self._begun = 0
        self._transactions = Changes()
        self.database = ""
        self._heard_at = float("-inf")
        self.size = {False: 0, True: 0}  # bytes
        # Every table of the database, and those whose changes it tells of, with whether it names the event.
        self.tables: frozenset[str] = frozenset()
        self.told: Mapping[str, bool] = {}

    @property
    def position(self) -> int:
        """To be taken before the first query of a page."""
        return self._position

    @property
    def is_heard(self) -> bool:
        """Whether whatever changed would have been heard of."""
        return monotonic() - self._heard_at < SILENCE

    def thing_of(self, table: str, event: int | None = None) -> str:
        """What a change to `table` is called here, or one to those rows of it that belong to an event."""
        if not self.told.get(table):
            return table
        return OF_EVENTS if event is None else f"{OF_EVENTS} {event}"

    def __len__(self) -> int:
        return sum(map(len, self._pages.values()))

    def find(self, key: Key) -> Copy | None:
        """The page kept for `key`, if it is true at this moment as far as anybody can know."""
        pages = self._pages[key.is_question]
        with self._lock:
            kept = pages.get(key)
            if kept is None:
                return None
            now = monotonic()
            if now >= kept.until or now - self._heard_at >= SILENCE:
                self._drop(key)
                return None
            pages.move_to_end(key)
            return kept.copy

    def keep(self, key: Key, kept: Kept, position: int) -> bool:
        """Keep a page that was begun at `position`; returns whether it could be kept."""
        with self._lock:
            return self._is_true(kept, position) and self._put(key, kept)

    def take_over(self, key: Key, kept: Kept, snapshot: Snapshot) -> bool:
        """Keep a page that another process began in `snapshot`; returns whether it could be kept."""
        with self._lock:
            is_later = self._transactions.are_seen_in(snapshot, kept.things)
            return is_later and self._is_true(kept, self._position) and self._put(key, kept)

    def _put(self, key: Key, kept: Kept) -> bool:
        if kept.copy.size > self._room[key.is_question] // 4:
            return False
        self._drop(key)
        self._pages[key.is_question][key] = kept
        self.size[key.is_question] += kept.copy.size
        for thing in kept.things:
            self._made_from[thing].add(key)
        self._make_room(key.is_question)
        return True

    def _is_true(self, kept: Kept, position: int) -> bool:
        if not self.is_heard or position < self._begun or monotonic() >= kept.until:
            return False
        return all(self._changed.get(thing, 0) <= position for thing in kept.things)

    def _make_room(self, is_question: bool) -> None:
        pages = self._pages[is_question]
        while self.size[is_question] > self._room[is_question]:
            self._drop(next(iter(pages)))

    def _drop(self, key: Key) -> None:
        if kept := self._pages[key.is_question].pop(key, None):
            self.size[key.is_question] -= kept.copy.size
            for thing in kept.things:
                self._made_from[thing].discard(key)
                if not self._made_from[thing]:
                    del self._made_from[thing]

    def has_changed(self, thing: str, since: int) -> bool:
        """Whether a change of `thing` was heard of after the position `since`, or might have been."""
        return since < self._begun or self._changed.get(thing, 0) > since

    def change(self, things: Mapping[str, int]) -> None:
        """These have changed, by these transactions: every page made from one of them goes at once."""
        if EVERYTHING in things or len(self._changed) > MOST_THINGS:
            self.clear(max(things.values(), default=0))
        with self._lock:
            self._position += 1
            self._transactions.add(things)
            for thing in things:
                self._changed[thing] = self._position
                for key in list(self._made_from.get(thing, ())):
                    self._drop(key)

    def clear(self, transaction: int = 0) -> None:
        """All pages go, and so does every one that is being made or was shared up to `transaction`."""
        with self._lock:
            self._position += 1
            self._begun = self._position
            self._transactions.forget(transaction)
            self._changed.clear()
            self._made_from.clear()
            for pages in self._pages.values():
                pages.clear()
            self.size = {False: 0, True: 0}

    def listen(
        self, tables: Iterable[str], told: Mapping[str, bool], *, database: str = "", began: Snapshot = NEVER
    ) -> None:
        """From now on every change is heard of: of those in `told`, by their tables.

        `database` names it and the line of its history; `began` was taken when listening had begun.
        """
        self.clear()
        with self._lock:
            self._transactions = Changes(began)
        self.tables, self.told, self.database = frozenset(tables), told, database
        self.hear()

    def hear(self) -> None:
        """The database is there, and all that it said is known."""
        self._heard_at = monotonic()

    def stop_listening(self) -> None:
        """Nothing is heard of any more: nothing is kept or answered until it is again."""
        self._heard_at = float("-inf")
        self.clear()
