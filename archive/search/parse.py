"""What was typed into the box, as terms. Pure: text in, values out.

All terms have to be there. `"a phrase"` keeps words together, `-word` leaves out what has it, `begin*`
stands for every word that begins so and `*part*` for a part of any word; signs are parts as well.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from people.refusals import Refused

MOST_CHARACTERS = 200
MOST_TERMS = 12
# Quotation marks and minus signs of word processors, as keyboards have them.
PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-"})
PIECE = re.compile(r'-*"[^"]*"?|[^\s"]+')
TOO_LONG = format_lazy(
    gettext_lazy("Search for at most {most} characters at once. Leave some words out."), most=MOST_CHARACTERS
)
TOO_MANY = format_lazy(
    gettext_lazy("Search for at most {most} words at once. Leave some out."), most=MOST_TERMS
)
UNREADABLE = gettext_lazy("The search holds a character that cannot be written. Type it again.")
NOTHING = gettext_lazy("There is no word to look for. Type a word; “-word” leaves out what has the word.")


class Kind(StrEnum):
    """How a term is looked for."""

    WORDS = "words"
    PHRASE = "phrase"
    PREFIX = "prefix"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for, or to leave out."""

    kind: Kind
    text: str
    is_left_out: bool = False


def tidy(typed: str) -> str:
    """What was typed, in one line and one normal form; refuses what is too long or cannot be kept."""
    if "\0" in typed:
        raise Refused(UNREADABLE)
    words = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(words) > MOST_CHARACTERS:
        raise Refused(TOO_LONG)
    return words


def parse(words: str) -> tuple[Term, ...]:
    """The terms of `words`, in order; refuses too many, and what holds no term at all."""
    typed = tidy(words)
    pieces = [_term(piece) for piece in PIECE.findall(typed.translate(PLAIN))]
    terms = tuple(term for term in pieces if term)
    if len(terms) > MOST_TERMS:
        raise Refused(TOO_MANY)
    if typed and not terms:
        raise Refused(NOTHING)
    return terms


def _term(piece: str) -> Term | None:
    """None where nothing is left but minus signs, stars or an empty pair of quotation marks."""
    bare = piece.lstrip("-")
    left_out = len(bare) < len(piece)
    kind, text = _kind(bare)
    return Term(kind, text, left_out) if text else None


def _kind(bare: str) -> tuple[Kind, str]:
    text = bare.strip('"').strip()
    if not has_words(text):
        return Kind.PART, text.strip("*")
    if bare.startswith('"'):
        return Kind.PHRASE, text
    if len(text) > 1 and text.startswith("*") and text.endswith("*"):
        return Kind.PART, text.strip("*")
    if text.endswith("*"):
        return Kind.PREFIX, text.strip("*")
    return Kind.WORDS, text.strip("*")


def has_words(text: str) -> bool:
    """Whether it has a letter or a digit, without which it is in no index of words."""
    return any(character.isalnum() for character in text)
