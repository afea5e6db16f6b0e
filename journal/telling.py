"""Letters to whoever told a story: it arrived, and a text cites it. No word of the story is in them.

That it is shown, or not and why, is told by `journal.telling_writers`.
"""

from datetime import datetime

from django.tasks import task
from django.urls import reverse
from django.utils.crypto import salted_hmac

from journal.models import Citation, State, Story, Writing
from people.guests import ANYBODY
from people.limits import DAY, Limit, add
from people.outbox import whole_address, write_letter
from responses.receipts import receipt_of

# Anybody can type somebody else's address, which is not to be flooded through this site.
RECEIVED = Limit("letters that a story arrived", 3, DAY)


def _holder(email: str) -> str:
    return salted_hmac("story letters", email.lower(), algorithm="sha256").hexdigest()[:32]


def address_of_own(story: Story) -> str:
    """Where its teller sees it and may change it or take it back; empty where the code cannot be told."""
    receipt = receipt_of(story.key, story.receipt_hash or "")
    return reverse("my_story", args=[receipt]) if receipt else ""


def tell_received(story: Story) -> None:
    """Say that it arrived, and how to come back to it; three times a day to one address."""
    if story.email and add((RECEIVED, _holder(story.email)))[0] <= RECEIVED.most:
        context = {"call": story.call, "own_address": whole_address(address_of_own(story))}
        write_letter("story", story.email, name="story_received", context=context, key=f"story {story.pk}")


def tell_storyteller(story: Story, writing: Writing) -> None:
    """Say that a text cites the story, once for each text, and not before readers can open the text."""
    if not story.email or story.state == State.WITHDRAWN:
        return
    if not Writing.objects.visible_to(ANYBODY).filter(pk=writing.pk).exists():
        return
    context = {
        "of": writing.of,
        "address": whole_address(writing.of.get_absolute_url()),
        "own_address": whole_address(address_of_own(story)),
    }
    key = f"story_cited {story.pk} {writing.pk}"
    write_letter("story", story.email, name="story_cited", context=context, key=key)


def tell_all_cited(writing: Writing, at: datetime | None = None) -> None:
    """Ask for the letters to everybody whose story a text cites, to be written at `at` or now."""
    tell_cited.using(run_after=at).enqueue(writing.pk)


@task
def tell_cited(pk: int) -> None:
    """Write them, as far as readers can open the text by then; those told before are not told again."""
    cited = Citation.objects.filter(writing=pk).exclude(story=None).select_related("story", "writing")
    for citation in cited.order_by("story__email"):
        tell_storyteller(citation.story, citation.writing)
