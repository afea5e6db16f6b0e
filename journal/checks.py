"""What stands in the way of publishing a text, and what would make it better."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from journal.blocks import Block, is_empty
from journal.models import Attachment, Film, Illustration, Story, Writing
from journal.showing import GONE, things_named
from people.guests import Viewer
from people.models import Act
from responses.models import Photo
from responses.photos.publishing import NEEDS_A_NOTE, NO_ALT, NO_BASIS, NO_NOTE, Reason, reasons_for

HEADINGS = {"h2": 2, "h3": 3}
SAYS_NOTHING = re.compile(
    r"(click |read |see )?(here|this|more|link|this link|this page|read more|find out more|learn more)"
)
AN_ADDRESS = re.compile(r"(https?://|www\.)\S+")
type Against = dict[int, list[Reason] | None]
SHORTENED = 40  # characters of a text that a sentence repeats


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right before publishing (`must`) or to think about.

    `block_id` is the block it is about, empty for the whole text; `help_url` is where it is put
    right, where that is another page.
    """

    must: bool
    sentence: str
    block_id: str = ""
    help_url: str = ""


def findings(writing: Writing, blocks: Sequence[Block], viewer: Viewer) -> list[Finding]:
    """Everything there is to say about a text before it is published, in the order of its blocks."""
    blocks = [block for block in blocks if not is_empty(block)]
    found = list(_of_the_whole(writing, blocks))
    named = {kind: things_named(writing, blocks, kind, viewer) for kind in GONE}
    against = _against(named["photo"].values(), viewer)
    taken = _taken_off(blocks)
    level = 1
    for block in blocks:
        if block["kind"] == "text":
            parts, level = _of_words(block, level)
            found += parts
        elif block["kind"] == "quotation":
            found += _of_quotation(block, taken)
        else:
            found += _of_thing(block, named[block["kind"]], against)
    return found


def _against(photos: Iterable[Photo], viewer: Viewer) -> Against:
    """Of each photograph not on record, what keeps it from being; None where others have to say."""
    waiting = [photo for photo in photos if not photo.is_on_show]
    if not waiting:
        return {}
    events = {photo.event_id for photo in waiting}
    run = set(Event.objects.run_by(viewer).filter(pk__in=events).values_list("pk", flat=True))
    reasons = reasons_for(waiting)
    return {photo.pk: reasons[photo.pk] if photo.event_id in run else None for photo in waiting}


def _of_the_whole(writing: Writing, blocks: Sequence[Block]) -> Iterator[Finding]:
    if not any(block["kind"] == "text" for block in blocks):
        yield Finding(
            must=True, sentence=_("There are no words yet. Say what happened in a sentence or two.")
        )
    event = writing.event
    if event and event.attendance is None and not event.attendance_stated:
        said = _("Nothing says how many came. Say the number, or that it was not recorded.")
        yield Finding(must=False, sentence=said, help_url=_edit_address(event))


def _edit_address(event: Event) -> str:
    return reverse("event_edit", args=[event.slug])


