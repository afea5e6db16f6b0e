"""Which notes and stories a published text cites, and telling those who follow them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.tasks import task

from journal.blocks import Block
from journal.models import Citation, Draft, Story, Version, Writing
from journal.showing import cited_in
from journal.telling import tell_all_cited
from people.guests import ANYBODY
from responses.telling import tell_followers


def cite(writing: Writing, blocks: Sequence[Block], number: int) -> list[Citation]:
    """Keep what version `number` cites, and no more; whoever follows what is cited anew is told.

    Returns the new citations.
    """
    notes, stories = cited_in(blocks)
    stays = Q(note__in=notes) | Q(story__in=stories)
    Citation.objects.filter(writing=writing).exclude(stays).delete()
    cited = set(Citation.objects.filter(writing=writing).values_list("note", "story"))
    pairs = [*((note.pk, None) for note in notes), *((None, story.pk) for story in stories)]
    new = [pair for pair in pairs if pair not in cited]
    made = Citation.objects.bulk_create(
        Citation(writing=writing, note_id=note, story_id=story, version=number) for note, story in new
    )
    if made:
        tell(writing, number)
    return made


def forget_excerpts(story: Story) -> None:
    """Take the words of a story that was taken back out of every version and draft that has them."""
    for model in (Version, Draft):
        for row in model.objects.filter(blocks__contains=[{"story": story.identifier}]).order_by("pk"):
            row.blocks = [_without_excerpt(block, story) for block in row.blocks]
            row.save(update_fields=["blocks"])


def _without_excerpt(block: Block, story: Story) -> Block:
    return block | {"excerpt": ""} if block.get("story") == story.identifier else block


def tell(writing: Writing, number: int) -> None:
    """Ask for the letters about what version `number` cites first, for when readers can open the text."""
    at = opens_at(writing)
    tell_all_cited(writing, at)
    tell_of_notes.using(run_after=at).enqueue(writing.pk, number)


def opens_at(writing: Writing) -> datetime | None:
    """From when everybody may read it, where that is still to come."""
    public = Writing.objects.visible_to(ANYBODY).filter(pk=writing.pk).exists()
    if public:
        return None
    return writing.event.publish_at if writing.event_id else writing.post.published_at


@task
def tell_of_notes(pk: int, number: int) -> None:
    """Tell whoever follows a note that it is cited, once a day each, where everybody may open the text."""
    writing = Writing.objects.visible_to(ANYBODY).filter(pk=pk).select_related("event", "post").first()
    if writing:
        cited = Citation.objects.filter(writing=writing, version=number).exclude(note=None)
        for citation in cited.select_related("note").order_by("note"):
            tell_followers(citation.note, "cited", where=writing.of.get_absolute_url())
