"""Acts on the texts of events and posts.

A text is saved as its next version where it was begun from the latest one. Whoever was overtaken
gets both texts, and keeps theirs as a draft.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.identifiers import new_identifier
from events.models import Event, Quotation
from journal.blocks import OF_EVENTS, OF_POSTS, Block, clean_words, named, read_blocks, without_empty
from journal.models import Draft, Post, State, Story, Version, Writing
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.words import tidy_words

LONGEST_WHY = 300  # characters
NOT_YOURS = gettext_lazy("Only those who run this event can write here.")
NOT_YOUR_POST = gettext_lazy("Only those who write this post can write here.")


class Overtaken(Refused):
    """Somebody saved meanwhile, or another window kept a newer draft.

    `latest` is the latest version (None: none is saved), `draft` what is kept of this person's.
    """

    def __init__(self, sentence: str, latest: Version | None, draft: Draft | None) -> None:
        super().__init__(sentence)
        self.latest = latest
        self.draft = draft


def writing_of(of: Event | Post, *, by: Viewer | None) -> Writing:
    """The text of an event or post, begun if it has none; refuses those who may not write in it."""
    if by and not of.is_run_by(by):
        raise Refused(NOT_YOURS if isinstance(of, Event) else NOT_YOUR_POST)
    return Writing.objects.get_or_create(**_owner(of))[0]


def must_write(writing: Writing, by: Viewer | None) -> None:
    """Refuses those who may not write in it."""
    if by and not Writing.objects.run_by(by).filter(pk=writing.pk).exists():
        raise Refused(NOT_YOURS if writing.event_id else NOT_YOUR_POST)


def blocks_for(writing: Writing, sent: object) -> list[Block]:
    """`sent` as blocks of the kinds that this text may have, without words of stories that were taken back.

    See `journal.blocks.read_blocks`.
    """
    blocks = read_blocks(sent, OF_EVENTS if writing.event_id else OF_POSTS)
    if not (cited := named(blocks, "story")):
        return blocks
    gone = Story.objects.filter(identifier__in=cited, state=State.WITHDRAWN)
    names = set(gone.values_list("identifier", flat=True))
    return [block | {"excerpt": ""} if block.get("story") in names else block for block in blocks]


@transaction.atomic
def keep_draft(writing: Writing, blocks: Sequence[Block], *, by: Viewer, based_on: int, number: int) -> Draft:
    """Keep what this person is typing; `number` counts the times, so that a late letter undoes nothing.

    Raises Overtaken where a higher number is kept already, or the same with other words, and where
    the same person saved these words as a version.
    """
    must_write(writing, by)
    read = blocks_for(writing, list(blocks))
    held = _locked(writing)
    draft = Draft.objects.filter(writing=held, person=by.person).first()
    if draft is None:
        _must_be_news(held, read, by, based_on)
        leave_trace("began_a_draft", writing.of, by=by)
    elif number < draft.number or (number == draft.number and read != draft.blocks):
        raise Overtaken(_("A newer draft of yours is kept already."), latest_of(held), draft)
    draft = draft or Draft(writing=held, person=by.person)
    draft.blocks, draft.number, draft.saved_at = read, number, timezone.now()
    draft.based_on = max(0, min(based_on, held.version))
    draft.save()
    return draft


def _must_be_news(writing: Writing, blocks: list[Block], by: Viewer, based_on: int) -> None:
    """Refuses a draft that comes after its own words were saved: a window that closed late sends one."""
    latest = latest_of(writing)
    mine = latest is not None and based_on < latest.number and latest.by_id == by.person.pk
    if mine and latest.blocks == without_empty(blocks):
        raise Overtaken(
            _("That is saved already, as version %(number)s.") % {"number": latest.number}, latest, None
        )


@transaction.atomic
def drop_draft(writing: Writing, *, by: Viewer) -> None:
    """Throw away what this person typed and did not save."""
    if Draft.objects.filter(writing=writing, person=by.person).delete()[0]:
        leave_trace("dropped_a_draft", writing.of, by=by)


def save_version(
    writing: Writing,
    blocks: Sequence[Block],
    *,
    by: Viewer | None,
    based_on: int,
    why: str = "",
    is_correction: bool = False,
) -> Version:
    """Save the next version of a text that was begun from version `based_on`; the draft goes.

    What says the same as the latest version is that version. Raises Overtaken where somebody
    saved meanwhile; the words are then kept as this person's draft.
    """
    must_write(writing, by)
    read = blocks_for(writing, list(blocks))
    facts = {"why": line(why), "is_correction": is_correction, "by": by.person if by else None}
    with transaction.atomic():
        version = _saved(writing, without_empty(read), based_on, facts)
        draft = None if version else _kept_aside(writing, read, by, based_on)
        if version and by:
            Draft.objects.filter(writing=writing, person=by.person).delete()
    if version is None:
        raise Overtaken(_("Somebody saved this text after you began."), latest_of(writing), draft)
    writing.version = version.number
    return version


def _saved(writing: Writing, blocks: list[Block], based_on: int, facts: dict) -> Version | None:
    """The version that says these blocks: the latest one if it does so already, or else the next."""
    _name_quotations(writing, blocks)
    mine = Writing.objects.filter(pk=writing.pk, version=based_on)
    latest = latest_of(writing)
    sent_twice = latest and latest.number in (based_on, based_on + 1) and latest.blocks == blocks
    if sent_twice and (latest.number == based_on or latest.by == facts["by"]):
        return latest
    if not mine.update(version=F("version") + 1):
        return None
    leave_trace("wrote", writing.of, by=Viewer(person=facts["by"]) if facts["by"] else None)
    return Version.objects.create(writing=writing, number=based_on + 1, blocks=blocks, **facts)


def _name_quotations(writing: Writing, blocks: list[Block]) -> None:
    """Give each quotation its permanent identifier; one of another event is a new one here."""
    quotations = [block for block in blocks if block["kind"] == "quotation"]
    if not quotations:
        return
    latest = latest_of(writing)
    before = {block["id"]: block.get("quotation", "") for block in (latest.blocks if latest else [])}
    names = {block["quotation"] for block in quotations}
    elsewhere = Quotation.objects.filter(identifier__in=names).exclude(event=writing.event_id)
    taken = {"", *elsewhere.values_list("identifier", flat=True)}
    for block in quotations:
        mine = block["quotation"] or before.get(block["id"], "")
        block["quotation"] = new_identifier() if mine in taken else mine
        taken.add(block["quotation"])


def _kept_aside(writing: Writing, blocks: list[Block], by: Viewer | None, based_on: int) -> Draft | None:
    """The words of whoever was overtaken, kept as their draft."""
    if by is None:
        return None
    _locked(writing)
    draft = Draft.objects.filter(writing=writing, person=by.person).first()
    draft = draft or Draft(writing=writing, person=by.person)
    draft.blocks, draft.based_on, draft.saved_at = blocks, based_on, timezone.now()
    draft.number += 1
    draft.save()
    return draft


def restore_version(version: Version, *, by: Viewer | None, why: str) -> Version:
    """Save an earlier version again as the next one; nothing after it is lost."""
    writing = Writing.objects.get(pk=version.writing_id)
    why = line(why) or f"Back to what version {version.number} said."
    restored = save_version(writing, version.blocks, by=by, based_on=writing.version, why=why)
    leave_trace("restored", writing.of, by=by)
    return restored


def _locked(writing: Writing) -> Writing:
    """The text as it is now, until the transaction ends: so that nobody keeps two drafts at once."""
    return Writing.objects.select_for_update(no_key=True).get(pk=writing.pk)


def latest_of(writing: Writing) -> Version | None:
    return Version.objects.filter(writing=writing).select_related("by").first()


def line(typed: str, most: int = LONGEST_WHY) -> str:
    """A sentence for readers on one line; refuses one of more than `most` characters."""
    said = " ".join(tidy_words(typed[: 10 * most]).split())
    if len(said) > most:
        raise Refused(
            _("That is %(number)s characters where %(most)s fit. Say it shorter.")
            % {"number": len(said), "most": most}
        )
    return said


@transaction.atomic
def write_at_once(of: Event | Post, html: str, *, by: Viewer | None) -> Writing:
    """Give `of` a text of one block that readers see at once: for what comes written already."""
    writing = Writing.objects.create(**_owner(of), version=1, shown=1)
    block = {"id": new_identifier(), "kind": "text", "html": clean_words(html)}
    writing.versions.create(
        number=1, blocks=[block], by=by.person if by else None, published_at=timezone.now()
    )
    leave_trace("wrote", of, by=by)
    return writing


def _owner(of: Event | Post) -> dict[str, Event | Post]:
    return {"event": of} if isinstance(of, Event) else {"post": of}
