"""What a reader says about a note: whether state and words agree, and both told in words.

Pure: text in, sentences out; no database and no request.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from people.refusals import Refused
from responses.models import TextState
from responses.transcription import (
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
    read_markup,
    text_state_of,
)
from responses.words import MOST, MOST_TYPED, tidy_words

NESTS = (Struck, Inserted, Stressed)
BRACKETED = re.compile(r"\[[^\[\]]*\]|[\[\]]")
NEAR = 24  # characters of the words before a gap by which it is found again

ALL, SOME, NONE = gettext_lazy("“Yes, all of them”"), gettext_lazy("“Some of them”"), gettext_lazy("“No”")
NO_WORDS, DRAWN = gettext_lazy("“There are no words”"), gettext_lazy("“It is a drawing or a sign”")


def markup_that_fits(typed: str) -> str:
    """The typed markup, tidied; refuses more than one note holds."""
    length = len(typed) if len(typed) > MOST_TYPED else len(tidied := tidy_words(typed))
    if length > MOST:
        raise Refused(
            _("That is %(length)s characters. A note holds %(most)s: is it more than one note?")
            % {"length": length, "most": MOST}
        )
    return tidied


def text_of(state: str, markup: str) -> str:
    """What is kept of a note that was read as `state`; refuses words that say something else.

    A note without words keeps none, as its mark says everything; one of which nothing can be
    read keeps how much that is, where the reader said it.
    """
    text = markup_that_fits(markup)
    pieces = read_markup(text, imported=False)
    refusal = _refusal(state, text, pieces)
    if refusal:
        raise Refused(refusal)
    if state == TextState.NO_TEXT:
        return ""
    return text or "[illegible]"


def _refusal(state: str, text: str, pieces: Sequence[Piece]) -> str:
    """Why the words do not say what the state says; empty where they do."""
    match state:
        case TextState.READ:
            return _not_all(text, pieces)
        case TextState.PARTLY:
            return _not_some(text, pieces)
        case TextState.ILLEGIBLE:
            return _not_illegible(text, pieces)
        case TextState.NO_TEXT:
            return _not_empty(text, pieces)
        case TextState.DRAWING:
            return _not_drawn(text, pieces)
    return _("Say first whether the words can be read.")


def _not_all(text: str, pieces: Sequence[Piece]) -> str:
    if not text:
        return _("Type what the note says. Where nothing is written on it, choose %(no_words)s.") % {
            "no_words": NO_WORDS
        }
    if place := place_of_gap(pieces):
        return _(
            "You said all of it can be read, but there is a gap %(place)s. Type the words, or choose "
            "%(some)s."
        ) % {"place": place, "some": SOME}
    if text_state_of(pieces) == TextState.DRAWING:
        return _("There are signs here but no words. Choose %(drawn)s.") % {"drawn": DRAWN}
    return _nothing_there(pieces)


def _not_some(text: str, pieces: Sequence[Piece]) -> str:
    if not text:
        return _("Type what you can read, with [...] where words are missing.")
    if not place_of_gap(pieces):
        return _(
            "You said some of it cannot be read, but no gap is marked. Put [...] where words are "
            "missing, or choose %(all)s."
        ) % {"all": ALL}
    if text_state_of(pieces) == TextState.ILLEGIBLE:
        return _("There is nothing here but gaps. Type the words you can read, or choose %(none)s.") % {
            "none": NONE
        }
    return _nothing_there(pieces)


def _not_illegible(text: str, pieces: Sequence[Piece]) -> str:
    if text and text_state_of(pieces) != TextState.ILLEGIBLE:
        return _(
            "You said nothing can be read, but there are words here. Choose %(some)s, or take them out."
        ) % {"some": SOME}
    return ""


def _not_empty(text: str, pieces: Sequence[Piece]) -> str:
    if text and not all(isinstance(piece, NoText) for piece in pieces):
        return _(
            "You said there are no words, but something is typed. Choose what fits it, or take it out; "
            "what others should know goes under “For other readers”."
        )
    return ""


def _not_drawn(text: str, pieces: Sequence[Piece]) -> str:
    if not text:
        return _("Say what is drawn, like this: [drawing: upward arrow].")
    if text_state_of(pieces) != TextState.DRAWING:
        return _(
            "You said it is a drawing or a sign. Put what is drawn in brackets, like [drawing: "
            "upward arrow]; where there are words too, choose %(all)s or %(some)s."
        ) % {"all": ALL, "some": SOME}
    return _nothing_there(pieces)


def _nothing_there(pieces: Sequence[Piece]) -> str:
    if any(isinstance(piece, NoText) for piece in flat(pieces)):
        return _(
            "[no text] stands for a note on which nothing is written. Take it out, or choose %(no_words)s."
        ) % {"no_words": NO_WORDS}
    if text_state_of(pieces) == TextState.NO_TEXT:
        return _("There are no words of the note here. Type them, or choose %(no_words)s.") % {
            "no_words": NO_WORDS
        }
    return ""


def place_of_gap(pieces: Iterable[Piece]) -> str:
    """Where the first gap is, such as “after “these””; empty where there is none."""
    before = ""
    for piece in flat(pieces):
        if isinstance(piece, Gap | Illegible):
            near = " ".join(before[-NEAR:].split()[-3:])
            return _("after “%(near)s”") % {"near": near} if near else _("at the beginning")
        if isinstance(piece, Words):
            before += piece.text
        elif isinstance(piece, Guess):
            before += piece.candidates[0]
        elif isinstance(piece, LineBreak):
            before += " "
    return ""


def removes(markup: str) -> bool:
    """Whether something is said to have been taken out, which only those who run the event do."""
    return any(isinstance(piece, Removed) for piece in flat(read_markup(markup, imported=False)))


def brackets_in(markup: str) -> list[str]:
    """Brackets that mean nothing here, and so count as standing on the note itself."""
    pieces = flat(read_markup(markup, imported=False))
    return [
        match[0] for piece in pieces if isinstance(piece, Words) for match in BRACKETED.finditer(piece.text)
    ]


def flat(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with those inside a strike-through, an insertion or a stress in their place."""
    for piece in pieces:
        if isinstance(piece, NESTS):
            yield from flat(piece.pieces)
        else:
            yield piece


