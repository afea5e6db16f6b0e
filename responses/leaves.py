"""How large the words on a station sheet may be so that they stand on one page of A4.

Letters are taken as a little wider than they are on average: the sizes of `pack.css`, in millimetres.
"""

from collections.abc import Sequence
from math import ceil

from responses.fitting import width_of

PAGE = 277  # of A4, inside its margins
# The event, the marks, the way to answer by phone, and the room between all that.
FIXED = 135
SOURCE = (58, 8.8)  # letters in a line, and how high a line is
# The same for each size, the largest first. Headings have words that do not break.
HEADINGS = ((13, 23.5), (17, 18), (23, 13.5), (30, 10.5))
WORDS = ((27, 15.2), (36, 11.7), (45, 9.5), (53, 8.2))
FEW_LINES = 3


def size_of_heading(heading: str) -> int:
    """1 for a few words to 4 for a long sentence."""
    return _first_within(FEW_LINES, [_lines(heading, room) for room, _high in HEADINGS])


def size_of_words(heading: str, wordings: Sequence[tuple[str, str]]) -> int:
    """The largest size, 1 to 4, at which the wordings with their sources leave it one page."""
    return _first_within(PAGE, [_height(heading, wordings, size) for size in range(1, len(WORDS) + 1)])


def pages_of(heading: str, wordings: Sequence[tuple[str, str]]) -> int:
    """How many pages the sheet takes: one, unless more was written than stands on one."""
    return ceil(_height(heading, wordings, size_of_words(heading, wordings)) / PAGE)


def _height(heading: str, wordings: Sequence[tuple[str, str]], size: int) -> float:
    room, high = HEADINGS[size_of_heading(heading) - 1]
    words = sum(_high(text, WORDS[size - 1]) + _high(source, SOURCE) + 4 for text, source in wordings)
    return FIXED + _lines(heading, room) * high + words


def _high(text: str, size: tuple[float, float]) -> float:
    room, high = size
    return _lines(text, room) * high


def _lines(text: str, room: float) -> int:
    return sum(ceil(width_of(line) / room) or 1 for line in text.splitlines())


def _first_within(most: float, measures: Sequence[float]) -> int:
    """The number, from 1, of the first measure that is small enough; else of the last."""
    return next((at for at, measure in enumerate(measures, 1) if measure <= most), len(measures))
