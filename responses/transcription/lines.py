"""The source lines of a transcript file, each known by what it looks like on its own."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from .headings import counted_heading, is_caption
from .markup import clean, read_markup
from .pieces import Gap, Illegible, LineBreak, NoText, Piece, Words

MAX_REPEAT = 200  # notes that one `[no text] x n` line may stand for
MAX_NOTES = 5000  # notes that one file may hold
MAX_STATIONS = 300  # headings that one file may hold


class Look(Enum):
    """What a line looks like before its neighbours are asked."""

    BLANK = auto()
    RULE = auto()
    BULLET = auto()
    EMPTIES = auto()
    COUNTED = auto()
    CAPITALS = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One source line: as found, without its line end, and as compared, without invisible spaces."""

    number: int
    text: str
    bare: str
    look: Look


# A form feed ends a page, so nothing under it continues what stands above.
_PAGE_END = re.compile(r"\n?\f")
_LINE_END = re.compile(r"\r\n|[\r\n\v\x85\u2028\u2029]")
BULLET = r"(?:[-–—*•‐‑−‣▪●◦·]\s+|[•‣▪●◦]|[-•]$)"
_BULLET = re.compile(BULLET)
_RULE = re.compile(r"([-–—*_=~])(?:\s?\1){2,}")

_MARK = r"(\[[^\[\]]{1,20}\])"
_NUMBER = r"([0-9]+)"
_TIMES = r"\s*\(?\s*[x×*]\s*"
_REPEATS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MARK}{_TIMES}{_NUMBER}\s*\)?\.?",
        rf"{_NUMBER}\s*[x×]\s*{_MARK}",
        rf"\[([a-z .]{{1,20}}?)\s*[x×]\s*{_NUMBER}\]",
    )
)


def rows(text: str) -> list[Row]:
    """Every line of a file, blank ones included; numbers start at 1."""
    whole = _PAGE_END.sub("\n\n", text.removeprefix("\ufeff"))
    return [_row(number, line) for number, line in enumerate(_LINE_END.split(whole), start=1)]


def bullet_body(bare: str) -> str | None:
    """What stands after a bullet, or None where the line has none."""
    bullet = _BULLET.match(bare)
    return bare[bullet.end() :].strip() if bullet else None


def repeated(body: str) -> tuple[str, int] | None:
    """`[no text] x 4` as ("[no text]", 4); None unless the whole line says so. Only empties repeat."""
    if len(body) > 60:
        return None
    for pattern in _REPEATS:
        if match := pattern.fullmatch(body):
            number, mark = sorted(match.groups(), key=lambda part: not part.isdigit())
            mark = mark if mark.startswith("[") else f"[{mark}]"
            return (mark, int(number)) if int(number) and is_empty_mark(mark) else None
    return None


def is_empty_mark(text: str) -> bool:
    """Whether the text is a bracketed "no text" or "illegible" and nothing else."""
    if not text.startswith("[") or len(text) > 40:
        return False
    return read_markup(text, imported=True) in ((NoText(),), (Illegible(),))


def says_nothing(verbatim: str) -> bool:
    """Whether a note's source only tells that nothing can be read, as the lines of many notes do."""
    bare = clean(verbatim).strip()
    body = bullet_body(bare)
    body = bare if body is None else body
    return bool(repeated(body)) or all(map(_is_silent, read_markup(body, imported=True)))


def _is_silent(piece: Piece) -> bool:
    if isinstance(piece, Words):
        return not piece.text.strip()
    return isinstance(piece, NoText | Illegible | Gap | LineBreak)


def _row(number: int, line: str) -> Row:
    bare = clean(line).strip()
    return Row(number, line, bare, _look(bare))


def _look(bare: str) -> Look:
    if not bare:
        return Look.BLANK
    if len(bare) <= 200 and _RULE.fullmatch(bare):
        return Look.RULE
    if bullet_body(bare) is not None:
        return Look.BULLET
    if repeated(bare) or is_empty_mark(bare):
        return Look.EMPTIES
    if counted_heading(bare):
        return Look.COUNTED
    return Look.CAPITALS if is_caption(bare) else Look.OTHER
