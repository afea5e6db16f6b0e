"""The blocks of a text, as JSON keeps them: what one may hold, and the words it says.

A block is `{"id": …, "kind": …}` and the fields of its kind. Words stand in text and quotations;
every other kind names a row by its identifier, so that what is withdrawn there is gone here too.
"""

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from coproduce.markup import WORDS_ONLY, clean
from people.refusals import Refused
from responses.words import tidy_words

type Block = dict[str, str]

# The fields of each kind; the first says what it is about, and a block without that is empty.
FIELDS = {
    "text": ("html",),
    "photo": ("photo",),
    "illustration": ("illustration",),
    "quotation": ("text", "said_by", "quotation"),
    "film": ("film",),
    "file": ("attachment",),
    "note": ("note",),
    "story": ("story", "excerpt"),
}
# The field with the identifier, where it has another name than the kind.
NAMES = {"file": "attachment"}
OF_EVENTS = frozenset(FIELDS) - {"illustration"}
OF_POSTS = frozenset(FIELDS) - {"quotation"}
LONGEST = {"html": 100_000, "text": 2_000, "said_by": 200, "excerpt": 1_000}  # characters
LONGEST_NAME = 20  # characters of an identifier
MOST_BLOCKS = 200
MOST_CHARACTERS = 300_000  # in all blocks together
MOST_ROUNDS = 10
A_BLOCK_ID = re.compile(r"[0-9a-z]{1,12}")
AN_IDENTIFIER = re.compile(rf"[0-9a-z]{{0,{LONGEST_NAME}}}")
NOT_BLOCKS = gettext_lazy(
    "That is not a text as this page sends it. Load the page again; what was kept is there."
)
TOO_LONG = {
    "html": gettext_lazy("A text has at most %(most)s characters, and one has %(number)s. Make two of it."),
    "text": gettext_lazy(
        "A quotation has at most %(most)s characters, and one has %(number)s. Make two of it."
    ),
    "said_by": gettext_lazy(
        "%(most)s characters fit into who said it, and one has %(number)s. Make it shorter."
    ),
    "excerpt": gettext_lazy(
        "An excerpt has at most %(most)s characters, and one has %(number)s. Make two of it."
    ),
}


def read_blocks(sent: object, kinds: Iterable[str] = FIELDS) -> list[Block]:
    """`sent` as blocks of these kinds, sanitised, each with an id of its own; doing it twice changes nothing.

    Refuses what is no list of blocks and what is longer than a text may be.
    """
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise Refused(NOT_BLOCKS)
    if len(sent) > MOST_BLOCKS:
        raise Refused(
            _("A text holds %(most_blocks)s parts, and this has %(number)s. Make two of it.")
            % {"most_blocks": MOST_BLOCKS, "number": len(sent)}
        )
    read: dict[str, Block] = {}
    for one in sent:
        block = _read(one, kinds)
        name = one.get("id")
        known = isinstance(name, str) and A_BLOCK_ID.fullmatch(name) and name not in read
        block["id"] = name if known else new_identifier()
        read[block["id"]] = block
    blocks = list(read.values())
    if sum(len(said) for block in blocks for said in block.values()) > MOST_CHARACTERS:
        raise Refused(
            _("A text holds %(most_characters)s characters, and this has more. Make two of it.")
            % {"most_characters": MOST_CHARACTERS}
        )
    return blocks


def _read(sent: dict, kinds: Iterable[str]) -> Block:
    kind = sent.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        raise Refused(NOT_BLOCKS)
    return {"id": "", "kind": kind} | {name: _field(name, sent.get(name)) for name in FIELDS[kind]}


def _field(name: str, sent: object) -> str:
    said = sent if isinstance(sent, str) else ""
    if name not in LONGEST:
        return said if AN_IDENTIFIER.fullmatch(said) else ""
    if len(said) > LONGEST[name]:
        raise Refused(TOO_LONG[name] % {"most": LONGEST[name], "number": len(said)})
    return clean_words(said) if name == "html" else tidy_words(said)


def clean_words(html: str) -> str:
    """`html` sanitised, without pictures and without signs that no database keeps."""
    cleaned = html
    # Tidying may make an address of what was none, and cleaning may write out what has to be tidied.
    for _round in range(MOST_ROUNDS):
        before, cleaned = cleaned, clean(tidy_words(cleaned), WORDS_ONLY)
        if cleaned == before:
            break
    return cleaned


def is_empty(block: Block) -> bool:
    """Whether nothing would be missed without it."""
    about = FIELDS[block["kind"]][0]
    return not (words_of(block) if about == "html" else block[about])


def without_empty(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not is_empty(block)]


def named(blocks: Sequence[Block], kind: str) -> list[str]:
    """The identifiers that the blocks of `kind` name, in their order."""
    field = NAMES.get(kind, kind)
    return [block[field] for block in blocks if block["kind"] == kind and block.get(field)]


def paragraphs_of(block: Block) -> list[str]:
    """What a block says, paragraph by paragraph, as plain words; the address of a link follows its words."""
    match block["kind"]:
        case "text":
            return _paragraphs(block["html"])
        case "quotation":
            said = [f"“{block['text']}”" if block["text"] else "", block["said_by"]]
        case "story":
            said = [block["excerpt"]]
        case _:
            said = []
    return [part for words in said for part in words.split("\n") if part.strip()]


def words_of(block: Block) -> str:
    return "\n".join(paragraphs_of(block))


class _Words(HTMLParser):
    """Collects the paragraphs of sanitised HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        elif tag not in ("strong", "em"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            address = self.links.pop()
            self.lines[-1] += f" ({address})" if address else ""
        elif tag not in ("strong", "em"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def _paragraphs(html: str) -> list[str]:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return [said for line in reader.lines if (said := " ".join(line.split()))]
