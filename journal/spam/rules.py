"""Reasons to look closely at a text. Pure: words in, sentences out; nothing is refused for one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from coproduce.marking import gettext_noop

# Every repetition is bounded, so that no text takes long to look through.
EMAIL = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,250}\.[^\W\d_]{2,}", re.IGNORECASE)
# With a scheme, with www, or a name that ends as websites do.
ENDINGS = (
    "com|org|net|info|biz|io|co|uk|ru|cn|top|xyz|shop|site|online|club|win|bid|loan|click|link|live|icu|eu"
)
LINK = re.compile(
    rf"(?:https?://|www\.)\S+|(?<![@\w.-])(?:[\w-]+\.)+(?:{ENDINGS})\b(?!@)(?:/\S*)?", re.IGNORECASE
)
MONEY = re.compile(
    r"[$€£]\s?\d|\b\d[\d,.]{0,15}\s?(?:dollars?|pounds|euros?|usd|gbp|eur|btc)\b"
    r"|\b(?:bitcoin|crypto|atm|loans?|lottery|jackpot|casino|forex|(?:get|become|be) rich)\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:whats ?app|telegram|e-?mail (?:me|us|him|her|them|the)|(?:call|text) me)\b", re.IGNORECASE
)
PHONE = re.compile(r"(?<!\w)\+?\d[\d ()-]{7,20}\d(?!\w)")
VISIT = re.compile(
    r"\b(?:(?:for|get) more (?:info|information|details)|click|visit|check out|see here)\b[^.!?\n]{0,40}"
    r"(?:\b(?:visit|here|my|our|this (?:site|link|page)|the link)\b|:)",
    re.IGNORECASE,
)
CLOAKED = re.compile(r"\[url|<a\s|\]\(https?:", re.IGNORECASE)
FEW_WORDS = 4  # beside a link
# So many words in capitals, one after another; fewer are a heading or an abbreviation or two.
A_SHOUT = 5
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")


def reasons_in(text: str, *, most_links: int = 1) -> list[str]:
    """Sentences, each a reason to look closely; `most_links` is how many links are nothing special."""
    found = [sentence for is_so, sentence in RULES if is_so(text)]
    links = len(links_in(text))
    return found + ([f"It has {links} links."] if links > most_links else [])


def links_in(text: str) -> Sequence[str]:
    return LINK.findall(EMAIL.sub(" ", text))


def is_money_and_contact(text: str) -> bool:
    return bool(MONEY.search(text) and (EMAIL.search(text) or PHONE.search(text) or CONTACT.search(text)))


def is_one_address_twice(text: str) -> bool:
    addresses = [found.lower().rstrip(".") for found in EMAIL.findall(text)]
    links = [link.lower().rstrip("/.,") for link in links_in(text)]
    return any(times > 1 for times in Counter(addresses + links).values())


def is_call_to_visit(text: str) -> bool:
    return bool(VISIT.search(text))


def is_shouting(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return any(length >= A_SHOUT for is_loud, length in runs(words) if is_loud)


def runs(words: Sequence[str]) -> Iterator[tuple[bool, int]]:
    """How many words in a row are in capitals, or are not."""
    return ((is_loud, len(list(row))) for is_loud, row in groupby(words, str.isupper))


def is_link_alone(text: str) -> bool:
    return bool(links_in(text)) and len(re.findall(r"[^\W\d_]{2,}", LINK.sub(" ", text))) < FEW_WORDS


def is_cloaked_link(text: str) -> bool:
    return bool(CLOAKED.search(text))


def is_in_two_alphabets(text: str) -> bool:
    """Whether one word mixes letters that look alike, as addresses made to deceive do."""
    return any(len(alphabets_of(word)) > 1 for word in re.findall(r"[^\W\d_]{3,}", text))


def alphabets_of(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word if not letter.isascii())
    found = {name.split()[0] for name in names} | ({"LATIN"} if re.search("[A-Za-z]", word) else set())
    return found.intersection(ALPHABETS)


RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (is_money_and_contact, gettext_noop("It offers money and says whom to write to.")),
    (is_one_address_twice, gettext_noop("It gives one address twice.")),
    (is_call_to_visit, gettext_noop("It asks readers to visit something.")),
    (is_shouting, gettext_noop("It shouts: many words in capitals.")),
    (is_link_alone, gettext_noop("It is hardly more than a link.")),
    (is_cloaked_link, gettext_noop("It tries to hide where a link leads.")),
    (is_in_two_alphabets, gettext_noop("A word in it mixes two alphabets.")),
)
