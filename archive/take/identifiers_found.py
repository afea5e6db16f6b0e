"""What in a text may tell who somebody is: for a human to look at before a release goes out.

It finds too much rather than too little, and changes nothing: whether a name is one, and whether it
may stand there, is a person's to say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

AT, DOT = r"\s*(?:@|\(at\)|\[at\]|\bat\b)\s*", r"\s*(?:\.|\(dot\)|\[dot\]|\bdot\b)\s*"
# Begun only where a word begins, and with few parts: else a long text of one kind takes minutes.
MAIL = re.compile(rf"(?<![\w.+'-])[\w.+'-]+{AT}[\w-]+(?:{DOT}[a-z]{{2,}})+", re.IGNORECASE)
# Seven figures or more, with what people put between them; not a date as files have it.
PHONE = re.compile(r"(?<!\w)(?!\d{4}-\d\d-\d\d\b)\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?!\w)")
POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]?\s*[0-9][abd-hjlnp-uw-z]{2}\b", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w@/.])@\w{3,30}\b")
ROADS = "Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Terrace|Place|Crescent|Way|Gardens?|Row|Grove"
ADDRESS = re.compile(rf"\b\d{{1,4}}[a-z]?\s+(?:[A-Z][\w’'-]+\s+){{1,3}}(?:{ROADS})\b")
BORN = re.compile(r"\b(?:born|dob|d\.o\.b\.?|date of birth|birthday)\b.{0,12}\d", re.IGNORECASE)
# National Insurance and NHS numbers.
INSURANCE, NHS = r"\b[a-z]{2}(?:\s?\d{2}){3}\s?[a-d]\b", r"\b\d{3}[\s-]\d{3}[\s-]\d{4}\b"
NUMBER = re.compile(f"{INSURANCE}|{NHS}", re.IGNORECASE)
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Cllr|Councillor|Rev|Sir|Dame|Nurse|Auntie|Uncle"
TITLED = re.compile(rf"\b(?:{TITLES})\b\.?\s+[A-Z][\w’'-]+")
# Words after which somebody is named, and the one name that follows.
SAID = "name is|name:|I am|I’m|I'm|call me|ask for|contact|signed|thanks to|thank you"
BEFORE = f"{SAID}|spoke to|told|from|with|by|love"
NAMED = re.compile(rf"\b(?i:{BEFORE}),?\s+[A-Z][\w’'-]{{2,}}\b")
PART = r"(?:[A-Z][\w’'-]+|[A-Z]\.)"
TWO_NAMES = re.compile(rf"\b{PART}(?:\s(?:de|van|von|der|bin|al|le|{PART})){{0,6}}\s[A-Z][\w’'-]+\b")
KINDS = (
    ("e-mail", MAIL),
    ("phone", PHONE),
    ("postcode", POSTCODE),
    ("handle", HANDLE),
    ("address", ADDRESS),
    ("birth", BORN),
    ("number of a person", NUMBER),
    ("name", TITLED),
    ("name", NAMED),
    ("name", TWO_NAMES),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look at: what kind it may be, and the words themselves."""

    kind: str
    words: str


def identifiers_in(text: str) -> list[Found]:
    """What in `text` may tell who somebody is, each once, in the order of KINDS."""
    return list(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[Found]:
    for kind, pattern in KINDS:
        for match in pattern.finditer(text):
            yield Found(kind, " ".join(match.group().split()))


def by_kind(kinds: Iterable[str]) -> dict[str, int]:
    """How many of each kind, in the order of KINDS."""
    numbers = dict.fromkeys((kind for kind, _ in KINDS), 0)
    for kind in kinds:
        numbers[kind] += 1
    return {kind: number for kind, number in numbers.items() if number}
