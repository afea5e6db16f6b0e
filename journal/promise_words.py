"""Sentences of a text, and which of them sound like promises: a short list, offered and never applied."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from journal.blocks import Block, paragraphs_of

# Where their own organisers speak; a quotation, a note and a story are other people's words.
OWN_WORDS = ("text",)
MOST = 12  # sentences on the list
SHORTEST, LONGEST = 3, 500  # words; characters
LONGEST_SHORT_FORM = 12  # characters of an abbreviation, and what stands before it
# A full stop ends a sentence where space and a capital, a digit or a quotation mark follow, and no
# abbreviation stands before it.
ENDS = re.compile(r"""(?:(?<=[.!?…])|(?<=[.!?…][”’"')\]]))\s+(?=[“‘"'(\[]?[A-Z0-9])""")
ABBREVIATED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|etc|approx|e\.g|i\.e|p|pp)|\b[A-Z])\.$")
WHO = r"(?:we|i|our (?:team|group)|(?:the )?(?:organisers|organizers|hosts|team))"
SOON = (
    r"(?:next (?:week|month|year|spring|summer|autumn|winter|time|meeting)"
    r"|(?:by|before) the end of|in the (?:coming|next)|soon)"
)
STRONG = re.compile(
    rf"\b{WHO}(?:['’]ll| will| shall| promise| pledge| undertake)\b"
    rf"|\b{WHO}(?:['’](?:re|m)| are| am) (?:going to|committed to|planning to|due to)\b"
    rf"|\b{WHO}(?: have| has|['’]ve)? (?:agreed|committed|promised|decided|plan|intend|aim|hope) to\b"
    rf"|\b{WHO} commit (?:ourselves |myself )?to\b"
    rf"|\b(?:our|my) (?:next|coming) .*\bwill\b"
    rf"|\bto be (?:published|updated|continued)\b"
    rf"|\bwill (?:be|follow|come|appear|meet|take place|start|continue)\b.*\b{SOON}\b"
    rf"|\bwill be (?:updat|publish|shar|post|writt|writing|follow|add|circulat|sen[dt])\w*"
    rf"|\b(?:watch|stay tuned)\b.*\b(?:space|more)\b"
    rf"|\b(?:meet|reconvene|come back|return|meeting) again\b.*\b(?:in|on|by)\b",
    re.IGNORECASE,
)
# A question, a doubt and what is said of others at another time is no promise.
DOUBTED = re.compile(
    rf"\?[”’\"')\]]*$|\b(?:if|unless|whether|how|what|why) {WHO} (?:will|shall|promise)\b"
    rf"|\b{WHO}(?:['’]ll| will| shall)(?: all)? (?:never|feel|know|see|find|have|need|be able)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a text and the block it stands in."""

    block: str
    text: str


def sentences_of(blocks: Iterable[Block]) -> Iterator[Said]:
    """Every sentence of the text's own words, in order, word for word with single spaces."""
    for block in blocks:
        if block["kind"] in OWN_WORDS:
            for paragraph in paragraphs_of(block):
                yield from (Said(block["id"], sentence) for sentence in split(paragraph))


def split(paragraph: str) -> list[str]:
    """A paragraph as its sentences; an abbreviation ends none."""
    sentences, begun = [], ""
    for part in ENDS.split(" ".join(paragraph.split())):
        begun = f"{begun} {part}".strip()
        if not ABBREVIATED.search(begun[-LONGEST_SHORT_FORM:]):
            sentences.append(begun)
            begun = ""
    return [*sentences, begun] if begun else sentences


def sounds_like_a_promise(sentence: str) -> bool:
    """Whether somebody who writes here may have promised something with it; a guess."""
    fits = len(sentence) <= LONGEST and len(sentence.split()) >= SHORTEST
    return fits and bool(STRONG.search(sentence)) and not DOUBTED.search(sentence)


def promises_in(blocks: Iterable[Block]) -> Sequence[Said]:
    """The first sentences that sound like promises, each once; what they were is a person's to say."""
    found = {said.text: said for said in sentences_of(blocks) if sounds_like_a_promise(said.text)}
    return list(found.values())[:MOST]
