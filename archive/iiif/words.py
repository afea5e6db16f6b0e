"""What a note says, as bodies of an annotation: its words first, then what else is known of it."""

from collections.abc import Iterable, Iterator
from html import escape

from django.conf import settings
from django.urls import reverse

from responses.models import Mark, TextState
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
)

type Json = dict[str, object]

# In the place of words, where there are none to show.
NO_WORDS = {
    TextState.NO_TEXT: "[no text]",
    TextState.ILLEGIBLE: "[illegible]",
    TextState.DRAWING: "[drawing]",
    TextState.WAITING: "[not read yet]",
}
# What stands in the words for what is none; a sign or a remark is said beside them.
SIGNS: dict[type, str] = {
    LineBreak: "\n",
    Gap: "…",
    Removed: "▇",
    Illegible: NO_WORDS[TextState.ILLEGIBLE],
    NoText: NO_WORDS[TextState.NO_TEXT],
    Sign: "",
    Remark: "",
}
WITHHELD = "[Whoever wrote this did not let its words go into files.]"


def bodies_of(pieces: Iterable[Piece], state: str, mark: str) -> list[Json]:
    """The bodies of one reading; `state` and `mark` are those of the note, or of the reading."""
    pieces = tuple(pieces)
    words = plain(pieces).strip() or NO_WORDS.get(state, "…")
    beside = [body(text, purpose=purpose) for purpose, text in _beside(pieces)]
    return [body(words), *beside, *classes(state, mark)]


def classes(state: str, mark: str) -> list[Json]:
    """What the words are, and what they do, as exports have it: each with the address of its meaning."""
    chosen = (("text_state", TextState(state)), ("mark", Mark(mark)))
    archive = settings.SITE_URL + reverse("archive")
    return [
        {"id": f"{archive}#{column}-{value}"} | body(str(value.label), purpose="classifying")
        for column, value in chosen
    ]


def body(text: str, **facts: str) -> Json:
    """A body that says `text`: as plain text, unless a viewer could take that for a page.

    Mirador shows every value as HTML whatever its format: a note “x<y” would lose its end, and one
    that looks like a picture would have it fetched.
    """
    if "<" in text or "&" in text:
        return {"type": "TextualBody", "value": escape(text), "format": "text/html"} | facts
    return {"type": "TextualBody", "value": text, "format": "text/plain"} | facts


def plain(pieces: Iterable[Piece]) -> str:
    """The words as one reads them aloud: gaps as …, the preferred guess, and no remark of a reader."""
    return "".join(map(_plain, pieces))


def _plain(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case Guess(candidates):
            return candidates[0]
        case Struck(inside):
            return f"[struck out: {plain(inside)}]"
        case Inserted(inside) | Stressed(inside):
            return plain(inside)
        case _:
            return SIGNS[type(piece)]


def _beside(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """What cannot be read aloud, each with its purpose."""
    for piece in pieces:
        match piece:
            case Sign(description):
                yield "describing", f"Drawn: {description}."
            case Remark(text):
                yield "commenting", f"Reader’s remark: {text}"
            case Removed(what):
                yield "commenting", f"Removed by the organisers: {what}."
            case Guess(candidates):
                yield "commenting", _guess_in_words(*candidates)
            case Gap(certain=False):
                yield "commenting", "It is not certain that words are missing at …"
            case Struck(inside) | Inserted(inside) | Stressed(inside):
                yield from _beside(inside)


def _guess_in_words(best: str, *others: str) -> str:
    if not others:
        return f"“{best}” is a best guess."
    return f"“{best}” is a best guess; it may be {' or '.join(f'“{other}”' for other in others)}."
