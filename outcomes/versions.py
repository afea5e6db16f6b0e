"""What statements and decisions said at each of their versions: rows keep only what was changed."""

from dataclasses import dataclass

from outcomes.models import Decision, Statement


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision said at one version. `text` may hold the reason and the day on lines of their own."""

    kind: str
    text: str

    @property
    def standing(self) -> str:
        return Decision.Kind(self.kind).label


def statement_versions(statement: Statement) -> dict[int, str]:
    """Its words by version, from 1; the last is what it says now. One query."""
    before = dict(statement.changes.values_list("number", "before"))
    return {**before, len(before) + 1: statement.text}


def decision_versions(decision: Decision) -> dict[int, Said]:
    """What it said by version, from 1 as it was published; each update made the next. One query."""
    updates = list(decision.updates.values_list("number", "kind_before", "before"))
    versions = {len(updates) + 1: Said(decision.kind, decision.text)}
    for number, kind, before in updates:  # the newest first
        versions[number] = Said(kind, before or versions[number + 1].text)
    return versions