def in_words(markup: str) -> str:
    """What is doubtful about it as a reader is told: “2 words missing, 1 guess”."""
    if not markup.strip():
        return _("Nothing is typed yet.")
    pieces = list(flat(read_markup(markup, imported=False)))
    if all(isinstance(piece, NoText | LineBreak) for piece in pieces):
        return _("No words on the note.")
    if any(isinstance(piece, Illegible) for piece in pieces):
        return _("Nothing can be read.")
    said = [_SO_MANY[what] % {"number": number} for what, number in _doubts(pieces).items() if number]
    return f"{', '.join(said)}." if said else _("No gaps and no guesses.")


def _doubts(pieces: Sequence[Piece]) -> Counter[str]:
    """How much of each kind of doubt there is, in the order in which it is told."""
    doubts: Counter[str] = Counter()
    for piece in pieces:
        if isinstance(piece, Gap):
            doubts[piece.unit or "gap"] += piece.extent or 1
        elif type(piece) in _TOLD:
            doubts[_TOLD[type(piece)]] += 1
    return Counter({what: doubts[what] for what in _SO_MANY if doubts[what]})


_TOLD = {Guess: "guess", Sign: "sign", Remark: "remark", Removed: "removed"}
# In the order in which it is told.
_SO_MANY = {
    "word": ngettext_lazy("%(number)s word missing", "%(number)s words missing", "number"),
    "letter": ngettext_lazy("%(number)s letter missing", "%(number)s letters missing", "number"),
    "gap": ngettext_lazy("%(number)s gap of unknown length", "%(number)s gaps of unknown length", "number"),
    "guess": ngettext_lazy("%(number)s guess", "%(number)s guesses", "number"),
    "sign": ngettext_lazy("%(number)s drawing or sign", "%(number)s drawings or signs", "number"),
    "remark": ngettext_lazy("%(number)s remark of yours", "%(number)s remarks of yours", "number"),
    "removed": ngettext_lazy("%(number)s thing removed", "%(number)s things removed", "number"),
}
