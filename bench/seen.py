"""What readers of a stream saw: which numbers, in which order, and how long after they were posted."""

import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bench.load import Unexpected

ID = re.compile(rb"(?m)^id: ?(\d+)\r?$")
PART = b"\n\n"  # ends a message
MS = 1_000_000  # nanoseconds


@dataclass(slots=True)
class Frame:
    """Messages that came together, and when each reader had them.

    `times` are nanoseconds of the wall clock, one for each reader whom the frame reached.
    """

    numbers: tuple[int, ...]
    times: array = field(default_factory=lambda: array("q"))

    @property
    def in_a_row(self) -> bool:
        return all(after - before == 1 for before, after in zip(self.numbers, self.numbers[1:], strict=False))


def numbers_in(data: bytes) -> tuple[int, ...]:
    """The ids of the messages in `data`, whole messages of a stream with or without chunk sizes."""
    return tuple(map(int, ID.findall(data)))


@dataclass(slots=True)
class Track:
    """What one reader has seen up to number `last`."""

    last: int
    missing: set[int] = field(default_factory=set)
    doubled: int = 0
    out_of_order: int = 0

    def take(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number > self.last:
                self.missing.update(range(self.last + 1, number))
                self.last = number
            elif number in self.missing:
                self.missing.remove(number)
                self.out_of_order += 1
            else:
                self.doubled += 1

    def missed(self, final: int) -> int:
        """How many numbers up to `final` never came."""
        return len(self.missing) + max(0, final - self.last)


def delays(frames: Iterable[Frame], posted: Mapping[int, int]) -> list[int]:
    """Nanoseconds from post to seen, ascending: one for each reader and each number that was posted."""
    return sorted(
        time - posted[number]
        for frame in frames
        for number in frame.numbers
        if number in posted
        for time in frame.times
    )


def in_ms(ascending: list[int]) -> dict[str, float]:
    """Percentiles of delays, in milliseconds; raises Unexpected when there is none."""
    if not ascending:
        raise Unexpected("No reader saw anything of what was posted.")
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1}
    return {name: ascending[round((len(ascending) - 1) * share)] / MS for name, share in shares.items()}


def told(tracks: list[Track], frames: Iterable[Frame], posted: Mapping[int, int]) -> dict[str, float]:
    """All that is reported of a crowd of readers after notes were posted: number -> nanoseconds."""
    final = max(posted)
    return in_ms(delays(frames, posted)) | {
        "missed": sum(track.missed(final) for track in tracks),
        "doubled": sum(track.doubled for track in tracks),
        "out_of_order": sum(track.out_of_order for track in tracks),
    }
