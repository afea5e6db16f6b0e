"""A text on its way through the editor's form: out of the form, changed by a button, back into it.

A form names its blocks in their order (`block`), and each field of a block by the block's id
(`html-<id>`), so that it works the same with and without a script.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from coproduce.identifiers import new_identifier
from events.models import Event
from journal.blocks import FIELDS, Block, without_empty
from journal.models import Draft, Post, Version, Writing
from journal.writing import latest_of
from people.guests import Viewer

A_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# Between the parts of marked words: an empty line for whoever reads them as they are kept.
A_SEAM = re.compile(r"(</(?:p|h2|h3|ul|ol|blockquote)>)\s*(?=<)")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody has before them: blocks, the version they are based on, the next draft's number."""

    blocks: Sequence[Block]
    based_on: int
    number: int
    draft: Draft | None = None
    latest: Version | None = None

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody saved a version after this draft was begun."""
        return self.draft is not None and self.latest is not None and self.based_on < self.latest.number


def writing_if_any(of: Event | Post) -> Writing:
    """The text of an event or post; one that is not kept where nobody began it: looking changes nothing."""
    owner = {"event": of} if isinstance(of, Event) else {"post": of}
    return Writing.objects.filter(**owner).select_related(*owner).first() or Writing(**owner)


def sheet_of(writing: Writing, viewer: Viewer) -> Sheet:
    """What `viewer` was writing, or the latest version, or an empty text to begin with."""
    if writing.pk is None:
        return Sheet([new_block("text")], 0, 1)
    latest = latest_of(writing)
    draft = Draft.objects.visible_to(viewer).filter(writing=writing).first()
    if draft:
        return Sheet(draft.blocks or [new_block("text")], draft.based_on, draft.number + 1, draft, latest)
    blocks = latest.blocks if latest else []
    return Sheet(blocks or [new_block("text")], writing.version, 1, latest=latest)


def sent_sheet(typed: QueryDict) -> Sheet:
    """What a form sends; what is no number counts as none."""
    return Sheet([_sent_block(typed, name) for name in typed.getlist("block")], *_numbers(typed))


def _numbers(typed: QueryDict) -> tuple[int, int]:
    based_on, number = (typed.get(name, "") for name in ("based_on", "number"))
    return tuple(
        int(said) if said.isdecimal() and int(said) < MOST_NUMBER else 0 for said in (based_on, number)
    )


def _sent_block(typed: QueryDict, name: str) -> Block:
    told = typed.get(f"kind-{name}", "")
    kind = told if told in FIELDS else "text"
    fields = {field: typed.get(f"{field}-{name}", "") for field in FIELDS[kind]}
    if "html" in fields:
        fields["html"] = A_SEAM.sub(r"\1", as_html(fields["html"]))
    return {"id": name, "kind": kind, **fields}


def as_html(typed: str) -> str:
    """Words typed without any mark as paragraphs; an empty line ends one. With marks they stay."""
    if A_TAG.search(typed) or not typed.strip():
        return typed
    plain = typed.replace("\r\n", "\n").strip()
    parts = (html.escape(part, quote=False).replace("\n", "<br>") for part in BLANK_LINES.split(plain))
    return "".join(f"<p>{part}</p>" for part in parts)


def laid_out(html: str) -> str:
    """Words with their marks, with an empty line after each part; sent back, it is taken out again."""
    return A_SEAM.sub(r"\1\n\n", html)


def new_block(kind: str, **fields: str) -> Block:
    return {"id": new_identifier(), "kind": kind, **dict.fromkeys(FIELDS[kind], ""), **fields}


def put_in(blocks: Sequence[Block], new: Sequence[Block], after: str) -> list[Block]:
    """`blocks` with the new ones after the block `after`; at the end where there is none of that name."""
    names = [block["id"] for block in blocks]
    at = names.index(after) + 1 if after in names else len(names)
    return [*blocks[:at], *new, *blocks[at:]]


def moved(blocks: Sequence[Block], name: str, by: int) -> list[Block]:
    """`blocks` with the one of that name `by` places further down, as far as there is room."""
    changed = list(blocks)
    at = next((at for at, block in enumerate(changed) if block["id"] == name), None)
    if at is not None and 0 <= at + by < len(changed):
        changed[at], changed[at + by] = changed[at + by], changed[at]
    return changed


def without(blocks: Sequence[Block], name: str) -> list[Block]:
    return [block for block in blocks if block["id"] != name]


def chosen(mine: Sequence[Block], theirs: Sequence[Block], take: dict[str, str]) -> list[Block]:
    """A text out of two, block by block: `take` says of an id whose to take: mine, theirs or both.

    In the order of theirs; what only mine has comes after what it stood after there.
    """
    ours = {block["id"]: block for block in mine}
    others = {block["id"] for block in theirs}
    put: list[Block] = []
    for block in theirs:
        put += _taken(ours.get(block["id"]), block, take.get(block["id"], "both"))
    before = ""
    for block in mine:
        if block["id"] not in others and take.get(block["id"], "mine") != "theirs":
            put = put_in(put, [block], before) if before else [block, *put]
        before = block["id"]
    return put


def _taken(mine: Block | None, theirs: Block, which: str) -> Iterable[Block]:
    """Both, where nothing was chosen: nobody loses words by not looking."""
    if mine is None:
        return [] if which == "mine" else [theirs]
    if mine == theirs or which == "theirs":
        return [theirs]
    return [mine] if which == "mine" else [theirs, mine | {"id": new_identifier()}]


def is_untouched(sheet: Sheet) -> bool:
    """Whether it says what the latest version says, so that there is nothing to save."""
    return sheet.latest is not None and list(without_empty(sheet.blocks)) == list(sheet.latest.blocks)
