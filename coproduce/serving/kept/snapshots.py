"""What a process can know of the order of things by the numbers of transactions, and by nothing else."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import NamedTuple

REMEMBERED = 16  # of the transactions that changed a thing, the last ones heard of


class Snapshot(NamedTuple):
    """`pg_current_snapshot()`: which transactions were over when it was taken."""

    xmin: int
    xmax: int
    running: frozenset[int]

    @classmethod
    def read(cls, typed: str) -> "Snapshot":
        """From PostgreSQL's `10:20:10,14`."""
        xmin, xmax, running = typed.split(":")
        return cls(int(xmin), int(xmax), frozenset(map(int, filter(None, running.split(",")))))

    def __str__(self) -> str:
        return f"{self.xmin}:{self.xmax}:{','.join(map(str, sorted(self.running)))}"

    def sees(self, transaction: int) -> bool:
        """Whether the transaction was over: what it did is seen, if it was committed."""
        return transaction < self.xmax and transaction not in self.running

    def sees_all_of(self, other: "Snapshot") -> bool:
        """Whether every transaction that was over for `other` was over here too."""
        return self.xmax >= other.xmax and not any(map(other.sees, self.running))


# Of which nothing was ever over: a process that does not know when it began to listen takes over nothing.
NEVER = Snapshot(2**63, 2**63, frozenset())


class Changes:
    """Which transactions changed a thing, as far as they were heard of since `began`."""

    def __init__(self, began: Snapshot = NEVER) -> None:
        self._began, self._before_all = began, 0
        self._heard: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._before: defaultdict[str, int] = defaultdict(int)

    def add(self, things: Mapping[str, int]) -> None:
        for thing, transaction in things.items():
            heard = self._heard[thing]
            if len(heard) == REMEMBERED:
                self._before[thing] = max(self._before[thing], heard[0])
            heard.append(transaction)

    def forget(self, transaction: int = 0) -> None:
        """From now on everything may have changed, by any transaction up to this or one heard of."""
        heard = (max(known) for known in self._heard.values())
        self._before_all = max(self._before_all, transaction, *heard, *self._before.values(), 0)
        self._heard.clear()
        self._before.clear()

    def are_seen_in(self, snapshot: Snapshot, things: frozenset[str]) -> bool:
        """Whether whatever was begun in `snapshot` has every change to `things` that was heard of here."""
        if snapshot.xmin <= self._before_all or not snapshot.sees_all_of(self._began):
            return False
        return all(
            snapshot.xmin > self._before.get(thing, 0) and all(map(snapshot.sees, self._heard.get(thing, ())))
            for thing in things
        )
