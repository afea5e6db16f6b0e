"""The inline markup of one note: typed text to pieces.

`read_markup` takes any string and never fails: what is not markup is words. One pass over the text with a
pattern that has no nested repetition, and at most three brackets open at once, so the work grows with the
length of the text and with nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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

type Nest = type[Struck] | type[Inserted] | type[Stressed]

# Possessive repeats (`*+`) never give characters back: each is read once, whatever follows.
_MARKS = r"""
    (?P<inserted>\[\s*+inserted\s*+:[ \t]*+)
  | (?P<bracketed>\[[^\[\]]*+\])
  | (?P<tildes>~{2,}+)
  | (?P<stars>\*++)
  | (?P<close>\])
"""
_IMPORT_MARKS = r"""
    (?P<doubled>\[\[(?!\s*+inserted\s*+:)[^\[\]]*+(?<=\?)\]\])
  | (?P<dots>(?:\.{3,}+|…)[.…]*+)
  | (?P<illeg>(?<![\w*])illeg\.(?!\w))
  |
"""
_NEW = re.compile(_MARKS, re.VERBOSE | re.IGNORECASE)
_IMPORTED = re.compile(_IMPORT_MARKS + _MARKS, re.VERBOSE | re.IGNORECASE)

_DOTS = re.compile(r"(?:\.{3,}|…)[.…]*+")
_EXTENT = re.compile(r"([1-9][0-9]{0,2}) (word|letter)s?")
MOST_MARKS = 100  # combining marks on one letter
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_NO_TEXT = {"no text"}
_NO_TEXT_ON_IMPORT = _NO_TEXT | {"blank", "no writing"}
_ILLEGIBLE = {"illegible"}
_ILLEGIBLE_ON_IMPORT = _ILLEGIBLE | {"illeg.", "illeg", "unclear"}


@dataclass(slots=True)
class _Open:
    """A bracket waiting for its end; `opener` is what it becomes if the end never comes."""

    kind: Nest | None
    opener: str = ""
    pieces: list[Piece] = field(default_factory=list)


def clean(text: str) -> str:
    """Text as it is stored: NFC, `\\n` for every line end, nothing invisible, nothing a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSTORABLE.sub("\ufffd", _INVISIBLE.sub("", text))
    return text if _is_heaped(text) else unicodedata.normalize("NFC", text)


def _is_heaped(text: str) -> bool:
    """Whether more combining marks stand on one letter than any language writes.

    Putting marks in their order takes time by the square of their number, so such a heap stays as typed.
    """
    marks = 0
    for letter in "" if text.isascii() else text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            return True
    return False


def read_markup(text: str, *, imported: bool) -> tuple[Piece, ...]:
    """The pieces of one note's text; `imported` also understands the older forms. Never raises."""
    text = clean(text)
    stack, done = [_Open(None)], 0
    for match in (_IMPORTED if imported else _NEW).finditer(text):
        _say(stack, text[done : match.start()])
        _take(stack, match, imported)
        done = match.end()
    _say(stack, text[done:])
    _abandon(stack, 1)
    return _settled(stack[0].pieces)


def _take(stack: list[_Open], match: re.Match[str], imported: bool) -> None:
    token = match.group()
    match match.lastgroup:
        case "inserted":
            _open(stack, Inserted, token)
        case "bracketed":
            _take_bracketed(stack, token, imported)
        case "doubled":
            _take_doubled(stack, token)
        case "tildes":
            _toggle_struck(stack, token)
        case "stars":
            _toggle_stressed(stack, match)
        case "close":
            _close(stack, Inserted, token)
        case _:
            stack[-1].pieces.append(Gap(certain=False) if token[0] in ".…" else Illegible())


def _take_bracketed(stack: list[_Open], token: str, imported: bool) -> None:
    piece = _bracketed(" ".join(token.strip("[]").split()), imported)
    if piece is None:
        _say(stack, token)
    else:
        stack[-1].pieces.append(piece)


def _take_doubled(stack: list[_Open], token: str) -> None:
    """`[[word?]]` is a guess; around anything else the outer brackets are brackets of their own."""
    piece = _bracketed(" ".join(token.strip("[]").split()), imported=True)
    if piece:
        stack[-1].pieces.append(piece)
    else:
        _say(stack, token[0])
        _say(stack, token[1:-1])
        _close(stack, Inserted, token[-1])


