"""Acts on calls for stories."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.models import StoryCall
from journal.slugs import free_slug
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.words import tidy_words

LONGEST_PROMPT = 3000  # characters
LONGEST_TOPIC = 100
MOST_TOPICS = 20
UNTITLED = gettext_lazy("Say in a few words what the call is for.")
NO_PROMPT = gettext_lazy("Say what you ask people to tell.")


@transaction.atomic
def begin_call(
    *, by: Viewer | None, title: str, prompt: str, topics: Sequence[str] = (),
    events: Sequence[Event] = (), opens_at: datetime | None = None, closes_at: datetime | None = None,
    is_invented: bool = False,
) -> StoryCall:  # fmt: skip
    """A call for stories; nobody else sees it before `opens_at`, and without one not at all.

    Refuses somebody who may not organise, and a call without a title or a prompt.
    """
    if by is not None and not by.may_organise:
        raise Refused(_("Only organisers call for stories. A steward can make you one."))
    call = StoryCall(by=by.person if by else None, is_invented=is_invented)
    call.slug = free_slug(StoryCall.objects.all(), title, "call")
    _keep(call, title, prompt, topics, opens_at, closes_at)
    call.events.set(events)
    leave_trace("began", call, by=by)
    return call


@transaction.atomic
def edit_call(
    call: StoryCall, *, by: Viewer | None, title: str, prompt: str, topics: Sequence[str],
    events: Sequence[Event], opens_at: datetime | None, closes_at: datetime | None,
) -> None:  # fmt: skip
    """Change what a call says, or when it takes stories. Its address and its stories stay.

    Events that `by` may not see stay linked. Refuses to hide a call that stories were told to.
    """
    if by is not None and not call.is_run_by(by):
        raise Refused(_("Only whoever began this call and the stewards can change it."))
    if (opens_at is None or opens_at > timezone.now()) and call.stories.exists():
        raise Refused(_("Stories were told to this call, so it stays public. You can close it instead."))
    unseen = call.events.exclude(pk__in=Event.objects.visible_to(by)) if by else ()
    _keep(call, title, prompt, topics, opens_at, closes_at)
    call.events.set({*events, *unseen})
    leave_trace("changed", call, by=by)


def _keep(
    call: StoryCall, title: str, prompt: str, topics: Sequence[str],
    opens_at: datetime | None, closes_at: datetime | None,
) -> None:  # fmt: skip
    call.title, call.prompt = " ".join(tidy_words(title).split())[:200], tidy_words(prompt)
    if not call.title or not call.prompt:
        raise Refused(NO_PROMPT if call.title else UNTITLED)
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused(_("It has to take stories for a while before it closes."))
    call.topics = _topics(topics)
    call.opens_at, call.closes_at = opens_at, closes_at
    call.save()


def _topics(topics: Sequence[str]) -> list[str]:
    tidy = (" ".join(tidy_words(topic).split()) for topic in topics)
    kept = list(dict.fromkeys(topic for topic in tidy if topic))
    if len(kept) > MOST_TOPICS or any(len(topic) > LONGEST_TOPIC for topic in kept):
        raise Refused(
            _("At most %(most_topics)s topics, each of %(longest_topic)s letters at most.")
            % {"most_topics": MOST_TOPICS, "longest_topic": LONGEST_TOPIC}
        )
    return kept
