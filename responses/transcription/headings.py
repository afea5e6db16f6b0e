"""What a heading looks like, and when two headings are the same name."""

import re
import unicodedata
from collections.abc import Iterable

_COUNTED = re.compile(
    r"(?P<name>\S.*?)\s*\(\s*(?P<stated>[0-9]{1,3})\s*"
    r"(?:sticky notes?|notes?|responses?|post-its?)?\s*\)\s*[:.]?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\(\s*[0-9]{1,3}[^()]{0,20}\)\s*[:.]?$")
_LIST_NUMBER = re.compile(r"^[0-9]{1,2}[.)]\s+")
_ASIDE = re.compile(r"\([^()]*\)")
_CONTINUED = re.compile(r"\W+cont(?:inued|'d|’d|d)?\W*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[|/&+]")
_LISTED = re.compile(r"\||\s/\s")
_MISSING = re.compile(r"\b(?:what|anything|something|who)\b.{0,30}\b(?:missing|missed)\W*$", re.IGNORECASE)
_SENTENCE_MARKS = re.compile(r"[\[\]…@#:;!?]|\.\.|\.$|,$|://|n[’']t\b|[’'](?:re|ve|ll|m|d)\b|[’']s an?\b")
_CLOSING_TITLE = re.compile(
    r"(?:the )?next steps?|what(?:’s| happens|'s)? (?:now|next)|where next|(?:with )?thank(?:s| you)(?: to)?"
    r"|acknowledge?ments?|(?:find out|read) more|(?:more|further) information|further reading|get in touch"
    r"|contact(?: us)?|credits",
    re.IGNORECASE,
)

# Words that make a sentence rather than the name of a principle.
_SENTENCE = """
    i im i'm we our us you your it its it's they their them this that these those he she
    is are was were be been am do does did can cannot could should would must need needs want wants
    will has have had how why when where who everyone everyone's someone nobody everybody
"""
_REACTION = "yes no agree agreed disagree true ok okay same exactly ditto absolutely maybe sure thanks"
_SMALL = "a an and the of for to in on with by from at or as not"
_JOINING_WORDS = frozenset(("and", "with", "of", "for"))
_SENTENCE_WORDS = frozenset(_SENTENCE.split())
_REACTIONS = frozenset(_REACTION.split())
_SMALL_WORDS = frozenset(_SMALL.split())

# A heading is a name; what is longer is a sentence, and need not be looked at twice.
LONGEST_HEADING = 120


def heading_key(text: str) -> str:
    """A heading for comparing: no case, no punctuation, no plural s, no count."""
    plain = unicodedata.normalize("NFKC", _COUNT.sub("", _LIST_NUMBER.sub("", text.strip()))).casefold()
    plain = re.sub(r"[’'`´]", "", plain)
    spaced = "".join(letter if letter.isalnum() or unicodedata.combining(letter) else " " for letter in plain)
    return " ".join(map(_singular, spaced.split()))


def heading_names(text: str) -> tuple[str, ...]:
    """The names in a heading, as written: `Diversity | Strengths (7)` holds two. Asides are left out."""
    bare = _ASIDE.sub(" ", text)
    names = (" ".join(part.split()) for part in _SEPARATORS.split(bare))
    return tuple(name for name in names if heading_key(name)) or (text.strip(),)


def similar_heading(one: str, other: str) -> bool:
    """Whether two headings are the same name but for case, punctuation, plural s and stated count."""
    return heading_key(one) == heading_key(other) != ""


def heading_keys(headings: Iterable[str]) -> frozenset[str]:
    """The keys of headings and of each name within them."""
    every = (key for text in headings for key in map(heading_key, (text, *heading_names(text))))
    return frozenset(filter(None, every))


def same_place(text: str) -> str:
    """The key under which a station is found again when its heading is repeated "(continued)"."""
    return heading_key(_CONTINUED.sub("", _COUNT.sub("", text.strip())))


def counted_heading(text: str) -> tuple[str, int] | None:
    """`Power (15)` as ("Power", 15); None for everything else, a bracketed year included."""
    if len(text) > LONGEST_HEADING or not (match := _COUNTED.fullmatch(text)):
        return None
    name = match["name"].rstrip(" \t\xa0-–—:")
    is_name = name[:1].isalnum() or name[:1] in "'\"‘“("
    if not is_name or name[-1] in ".,;!…" or len(name.split()) > 10 or not heading_key(name):
        return None
    return name, int(match["stated"])


def says_what_is_missing(text: str) -> bool:
    """Whether the heading asks what the principles leave out."""
    if len(text) > LONGEST_HEADING:
        return False
    return bool(_MISSING.search(text)) and len(text.split()) <= 8


def is_caption(text: str) -> bool:
    """Capitals but for joining words and asides, as photographs are captioned: `POSITIVE-SUM and POWER`."""
    if len(text) > LONGEST_HEADING or not (text[0].isalnum() or text[0] in "'\"‘“("):
        return False
    words = _ASIDE.sub(" ", text).split()
    named = "".join(word for word in words if word not in _JOINING_WORDS)
    is_upper = sum(map(str.isupper, named)) > 1 and not any(map(str.islower, named))
    return is_upper and len(words) <= 10 and text[-1] not in ".;,…!"


def lists_names(text: str) -> bool:
    """`Diversity | Strengths`: several capitalised names side by side, which only a heading has."""
    if len(text) > LONGEST_HEADING or not _LISTED.search(text) or not looks_like_a_heading(text):
        return False
    names = [name.strip() for name in _LISTED.split(text)]
    return len(names) > 1 and all(name[:1].isupper() for name in names)


def looks_like_a_heading(text: str) -> bool:
    """A capitalised name of at most six words that reads like no sentence."""
    name = text.rstrip(" :") if len(text) <= LONGEST_HEADING else ""
    words = re.sub(r"[|/&]", " ", name).split()
    if not words or len(words) > 6 or not name[0].isupper() or _SENTENCE_MARKS.search(name):
        return False
    spoken = {word.strip("'\"‘’“”,()").casefold().replace("’", "'") for word in words}
    return not spoken & _SENTENCE_WORDS and not (len(words) < 3 and spoken & _REACTIONS)


def is_titled(text: str) -> bool:
    """One word, or capitals on every word but the small ones, as titles are written."""
    words = re.findall(r"\w[\w’'-]*", text)
    return len(words) == 1 or all(word[0].isupper() or word in _SMALL_WORDS for word in words)


def is_closing_title(text: str) -> bool:
    """`Next steps`, `Thank you`: what follows is no longer the wall."""
    return len(text) <= LONGEST_HEADING and bool(_CLOSING_TITLE.fullmatch(text.rstrip(" .:?")))


def _singular(word: str) -> str:
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word
