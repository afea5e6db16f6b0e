"""What a note's pieces look like: safe HTML, plain text, and the state of the text in one word.

Every state can be understood from words alone; colour, strokes and slant only repeat it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from .pieces import (
    Gap,
    Guess,
    Illegible,
    Inserted,
    LineBreak,
    NoText,
    Piece,
    Remark,
    Removed,
    Sign,
    Stressed,
    Struck,
    Words,
)

TEXT_STATES = ("read", "partly", "illegible", "no_text", "drawing", "waiting")

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NESTS = (Struck, Inserted, Stressed)


def gap_in_words(gap: Gap, *, at_end: bool = False) -> str:
    """A gap as a reader is told of it: "two words unread". `at_end`: no text follows it."""
    doubt = "" if gap.certain else "perhaps "
    if gap.extent is not None:
        number = _NUMBERS[gap.extent] if gap.extent < len(_NUMBERS) else str(gap.extent)
        plural = "" if gap.extent == 1 else "s"
        return f"{doubt}{number} {gap.unit}{plural} unread"
    if at_end:
        return f"{doubt}the rest unread" if doubt else "rest unread"
    return f"{doubt}some words unread"


def text_state_of(pieces: Iterable[Piece]) -> str:
    """One of `TEXT_STATES` except "waiting": what became of the writing on the note.

    A best guess counts as read: doubtful, but no gap. Signs without a word make a drawing.
    """
    every = tuple(_flat(pieces))
    text = "".join(piece.text for piece in every if isinstance(piece, Words))
    said = any(map(str.isalnum, text)) or _has(every, Guess, Removed)
    drawn = any(map(_is_sign, text)) or _has(every, Sign)
    if _has(every, Gap, Illegible):
        return "partly" if said or drawn else "illegible"
    if said:
        return "read"
    if drawn:
        return "drawing"
    return "read" if text.strip() and not _has(every, NoText) else "no_text"


def to_html(pieces: Iterable[Piece]) -> str:
    """Escaped HTML for inside a paragraph; safe to mark as such."""
    return _html_of(pieces, is_whole=True)


def to_plain(pieces: Iterable[Piece]) -> str:
    """Text for exports and search: what was read, with everything else said in square brackets."""
    return _plain_of(pieces, is_whole=True)


def _html_of(pieces: Iterable[Piece], *, is_whole: bool) -> str:
    return "".join(_html(piece, at_end) for piece, at_end in _with_ends(pieces, is_whole))


def _plain_of(pieces: Iterable[Piece], *, is_whole: bool) -> str:
    return "".join(_plain(piece, at_end) for piece, at_end in _with_ends(pieces, is_whole))


def _with_ends(pieces: Iterable[Piece], is_whole: bool) -> Iterator[tuple[Piece, bool]]:
    """Each piece, and whether it ends the note; a part inside a strike-through may have more after it."""
    pieces = tuple(pieces)
    last = max((at for at, piece in enumerate(pieces) if not _is_blank(piece)), default=-1)
    return ((piece, is_whole and at == last > 0) for at, piece in enumerate(pieces))


def _is_blank(piece: Piece) -> bool:
    if isinstance(piece, Words):
        return not any(map(str.isalnum, piece.text))
    return isinstance(piece, LineBreak | Remark)


def _flat(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, _NESTS):
            yield from _flat(piece.pieces)
        else:
            yield piece


def _has(pieces: Iterable[Piece], *kinds: type) -> bool:
    return any(isinstance(piece, kinds) for piece in pieces)


def _is_sign(character: str) -> bool:
    """Arrows, hearts, pounds: drawn rather than spelt. Marks on every keyboard are punctuation."""
    if character in "£$":
        return True
    return character > "\x7f" and character != "\ufffd" and unicodedata.category(character)[0] == "S"


def _html(piece: Piece, at_end: bool) -> str:
    match piece:
        case Words(text):
            return escape(text)
        case LineBreak():
            return "<br>"
        case Struck(inside):
            return f"<s>{_spoken('[struck out: ', inside, at_end)}</s>"
        case Inserted(inside):
            return f"<ins>{_spoken('[added: ', inside, at_end)}</ins>"
        case Stressed(inside):
            return f"<em>{_html_of(inside, is_whole=at_end)}</em>"
        case Gap():
            return f'<span class="gap">{gap_in_words(piece, at_end=at_end)}</span>'
        case _:
            return f'<span class="{_CLASSES[type(piece)]}">{escape(_in_words(piece))}</span>'


def _spoken(label: str, inside: Iterable[Piece], at_end: bool) -> str:
    """Screen readers pass over strokes without a word, so the words stand there unseen (class "vh")."""
    inner = _html_of(inside, is_whole=at_end)
    return f'<span class="vh">{label}</span>{inner}<span class="vh">]</span>'


def _plain(piece: Piece, at_end: bool) -> str:
    match piece:
        case Words(text):
            return text
        case LineBreak():
            return "\n"
        case Struck(inside):
            return f"[struck out: {_plain_of(inside, is_whole=at_end)}]"
        case Inserted(inside):
            return f"[added: {_plain_of(inside, is_whole=at_end)}]"
        case Stressed(inside):
            return _plain_of(inside, is_whole=at_end)
        case Gap():
            return f"[{gap_in_words(piece, at_end=at_end)}]"
        case Guess():
            return _in_words(piece)
        case _:
            return f"[{_in_words(piece)}]"


_CLASSES: dict[type, str] = {
    Guess: "guess",
    Sign: "sign",
    Remark: "remark",
    Removed: "removed",
    NoText: "notext",
    Illegible: "gap",
}


def _in_words(piece: Guess | Sign | Remark | Removed | NoText | Illegible) -> str:
    match piece:
        case Guess(candidates):
            return _guess_in_words(candidates)
        case Sign(description):
            return f"drawing: {description}"
        case Remark(text):
            return f"reader’s remark: {text}"
        case Removed(what):
            return f"{what}: removed by the organisers"
        case NoText():
            return "no text"
        case Illegible():
            return "illegible"


def _guess_in_words(candidates: Sequence[str]) -> str:
    best, *others = candidates
    alternatives = "".join(f", or {other}" for other in others)
    return f"{best} (best guess{alternatives})"