class _Marks(HTMLParser):
    """Collects headings and links of sanitised HTML, each with its words, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" or tag in HEADINGS:
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _tag, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            name, words = self._open.pop()
            self.found.append((name, " ".join("".join(words).split())))


def _of_words(block: Block, level: int) -> tuple[list[Finding], int]:
    """The findings about a text block that follows a heading of `level`, and the level after it."""
    reader = _Marks()
    reader.feed(block["html"])
    reader.close()
    found = []
    for tag, words in reader.found:
        if tag == "a":
            found += _of_link(words, block["id"])
        else:
            found += _of_heading(tag, words, level, block["id"])
            level = HEADINGS[tag]
    return found, level


def _of_heading(tag: str, words: str, level: int, block_id: str) -> Iterator[Finding]:
    if not words:
        yield Finding(
            must=True, sentence=_("A heading has no words. Write some, or take it out."), block_id=block_id
        )
    if HEADINGS[tag] > level + 1:
        said = _("“%(short)s” is a smaller heading with no larger one before it. Make it a heading.") % {
            "short": _short(words)
        }
        yield Finding(must=True, sentence=said, block_id=block_id)


def _of_link(words: str, block_id: str) -> Iterator[Finding]:
    bare = words.lower().strip(" .…>»→:")
    if not words:
        yield Finding(must=True, sentence=_("A link has no words: nobody can follow it."), block_id=block_id)
    elif SAYS_NOTHING.fullmatch(bare):
        said = _("The link “%(short)s” does not say where it leads. Name the page it opens.") % {
            "short": _short(words)
        }
        yield Finding(must=False, sentence=said, block_id=block_id)
    elif AN_ADDRESS.fullmatch(words):
        said = _("The link “%(short)s” is read out letter by letter. Name the page instead.") % {
            "short": _short(words)
        }
        yield Finding(must=False, sentence=said, block_id=block_id)


def _taken_off(blocks: Iterable[Block]) -> set[str]:
    """Which of the quotations somebody took off the record: they do not come back with a text."""
    names = [block["quotation"] for block in blocks if block["kind"] == "quotation" and block["quotation"]]
    removed = Act.objects.filter(verb="removed", subject_kind="quotation", subject__in=names) if names else []
    return {act.subject for act in removed}


def _of_quotation(block: Block, taken: set[str]) -> Iterator[Finding]:
    if block["quotation"] in taken:
        said = _("A quotation was taken off the record. Take it out of the text too.")
        yield Finding(must=True, sentence=said, block_id=block["id"])
    elif not block["said_by"]:
        said = _("“%(short)s” does not say whose words it is. “One table of six” is enough.") % {
            "short": _short(block["text"])
        }
        yield Finding(must=False, sentence=said, block_id=block["id"])


def _of_thing(block: Block, seen: dict[str, Model], against: Against) -> Iterator[Finding]:
    kind = block["kind"]
    thing = seen.get(block["attachment" if kind == "file" else kind])
    if thing is None:
        yield Finding(
            must=True, sentence=_("%(gone)s Take this part out.") % {"gone": GONE[kind]}, block_id=block["id"]
        )
        return
    for must, sentence, address in _said_of(thing, block, against):
        yield Finding(must=must, sentence=sentence, block_id=block["id"], help_url=address)


def _said_of(thing: Model, block: Block, against: Against) -> Iterator[tuple[bool, str, str]]:
    """For each shortcoming of what a block names: whether it must be mended, a sentence, and where."""
    match thing:
        case Photo():
            yield from _of_photo(thing, against)
        case Illustration():
            lacking = [NO_ALT] if not thing.alt else []
            lacking += [NO_BASIS] if not thing.basis else []
            lacking += [NO_NOTE] if thing.basis in NEEDS_A_NOTE and not thing.basis_note else []
            yield from ((True, f"{_called(thing)}: {sentence}", "") for sentence in lacking)
        case Film() if not thing.alternative.strip():
            yield (
                True,
                _(
                    "The film “%(thing)s” has no words for those who cannot watch it. Say what is said and "
                    "shown."
                )
                % {"thing": thing},
                "",
            )
        case Attachment() if not thing.title.strip():
            yield True, _("The file %(file_name)s has no title.") % {"file_name": thing.file_name}, ""
        case Story() if block["excerpt"] and not thing.says(block["excerpt"]):
            yield (
                False,
                _("The words cited from “%(thing)s” are not in that story as it stands, so they do not show.")
                % {"thing": thing},
                thing.get_absolute_url(),
            )


def _of_photo(photo: Photo, against: Against) -> Iterator[tuple[bool, str, str]]:
    if photo.is_on_show:
        return
    reasons = against[photo.pk]
    if reasons is None:
        yield (
            True,
            _("%(called)s is not on record. Ask those who run %(event)s to publish it.")
            % {"called": _called(photo), "event": photo.event},
            "",
        )
        return
    address = reverse("photo_edit", args=[photo.identifier])
    for reason in reasons:
        yield True, f"{_called(photo)}: {reason.sentence}", address


def _called(picture: Model) -> str:
    return f"“{_short(str(picture))}”"


def _short(words: str) -> str:
    return words if len(words) <= SHORTENED else f"{words[: SHORTENED - 1].rstrip()}…"
