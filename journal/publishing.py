"""Putting a text before its readers, and taking it away from them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Quotation, RecordChange
from events.record import log_change
from journal.blocks import Block, named
from journal.checks import Finding, findings
from journal.citing import cite
from journal.models import Attachment, Film, Illustration, Version, Writing
from journal.showing import photos_for
from journal.writing import LONGEST_WHY, Overtaken, latest_of, line, must_write
from people.guests import ANYBODY, Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.photos.publishing import publish_photo

FIRST = "The write-up was published."
BEFORE = "The write-up was changed before anybody could read it."
NO_TEXT = gettext_lazy("There is no text to publish yet. Write and save one first.")
SAY_WHY = gettext_lazy("Say in a sentence what changed: readers see it in the list of changes.")
ENCLOSED = {"film": Film, "file": Attachment, "illustration": Illustration}


class NotPublished(Refused):
    """A text that was not published, for every one of its `findings`."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(" ".join(str(finding.sentence) for finding in found))
        self.findings = found


@transaction.atomic
def publish_text(
    writing: Writing,
    *,
    by: Viewer | None,
    why: str = "",
    is_correction: bool = False,
    seen: int | None = None,
) -> Version:
    """Show the latest version to readers, and put its photographs on record with it.

    `why` says what changed; readers of what was public already are owed it. Raises NotPublished
    with everything that must be put right first. With `seen`, the number of the version that `by`
    has read, it raises Overtaken where somebody saved a later one.
    """
    must_write(writing, by)
    held = Writing.objects.select_for_update(no_key=True).get(pk=writing.pk)
    if (latest := latest_of(held)) is None:
        raise Refused(NO_TEXT)
    if seen is not None and latest.number != seen:
        raise Overtaken(_("Somebody saved this text after you did. Read theirs, then publish."), latest, None)
    if held.shown == latest.number:
        return latest
    _must_be_ready(held, latest, by)
    before = held.versions.filter(number=held.shown).first()
    latest.why = line(why) or latest.why
    latest.is_correction |= is_correction
    _must_say_why(held, latest, before)
    _show(held, latest, before, by)
    writing.shown = held.shown
    return latest


def _must_be_ready(writing: Writing, latest: Version, by: Viewer | None) -> None:
    found = findings(writing, latest.blocks, by or Viewer(person=None))
    if stops := [finding for finding in found if finding.must]:
        raise NotPublished(stops)


def _must_say_why(writing: Writing, latest: Version, before: Version | None) -> None:
    if before and not latest.why and Writing.objects.visible_to(ANYBODY).filter(pk=writing.pk).exists():
        raise Refused(SAY_WHY)


def _show(writing: Writing, latest: Version, before: Version | None, by: Viewer | None) -> None:
    for photo in photos_for(writing, by or ANYBODY).filter(identifier__in=named(latest.blocks, "photo")):
        if not photo.is_on_show:
            publish_photo(photo, by=by)
    latest.published_at = timezone.now()
    latest.save(update_fields=["published_at", "why", "is_correction"])
    writing.shown = latest.number
    writing.save(update_fields=["shown"])
    _enclose(writing, latest.blocks)
    if writing.event_id:
        _keep_quotations(writing, latest.blocks, before.blocks if before else [], by)
        _log(writing, latest, before, by)
    cite(writing, latest.blocks, latest.number)
    leave_trace("published_text", writing.of, by=by)


def _enclose(writing: Writing, blocks: Sequence[Block]) -> None:
    """Show the films, files and pictures that the blocks name, and no others."""
    for kind, model in ENCLOSED.items():
        own, names = model.objects.filter(writing=writing), named(blocks, kind)
        own.filter(identifier__in=names).update(is_shown=True)
        own.exclude(identifier__in=names).update(is_shown=False)


def _keep_quotations(
    writing: Writing, blocks: Sequence[Block], before: Sequence[Block], by: Viewer | None
) -> None:
    """Make each quotation of the text its own citable item; those left out of it are none any more."""
    quoted = [block for block in blocks if block["kind"] == "quotation"]
    left_out = set(named(before, "quotation")) - set(named(blocks, "quotation"))
    for quotation in writing.event.quotations.filter(identifier__in=left_out):
        leave_trace("left_out", quotation, by=by)
        quotation.delete()
    for position, block in enumerate(quoted, 1):
        facts = {"text": block["text"], "said_by": block["said_by"], "position": position}
        Quotation.objects.update_or_create(identifier=block["quotation"], event=writing.event, defaults=facts)


def _log(writing: Writing, latest: Version, before: Version | None, by: Viewer | None) -> None:
    """Add the line to the record's public change log."""
    kinds = RecordChange.Kind
    changed = kinds.CORRECTED if latest.is_correction else kinds.CHANGED
    writing.event.changes.create(
        kind=changed if before else kinds.PUBLISHED,
        what=(latest.why or BEFORE) if before else FIRST,
        version=latest.number,
        by=by.person if by else None,
    )


@transaction.atomic
def unpublish_text(writing: Writing, *, by: Viewer | None, why: str) -> None:
    """Take a text away from readers; its versions stay for those who write."""
    must_write(writing, by)
    held = Writing.objects.select_for_update(no_key=True).get(pk=writing.pk)
    shown = held.versions.filter(number=held.shown).first()
    if shown is None:
        return
    if not (why := line(why)):
        raise Refused(_("Say in a sentence why readers do not see it any more."))
    held.shown = None
    held.save(update_fields=["shown"])
    held.versions.update(published_at=None)
    _enclose(held, [])
    if held.event_id:
        _keep_quotations(held, [], shown.blocks, by)
        # A line of the change log leads to no version that nobody may read.
        held.event.changes.exclude(version=None).update(version=None)
        log_change(held.event, f"The write-up was taken away: {why}"[:LONGEST_WHY], by=by)
    cite(held, [], shown.number)
    writing.shown = None
    leave_trace("took_text_away", held.of, by=by, why=why)
