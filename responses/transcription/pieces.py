"""The pieces a note's text is made of, and their canonical typed form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """Text as written on the paper, without line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The writer began a new line."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Writing that could not be read. `certain` is False where it is not known that anything is missing."""

    extent: int | None = None
    unit: Literal["word", "letter"] | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Guess:
    """A reader's best guess, the preferred one first."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """Words struck out on the paper, still readable."""

    pieces: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words the writer added above or beside the line."""

    pieces: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Stressed:
    """Words underlined, capitalised or otherwise stressed by the writer."""

    pieces: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign or drawing, described in words."""

    description: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader says about the note; not on the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What kind of thing the organisers took out."""

    what: str


@dataclass(frozen=True, slots=True)
class NoText:
    """The note carries no writing."""


@dataclass(frozen=True, slots=True)
class Illegible:
    """The note carries writing, none of which could be read."""


type Piece = (
    Words
    | LineBreak
    | Gap
    | Guess
    | Struck
    | Inserted
    | Stressed
    | Sign
    | Remark
    | Removed
    | NoText
    | Illegible
)


def to_markup(pieces: Iterable[Piece]) -> str:
    """The canonical typed form; `read_markup(…, imported=False)` gives the same pieces back."""
    return "".join(map(_typed, pieces))


def _typed(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case LineBreak():
            return "\n"
        case Gap():
            return _typed_gap(piece)
        case Guess(candidates):
            return f"[{'/'.join(candidates)}?]"
        case Struck(pieces):
            return f"~~{to_markup(pieces)}~~"
        case Inserted(pieces):
            return f"[inserted: {to_markup(pieces)}]"
        case Stressed(pieces):
            return f"*{to_markup(pieces)}*"
        case _:
            return _typed_label(piece)


def _typed_gap(gap: Gap) -> str:
    doubt = "" if gap.certain else "?"
    if gap.extent is None:
        return f"[...{doubt}]"
    plural = "" if gap.extent == 1 else "s"
    return f"[{gap.extent} {gap.unit}{plural}{doubt}]"


def _typed_label(piece: Sign | Remark | Removed | NoText | Illegible) -> str:
    match piece:
        case Sign(description):
            return f"[drawing: {description}]"
        case Remark(text):
            return f"[note: {text}]"
        case Removed(what):
            return f"[removed: {what}]"
        case NoText():
            return "[no text]"
        case Illegible():
            return "[illegible]"
