"""What changed between two versions of a text: block by block, and word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from journal.blocks import NAMES, Block, paragraphs_of
from principles.diff import PIECES, Op, word_diff

type What = Literal["same", "changed", "form", "moved", "added", "removed"]
type Steps = list[tuple[Op, str]]

KINDS = {
    "text": gettext_lazy("Text"), "photo": gettext_lazy("A photograph"),
    "illustration": gettext_lazy("A picture"), "quotation": gettext_lazy("A quotation"),
    "film": gettext_lazy("A film"), "file": gettext_lazy("A file"),
    "note": gettext_lazy("A cited note"), "story": gettext_lazy("A cited story"),
}  # fmt: skip
COUNTED = {
    "text": ngettext_lazy("a part of the text", "%(number)s parts of the text", "number"),
    "photo": ngettext_lazy("a photograph", "%(number)s photographs", "number"),
    "illustration": ngettext_lazy("a picture", "%(number)s pictures", "number"),
    "quotation": ngettext_lazy("a quotation", "%(number)s quotations", "number"),
    "film": ngettext_lazy("a film", "%(number)s films", "number"),
    "file": ngettext_lazy("a file", "%(number)s files", "number"),
    "note": ngettext_lazy("a cited note", "%(number)s cited notes", "number"),
    "story": ngettext_lazy("a cited story", "%(number)s cited stories", "number"),
}
WHAT = {
    "changed": gettext_lazy("changed"), "moved": gettext_lazy("moved"),
    "added": gettext_lazy("added"), "removed": gettext_lazy("removed"),
}  # fmt: skip
WORDS_ADDED = ngettext_lazy("%(number)s word added", "%(number)s words added", "number")
WORDS_REMOVED = ngettext_lazy("%(number)s word removed", "%(number)s words removed", "number")
# Comparing takes time by the product of the lengths; what is beyond this is shown whole.
MOST_COMPARED = 3_000_000  # pairs of pieces in all
WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block in both texts: what became of it, and the steps of each of its paragraphs."""

    what: What
    block: Block
    paragraphs: Sequence[Steps] = ()

    @property
    def kind(self) -> str:
        return KINDS[self.block["kind"]]

    @property
    def is_drawn(self) -> bool:
        """Whether the block itself says more than its words."""
        return self.block["kind"] not in ("text", "quotation") and self.what != "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that became of a text, in the order of the later one."""

    changes: Sequence[BlockChange]
    added: int = 0
    removed: int = 0

    @property
    def in_words(self) -> str:
        """The whole of it as a sentence."""
        said = [
            _many(WORDS_ADDED, self.added) if self.added else "",
            _many(WORDS_REMOVED, self.removed) if self.removed else "",
        ]
        for (kind, what), many in Counter((c.block["kind"], c.what) for c in self.changes).items():
            if what == "form":
                said.append(_("how the words are set changed"))
            elif what != "same" and (kind != "text" or what == "moved"):
                things = {"things": _many(COUNTED[kind], many), "what": WHAT[what]}
                said.append(_("%(things)s %(what)s") % things)
        told = ", ".join(part for part in dict.fromkeys(said) if part)
        return f"{told[0].upper()}{told[1:]}." if told else _("Nothing changed.")


@dataclass(slots=True)
class Effort:
    """How much may still be compared word by word."""

    left: int = MOST_COMPARED

    def steps(self, old: str, new: str) -> Steps:
        needed = len(PIECES.findall(old)) * len(PIECES.findall(new))
        if needed > self.left:
            return [(op, text) for op, text in (("delete", old), ("insert", new)) if text]
        self.left -= needed
        return word_diff(old, new)


def compared(before: Sequence[Block], after: Sequence[Block]) -> Comparison:
    """What changed from `before` to `after`."""
    effort = Effort()
    old = {block["id"]: block for block in before}
    stays = _in_place([block["id"] for block in before], [block["id"] for block in after])
    changes = [_change(old.get(block["id"]), block, block["id"] in stays, effort) for block in after]
    changes = _with_removed(changes, before, {block["id"] for block in after}, effort)
    steps = [step for change in changes for paragraph in change.paragraphs for step in paragraph]
    return Comparison(changes, added=_count(steps, "insert"), removed=_count(steps, "delete"))


def _change(before: Block | None, after: Block, stays: bool, effort: Effort) -> BlockChange:
    if before is None or before["kind"] != after["kind"]:
        return BlockChange("added", after, list(_paragraphs([], paragraphs_of(after), effort)))
    if before == after:
        return BlockChange("same" if stays else "moved", after, _equal(after))
    old, new = paragraphs_of(before), paragraphs_of(after)
    if old == new and not _names_another(before, after):
        return BlockChange("form", after, _equal(after))
    return BlockChange("changed", after, list(_paragraphs(old, new, effort)))


def _names_another(before: Block, after: Block) -> bool:
    name = NAMES.get(after["kind"], after["kind"])
    return after["kind"] not in ("text", "quotation") and before.get(name) != after.get(name)


def _equal(block: Block) -> list[Steps]:
    return [[("equal", words)] for words in paragraphs_of(block)]


def _with_removed(
    changes: list[BlockChange], before: Sequence[Block], kept: set[str], effort: Effort
) -> list[BlockChange]:
    """The changes with each removed block after what stood before it."""
    places = {change.block["id"]: at for at, change in enumerate(changes)}
    after: dict[int, list[BlockChange]] = {}
    at = -1
    for block in before:
        at = places.get(block["id"], at)
        if block["id"] not in kept:
            steps = list(_paragraphs(paragraphs_of(block), [], effort))
            after.setdefault(at, []).append(BlockChange("removed", block, steps))
    mixed = after.get(-1, [])
    for at, change in enumerate(changes):
        mixed += [change, *after.get(at, [])]
    return mixed


def _in_place(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The blocks that kept their order; the fewest others were moved."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return {
        before[i] for match in matcher.get_matching_blocks() for i in range(match.a, match.a + match.size)
    }


def _paragraphs(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Steps]:
    for op, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield from ([("equal", words)] for words in old[i:j])
        else:
            for was, now in zip_longest(old[i:j], new[k:m], fillvalue=""):
                yield effort.steps(was, now)


def _count(steps: Steps, which: Op) -> int:
    return sum(len(WORD.findall(text)) for op, text in steps if op == which)


def _many(said: str, number: int) -> str:
    return said % {"number": number}
