"""A text as its readers see it: each block with what it names, as far as this viewer may see that.

What was withdrawn or taken down since is gone from every version at once; a sentence says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from coproduce.markup import WORDS_ONLY, clean
from events.models import Event, Quotation
from journal.blocks import NAMES, Block, is_empty, named
from journal.models import (
    Attachment,
    Film,
    Illustration,
    Post,
    State,
    Story,
    StoryQuerySet,
    Version,
    Writing,
)
from people.guests import Viewer
from responses.models import Note, Photo
from responses.models.notes import NoteQuerySet

GONE = {
    "photo": gettext_lazy("A photograph stood here. It is not on record any more."),
    "illustration": gettext_lazy("A picture stood here. It is not shown any more."),
    "quotation": gettext_lazy("A quotation stood here. It was taken off the record."),
    "film": gettext_lazy("A film stood here. It is not part of this text any more."),
    "file": gettext_lazy("A file stood here. It is not part of this text any more."),
    "note": gettext_lazy(
        "A note was cited here. It was taken back, or is not for everybody to read any more."
    ),
    "story": gettext_lazy("A story was cited here. It was taken back, or is not shown any more."),
}
NOTHING = SafeString()
NOT_ON_RECORD = gettext_lazy("This photograph is not on record: readers do not see it.")


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block to draw: `thing` is the row it names; `gone` says in a sentence that there is none."""

    id: str
    kind: str
    thing: Model | None = None
    html: SafeString = NOTHING
    text: str = ""
    said_by: str = ""
    gone: str = ""
    # What only those who write here have to know.
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """The version that readers see: its number (None: there is none) and its blocks."""

    number: int | None
    blocks: Sequence[ShownBlock]

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @property
    def quoted(self) -> frozenset[str]:
        """The identifiers of the quotations that have their place in it."""
        return frozenset(one.thing.identifier for one in self.blocks if one.kind == "quotation" and one.thing)


def text_shown(of: Event | Post, viewer: Viewer) -> ShownText:
    """The text of `of` that readers see; one query, and one for each kind of thing that it names."""
    owner = {"writing__event": of} if isinstance(of, Event) else {"writing__post": of}
    shown = Version.objects.filter(**owner, number=F("writing__shown")).select_related("writing").first()
    return ShownText(shown.number, shown_blocks(shown, viewer)) if shown else ShownText(None, [])


def shown_blocks(version: Version, viewer: Viewer) -> list[ShownBlock]:
    """The blocks of a version that `viewer` may see; at most one query for each kind."""
    return _drawn(version.writing, version.blocks, viewer, was_public=version.published_at is not None)


def blocks_in_sight(version: Version, shown: Iterable[ShownBlock]) -> list[Block]:
    """The blocks of a version, of which `shown` is what a viewer sees, without the words of what is gone."""
    shown = list(shown)
    gone = {block.id for block in shown if block.gone or (block.kind == "story" and not block.text)}
    return [_without_words(block) if block["id"] in gone else block for block in version.blocks]


def _without_words(block: Block) -> Block:
    return {name: "" if name in ("text", "said_by", "excerpt") else said for name, said in block.items()}


def previewed_blocks(writing: Writing, blocks: Iterable[Block], viewer: Viewer) -> list[ShownBlock]:
    """Blocks that are not saved, as they would show; for those who write."""
    return _drawn(writing, blocks, viewer, was_public=False)


def _drawn(
    writing: Writing, blocks: Iterable[Block], viewer: Viewer, *, was_public: bool
) -> list[ShownBlock]:
    blocks = [block for block in blocks if not is_empty(block)]
    things = {kind: things_named(writing, blocks, kind, viewer) for kind in GONE}
    return [_draw(block, things, was_public=was_public) for block in blocks]


def _draw(block: Block, things: dict[str, dict[str, Model]], *, was_public: bool) -> ShownBlock:
    kind = block["kind"]
    one = {"id": block["id"], "kind": kind}
    if kind == "text":
        # Sanitised once more on its way out, whatever wrote it.
        return ShownBlock(**one, html=mark_safe(clean(block["html"], WORDS_ONLY)))
    thing = things[kind].get(block.get(NAMES.get(kind, kind), ""))
    may_be_new = kind == "quotation" and not was_public
    if thing is None and not may_be_new:
        return ShownBlock(**one, gone=GONE[kind])
    remark = "" if getattr(thing, "is_on_show", True) else NOT_ON_RECORD
    text = block.get("text") or _cited(thing, block)
    return ShownBlock(**one, thing=thing, text=text, said_by=block.get("said_by", ""), remark=remark)


def _cited(thing: Model | None, block: Block) -> str:
    """The words that are cited from a story, while it says them: its teller may have taken them out."""
    words = block.get("excerpt", "")
    return words if isinstance(thing, Story) and thing.says(words) else ""


def things_named(writing: Writing, blocks: Sequence[Block], kind: str, viewer: Viewer) -> dict[str, Model]:
    """What the blocks of `kind` name and `viewer` may see, by its identifier; no query without a name."""
    names = named(blocks, kind)
    if not names:
        return {}
    rows = _of_kind(writing, kind, viewer).filter(identifier__in=names)
    return {row.identifier: row for row in rows}


def _of_kind(writing: Writing, kind: str, viewer: Viewer) -> QuerySet:
    """What blocks of a kind may name in this text."""
    match kind:
        case "photo":
            return photos_for(writing, viewer)
        case "quotation":
            return Quotation.objects.visible_to(viewer).filter(event=writing.event_id)
        case "note":
            return citable_notes(viewer).for_showing()
        case "story":
            return citable_stories(viewer).select_related("call")
    own = {"film": Film, "file": Attachment, "illustration": Illustration}[kind]
    return own.objects.visible_to(viewer).filter(writing=writing.pk)


def shown_things(writing: Writing, blocks: Sequence[Block], viewer: Viewer) -> dict[str, Model]:
    """What each block names, by the block's id, as far as `viewer` may see it; for those who write."""
    rows = {kind: things_named(writing, blocks, kind, viewer) for kind in GONE}
    found = {}
    for block in blocks:
        kind = block["kind"]
        if thing := rows.get(kind, {}).get(block.get(NAMES.get(kind, kind), "")):
            found[block["id"]] = thing
    return found


def photos_for(writing: Writing, viewer: Viewer) -> QuerySet[Photo]:
    """The photographs that may stand in this text: its event's, or those of its post's events.

    Each knows as `is_on_show` whether readers see it.
    """
    on_show = Photo.objects.on_show().filter(pk=OuterRef("pk"))
    photos = Photo.objects.visible_to(viewer).annotate(is_on_show=Exists(on_show)).select_related("event")
    here = {"event": writing.event_id} if writing.event_id else {"event__posts": writing.post_id}
    return photos.filter(**here).in_order()


def cited_in(blocks: Sequence[Block]) -> tuple[NoteQuerySet, StoryQuerySet]:
    """The notes and the stories that the blocks name, whether or not they may be cited."""
    notes = Note.objects.filter(identifier__in=named(blocks, "note"))
    return notes, Story.objects.filter(identifier__in=named(blocks, "story"))


def citable_notes(viewer: Viewer) -> NoteQuerySet:
    """The notes that a text may cite: on the wall for everybody, whoever looks."""
    return Note.objects.visible_to(viewer).on_the_wall().filter(consent__public=True)


def citable_stories(viewer: Viewer) -> StoryQuerySet:
    """The stories that a text may cite: shown to everybody, whoever looks."""
    return Story.objects.visible_to(viewer).filter(state=State.SHOWN, consent__public=True)