def _bracketed(phrase: str, imported: bool) -> Piece | None:
    """What `[phrase]` means, or None where it is words on the paper."""
    folded = phrase.casefold()
    if folded in (_NO_TEXT_ON_IMPORT if imported else _NO_TEXT):
        return NoText()
    if folded in (_ILLEGIBLE_ON_IMPORT if imported else _ILLEGIBLE):
        return Illegible()
    if imported and not folded:
        return Gap()
    return _gap(folded) or _labelled(phrase, imported) or _guess(phrase)


def _gap(folded: str) -> Gap | None:
    known = folded.rstrip("? ")
    certain = not folded.endswith("?")
    if _DOTS.fullmatch(known):
        return Gap(certain=certain)
    if extent := _EXTENT.fullmatch(known):
        unit = "word" if extent[2] == "word" else "letter"
        return Gap(int(extent[1]), unit, certain)
    return None


def _labelled(phrase: str, imported: bool) -> Piece | None:
    label, colon, rest = phrase.partition(":")
    kinds = {"drawing": Sign, "note": Remark, "removed": Removed}
    if imported:
        kinds["symbol"] = Sign
    kind = kinds.get(label.strip().casefold())
    return kind(rest.strip()) if kind and colon and rest.strip() else None


def _guess(phrase: str) -> Guess | None:
    if not phrase.endswith("?"):
        return None
    candidates = tuple(candidate.strip().rstrip("? ") for candidate in phrase.split("/"))
    # A question mark alone guesses at nothing, so `[?]` stays what was typed.
    readable = all(candidates) and any(map(str.isalnum, phrase))
    return Guess(candidates) if readable else None


def _toggle_struck(stack: list[_Open], token: str) -> None:
    if token != "~~":
        _say(stack, token)
    elif any(frame.kind is Struck for frame in stack):
        _close(stack, Struck, token)
    else:
        _open(stack, Struck, token)


def _toggle_stressed(stack: list[_Open], match: re.Match[str]) -> None:
    """A star next to a word on its inner side only; `2 * 3`, `2*3` and `**` stay as typed."""
    token, text = match.group(), match.string
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    single = token == "*"
    is_open = any(frame.kind is Stressed for frame in stack)
    if single and is_open and before.strip() and not after.isalnum():
        _close(stack, Stressed, token)
    elif single and after.strip() and not before.isalnum():
        _open(stack, Stressed, token)
    else:
        _say(stack, token)


def _open(stack: list[_Open], kind: Nest, opener: str) -> None:
    """Start a bracket. No kind stands inside itself: an earlier one left open becomes words."""
    for depth, frame in enumerate(stack):
        if frame.kind is kind:
            _abandon(stack, depth)
            break
    stack.append(_Open(kind, opener))


def _close(stack: list[_Open], kind: Nest, token: str) -> None:
    depth = next((at for at, frame in enumerate(stack) if frame.kind is kind), None)
    if depth is None:
        _say(stack, token)
        return
    _abandon(stack, depth + 1)
    inside = tuple(_merged(map(_as_gap, stack.pop().pieces)))
    stack[-1].pieces.append(kind(inside))


def _abandon(stack: list[_Open], depth: int) -> None:
    """Turn the brackets from `depth` upwards into words: their end never came."""
    while len(stack) > depth:
        frame = stack.pop()
        _say(stack, frame.opener)
        stack[-1].pieces.extend(frame.pieces)


def _say(stack: list[_Open], text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            stack[-1].pieces.append(LineBreak())
        if line:
            stack[-1].pieces.append(Words(line))


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, Words):
            run.append(piece.text)
            continue
        if run:
            yield Words("".join(run))
            run = []
        yield piece
    if run:
        yield Words("".join(run))


def _settled(pieces: list[Piece]) -> tuple[Piece, ...]:
    """`[illegible]` speaks for the whole note only when nothing else is written on it."""
    others = [piece for piece in pieces if not _is_beside_the_text(piece)]
    if len(others) > 1:
        return tuple(_merged(map(_as_gap, pieces)))
    return tuple(_merged(pieces))


def _is_beside_the_text(piece: Piece) -> bool:
    if isinstance(piece, Words):
        return not piece.text.strip()
    return isinstance(piece, LineBreak | Remark)


def _as_gap(piece: Piece) -> Piece:
    return Gap() if isinstance(piece, Illegible) else piece
