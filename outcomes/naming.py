"""Which principles a note names on purpose: "links to Iterative", "same as Power", "see Trust".

Only words that say that two things belong together count, with the name right behind them; a name
that merely occurs in a sentence does not, nor one that somebody says does not belong. Pure.
"""

import re
from collections.abc import Iterable

from responses.transcription import Guess, Inserted, LineBreak, Piece, Stressed, Words, read_markup

# With these a note names a principle. The list also narrows the search in the database.
CUES = (
    r"(?:link(?:s|ed|ing)?|connect(?:s|ed|ions?)?|relate(?:s|d)?|belongs?|overlaps?)"
    r"\s+(?:in\s+|up\s+|back\s+)?(?:to|with)|go(?:es)?\s+(?:well\s+)?with|same\s+as|see\s+also|cf\.?"
)
SKIPPED = r"[\s:“”\"'‘’]*(?:the\s+)?(?:principles?\s+(?:of\s+)?)?[“\"'‘]?"
JOINED = r"[\s”\"'’]*(?:,\s*(?:and\s+)?|and\s|or\s|[&+/])"
ENDS = r"(?![\w-])"
# A line that begins with "see" and says nothing behind the name; "we see power used" names nothing.
SEE = r"(?:^|[.;:(\n])[^\S\n]*see\b"
SAID_NO_MORE = r"(?=[\s”\"'’]*(?:[.,;:)?\n]|$))"
DENIED = re.compile(r"\b(?:not|never|no|nothing|hardly)\b|n[’']t\b", re.IGNORECASE)
A_SENTENCE = re.compile(r"[.;!?\n]")
LOOKED_BACK = 24  # characters before a cue in which a "not" takes it back


def name_key(name: str) -> str:
    """The name as it is compared: "Positive-sum" is "positive sum"; remarks in brackets are left out."""
    return re.sub(r"[\s‐‑–-]+", " ", re.sub(r"\(.*?\)", "", name)).strip().casefold()


def names_in(text: str, names: Iterable[str]) -> set[str]:
    """The keys of those `names` that the words of a note name on purpose."""
    keys = sorted({key for name in names if (key := name_key(name))}, key=len, reverse=True)
    if not keys:
        return set()
    one = "|".join(_pattern(key) for key in keys)
    some = rf"(?P<names>(?:{one}){ENDS}(?:{JOINED}{SKIPPED}(?:{one}){ENDS})*)"
    found = [
        *re.finditer(rf"\b(?:{CUES}){ENDS}{SKIPPED}{some}", text, re.IGNORECASE),
        *re.finditer(rf"{SEE}{SKIPPED}{some}{SAID_NO_MORE}", text, re.IGNORECASE),
    ]
    said = [match["names"] for match in found if not _is_denied(text[: match.start()])]
    return {
        name_key(each) for names in said for each in re.findall(rf"(?:{one}){ENDS}", names, re.IGNORECASE)
    }


def written_on_paper(markup: str) -> str:
    """What stands on the paper: without what was struck out, and without what readers remark."""
    return _words(read_markup(markup, imported=False))


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(map(_word, pieces))


def _word(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case Guess(candidates):
            return candidates[0]
        case Inserted(pieces) | Stressed(pieces):
            return _words(pieces)
        case LineBreak():
            return "\n"
    return " "


def _pattern(key: str) -> str:
    return r"[\s‐‑–-]+".join(map(re.escape, key.split()))


def _is_denied(before: str) -> bool:
    return DENIED.search(A_SENTENCE.split(before)[-1][-LOOKED_BACK:]) is not None
