"""What was meant, what was confirmed and what is there: three lists that must be one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Condition

LONGEST = 60  # seconds


@dataclass
class Books:
    """Kept by all posters together; each note is known by its words, which no other has."""

    intended: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)  # words -> identifier
    tries: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)  # what went wrong -> how often
    changed: Condition = field(default_factory=Condition)

    def intend(self, words: str) -> None:
        with self.changed:
            self.intended.append(words)

    def acknowledge(self, words: str, identifier: str) -> None:
        with self.changed:
            self.acknowledged[words] = identifier
            self.changed.notify_all()

    def go_wrong(self, words: str, how: str) -> None:
        with self.changed:
            self.tries[words] += 1
            self.refused[how] += 1

    def wait_for(self, number: int) -> None:
        """Until so many notes are acknowledged."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.acknowledged) >= number, LONGEST), self.refused


def discrepancies(books: Books, stored: Iterable[str]) -> dict[str, list[str]]:
    """What does not agree between a site's books and the words of its notes; empty when all does."""
    rows = Counter(stored)
    found = {
        "never acknowledged": [words for words in books.intended if words not in books.acknowledged],
        "lost": [words for words in books.intended if words not in rows],
        "doubled": [words for words, times in rows.items() if times > 1],
        "unheard of": [words for words in rows if words not in books.intended],
    }
    return {kind: sorted(words) for kind, words in found.items() if words}
