"""What a drill tells: what it found, what of that was expected, and whether it would have found a flaw."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass


class NotToBeHad(Exception):
    """A tool that cannot be installed or found here; says which, and how to get it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a tool said about the site; `because` is why it may stay, empty where it may not."""

    what: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one drill; `planted` are flaws made on purpose, `missed` those the tool did not see."""

    drill: str
    tool: str
    seconds: float
    covered: str
    findings: tuple[Finding, ...]
    planted: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return not self.missed and all(finding.because for finding in self.findings)

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    def as_lines(self) -> list[str]:
        verdict = "good" if self.is_good else "NOT GOOD"
        head = f"{self.drill}: {verdict}. {self.tool}, {self.seconds:.0f} s, {self.covered}"
        found = [
            f"  {'stays' if one.because else 'FOUND'}: {one.what}{one.because and ' – ' + one.because}"
            for one in self.findings
        ]
        seen = [
            f"  planted: {plant} – {'MISSED' if plant in self.missed else 'seen'}" for plant in self.planted
        ]
        return [head, *found, *seen]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool said of one target: each flaw in a sentence, and how much it looked at."""

    flaws: tuple[str, ...]
    covered: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A tool, aimed at the site and at a planted flaw.

    `version` names the tool and installs it, or raises NotToBeHad. `attack` and `power` take a Range
    and give an Outcome: of the site, and of what was planted. Each of `plants` is a word that one
    sentence of the second must hold. `stays` has the beginnings of sentences that are known, with
    the reason why they may stay.
    """

    version: Callable[[], str]
    attack: Callable[..., Outcome]
    power: Callable[..., Outcome]
    plants: tuple[str, ...]
    stays: dict[str, str]


def judged(flaw: str, stays: dict[str, str]) -> Finding:
    reasons = (why for begins, why in stays.items() if flaw.startswith(begins))
    return Finding(flaw, next(reasons, ""))


def missed(plants: tuple[str, ...], seen: Outcome) -> tuple[str, ...]:
    return tuple(plant for plant in plants if not any(plant in flaw for flaw in seen.flaws))
