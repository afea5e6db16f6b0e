"""What independent readings of one note agree on. Agreement never decides: a person does.

Pure: readings in, values out; no database and no request.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from responses.models import Mark, Reading, TextState
from responses.readings.saying import flat
from responses.transcription import (
    Gap,
    Guess,
    Illegible,
    Inserted,
    LineBreak,
    Piece,
    Removed,
    Sign,
    Stressed,
    Struck,
    Words,
    read_markup,
)

GAP = "□"
OTHER_GAP = "■"  # of the second of two readings: gaps are never alike
ENOUGH = 2  # independent equal readings make a note ready for a ruling
HARD_FROM, HARD_AT = 3, 5  # so many readers who are not alike; so many at all
ALIKE = 0.8
STRAIGHT = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
# However many read a note, so many of the newest are compared with each other: the work grows by the square.
MOST_PAIRED = 8
# Beyond so many pairs of characters words are compared: letter by letter takes too long.
MOST_COMPARED = 250_000
AT_THE_DESK = (Reading.Witness.PHOTO, Reading.Witness.ORIGINAL, Reading.Witness.AUDIO)
# Without words to compare it is what was said of them that is equal.
WORDLESS = (TextState.NO_TEXT, TextState.DRAWING)


class Said(Protocol):
    """What agreement asks of a reading."""

    number: int
    witness: str
    token: str
    reader_id: int | None
    text: str
    text_state: str
    mark: str
    is_independent: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """`readers` readers, the most of whom that say the same are `equal`.

    Of those, `independent` had not seen what others read. `likeness` is the mean over all pairs of
    the newest eight, from 0 to 1; 1 with fewer than two. `best` is the one of the equal readings
    with the fewest guesses, and `mark` the one all of those carry, empty where they differ.
    """

    readers: int
    equal: int
    independent: int
    likeness: float
    best: Said | None
    mark: str

    @property
    def is_ready(self) -> bool:
        """Whether enough readers say the same without a gap, independently, for a person to rule on it."""
        return self.independent >= ENOUGH

    @property
    def is_hard(self) -> bool:
        """Whether more readers are not likely to help."""
        unlike = self.readers >= HARD_FROM and self.likeness < ALIKE
        return not self.is_ready and (unlike or self.readers >= HARD_AT)


def agreement_of(readings: Iterable[Said]) -> Agreement:
    """What those who read at the desk agree on; each counts once, with their newest reading."""
    newest = newest_by_reader(readings)
    keys = {reading.number: said_key(reading) for reading in newest}
    groups: dict[str, list[Said]] = {}
    for reading in newest:
        if GAP not in keys[reading.number]:
            groups.setdefault(keys[reading.number], []).append(reading)
    best = max(groups.values(), key=_weight, default=[])
    pairs = [alike(one, other) for one, other in combinations(list(keys.values())[-MOST_PAIRED:], 2)]
    return Agreement(
        readers=len(newest),
        equal=len(best),
        independent=_independent(best),
        likeness=sum(pairs) / len(pairs) if pairs else 1.0,
        best=min(best, key=lambda reading: (_guesses(reading), -reading.number), default=None),
        mark=_mark_of(best),
    )


def _weight(group: Sequence[Said]) -> tuple[int, int, int]:
    """What says the same counts by how many said so unseen, then by how many did at all."""
    return _independent(group), len(group), group[-1].number


def _independent(group: Sequence[Said]) -> int:
    return sum(reading.is_independent for reading in group)


def _guesses(reading: Said) -> int:
    """How many words of it are guesses: what another reader is sure of stands before them."""
    return sum(isinstance(piece, Guess) for piece in flat(read_markup(reading.text, imported=False)))


def newest_by_reader(readings: Iterable[Said]) -> list[Said]:
    """The newest reading of each reader at the desk, in the order in which they were made.

    Readers whose token was forgotten cannot be told apart any more and count as one.
    """
    newest: dict[str, Said] = {}
    for reading in sorted(readings, key=lambda reading: reading.number):
        if reading.witness in AT_THE_DESK:
            newest[reading.token or f"person {reading.reader_id}"] = reading
    return sorted(newest.values(), key=lambda reading: reading.number)


def said_key(reading: Said) -> str:
    """What a reading says as it is compared: its words, or else that there are none."""
    if reading.text_state in WORDLESS:
        return f"[{reading.text_state}]"
    return key_of(reading.text)


@lru_cache(maxsize=4096)
def key_of(markup: str) -> str:
    """The words without what readers type in different ways; □ where there is a gap.

    Case, quotes, dashes, spaces and a final full stop do not tell two readings apart, nor does
    what the reader adds to the words. An insertion counts as words, the preferred guess as read.
    """
    text = "".join(map(_compared, read_markup(markup, imported=False)))
    for _ in range(2):  # folding can compose anew, and composing can fold anew
        text = unicodedata.normalize("NFKC", text.translate(STRAIGHT)).casefold()
    text = " ".join(text.translate(STRAIGHT).split())
    return text if text.endswith("..") else text.removesuffix(".").rstrip()


def _compared(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case Guess(candidates):
            return candidates[0]
        case Struck(inside):
            return f"~~{''.join(map(_compared, inside))}~~"
        case Inserted(inside) | Stressed(inside):
            return "".join(map(_compared, inside))
        case _:
            return _STANDS_FOR.get(type(piece), "")


_STANDS_FOR = {LineBreak: " ", Gap: GAP, Illegible: GAP, Removed: GAP, Sign: "[drawing]"}


def likeness(one: str, other: str) -> float:
    """How alike two texts in markup are, from 0 to 1; 1 only where their keys are equal without a gap."""
    return alike(key_of(one), key_of(other))


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> float:
    """How alike two keys are. The order of the two makes no difference."""
    one, other = sorted((one, other))
    if one == other and GAP not in one:
        return 1.0
    return SequenceMatcher(None, *_parts(one, other.replace(GAP, OTHER_GAP)), autojunk=False).ratio()


def _parts(one: str, other: str) -> tuple[Sequence[str], Sequence[str]]:
    """Both as characters, or as words where there are many."""
    return (one, other) if len(one) * len(other) <= MOST_COMPARED else (one.split(), other.split())


def _mark_of(readings: Sequence[Said]) -> str:
    """The one mark these readings saw; empty where they saw several or none."""
    seen = {reading.mark for reading in readings} - {Mark.NOT_RECORDED}
    return seen.pop() if len(seen) == 1 else ""
