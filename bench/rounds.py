"""One round of a live stream: readers come, notes are posted, and all of it is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.load import Unexpected
from bench.processes import Helper, cost, helper

FAULTS = ("missed", "doubled", "out_of_order")

type Posted = Mapping[int, int]  # number of a change -> when it was posted, in nanoseconds


@dataclass(frozen=True, slots=True)
class Stage:
    """A server that streams: its address, its first process, and how something is posted to it.

    `post` takes a rate per second and seconds. `last` is the number of its last change so far.
    `cookies` are those of as many visitors as there may be readers, where it asks who they are.
    """

    address: str
    pid: int
    post: Callable[[float, float], Posted]
    last: int = 0
    cookies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """So many readers, so many notes a second, for so many seconds, and as many to wait for the last."""

    readers: int
    rate: float
    seconds: float
    patience: float = 5


@dataclass(frozen=True, slots=True)
class Round:
    """What came of it. Delays from post to seen, connecting and reconnecting in milliseconds."""

    p50: float
    p95: float
    p99: float
    slowest: float
    processor: float  # per cent of one core, over the time of posting
    memory: float  # bytes for each reader, once all are connected
    busy_memory: float  # the same after the notes
    connecting: float
    reconnecting: float
    size: float  # bytes of the stream for each note


def run(stage: Stage, load: Load, crowd: str = "bench.readers") -> Round:
    """One round; raises Unexpected if any reader missed a note or had it twice or in the wrong order.

    `crowd` is the module that reads.
    """
    before = cost(stage.pid)
    cookies = list(stage.cookies[: load.readers]) or [""] * load.readers
    with helper(crowd, stage.address, stage.last) as readers:
        connecting = readers.ask(cookies)["seconds"]
        held, start = cost(stage.pid), perf_counter()
        posted = stage.post(load.rate, load.seconds)
        seen = readers.ask({"do": "report", "posted": posted, "patience": load.patience})
        after, span = cost(stage.pid), perf_counter() - start
        refuse_faults(seen)
        reconnecting = readers.ask({"do": "reconnect"})["seconds"]
    return Round(
        seen["p50"],
        seen["p95"],
        seen["p99"],
        seen["max"],
        processor=100 * (after.seconds - held.seconds) / span,
        memory=(held.memory - before.memory) / load.readers,
        busy_memory=(after.memory - before.memory) / load.readers,
        connecting=1000 * connecting,
        reconnecting=1000 * reconnecting,
        size=seen["bytes"] / load.readers / len(posted),
    )


def refuse_faults(seen: Mapping[str, float]) -> None:
    if any(seen[fault] for fault in FAULTS):
        found = ", ".join(f"{seen[fault]} {fault.replace('_', ' ')}" for fault in FAULTS)
        raise Unexpected(f"The readers did not see every note once and in order: {found}.")


def posting_to(bare: Helper) -> Callable[[float, float], Posted]:
    """How something is posted to the bare protocol."""
    return lambda rate, seconds: bare.ask({"rate": rate, "seconds": seconds})["posted"]
