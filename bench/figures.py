"""Figures, their rounds, and how they are printed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from statistics import median, quantiles

ROUNDS = 5

type Lane[T] = Callable[[], T]


class Aim(StrEnum):
    """What a target is a target for."""

    RATIO_AT_LEAST = "ratio at least"
    RATIO_AT_MOST = "ratio at most"
    VALUE_AT_MOST = "value at most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A median of several rounds beside its floor; the rounds are all kept.

    `ratio` is the median of what each round's value is to the same round's floor, `spread`
    the distance between the lowest and the highest value as a share of the median.
    """

    name: str
    unit: str
    values: list[float]
    floors: list[float]
    floor_is: str
    target: float | None = None
    peer: float | None = None
    aim: Aim = Aim.RATIO_AT_LEAST
    ratios: list[float] = field(init=False)

    def __post_init__(self) -> None:
        ratios = [value / floor for value, floor in zip(self.values, self.floors, strict=True)]
        object.__setattr__(self, "ratios", ratios)

    @property
    def value(self) -> float:
        return median(self.values)

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def spread(self) -> float:
        return (max(self.values) - min(self.values)) / self.value if self.value else 0.0

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one, and where the rounds disagree."""
        if self.target is None:
            return None
        judged = self.values if self.aim == Aim.VALUE_AT_MOST else self.ratios
        low, middle, high = quantiles(judged, n=4)
        if low < self.target <= high:
            return None
        return middle >= self.target if self.aim == Aim.RATIO_AT_LEAST else middle <= self.target

    def as_json(self) -> str:
        raw = {name: kept for name, kept in asdict(self).items() if name != "ratios"}
        facts = {
            "value": self.value,
            "floor": median(self.floors),
            "ratio": self.ratio,
            "rounds": len(self.values),
            "spread": self.spread,
            "met": self.met,
        }
        return json.dumps({name: _short(fact) for name, fact in (raw | facts).items()})

    def as_row(self) -> str:
        met = {True: "met", False: "not met", None: "no verdict"}[self.met]
        sign = "" if self.aim == Aim.RATIO_AT_LEAST else "≤ "
        target = f"{sign}{self.target:g} {met}" if self.target is not None else "–"
        value, floor = f"{self.value:,.0f}", f"{median(self.floors):,.0f}"
        return (
            f"{self.name:26}{value:>8} {self.unit:9}{floor:>8}  {self.floor_is:24}"
            f"{self.ratio:7.2g}  {self.spread:5.0%}  {target}"
        )


HEAD = f"{'figure':26}{'median':>8} {'unit':9}{'floor':>8}  {'of':24}{'ratio':>7}  spread  target"


def measure[T](
    lanes: Mapping[str, Lane[T]], rounds: int = ROUNDS, *, warm_up: bool = True
) -> dict[str, list[T]]:
    """What each lane gives in every round, one lane after another so that noise falls on all.

    Every other round goes the other way about. A first round warms up and is not kept, unless
    each lane begins afresh anyway.
    """
    results: dict[str, list[T]] = {name: [] for name in lanes}
    for number in range(0 if warm_up else 1, rounds + 1):
        for name in list(lanes) if number % 2 else reversed(list(lanes)):
            value = lanes[name]()
            if number:
                results[name].append(value)
    return results


def _short(fact: object) -> object:
    if isinstance(fact, list):
        return [_short(one) for one in fact]
    return float(f"{fact:.4g}") if isinstance(fact, float) else fact
