"""Makers of calls for stories, of stories, and of what is sent with the form."""

import time
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from journal.judging import judge
from journal.models import State, Story, StoryCall
from journal.spam.screening import Verdict
from journal.spam.tokens import form_token
from journal.stories import Told, Words, tell_story
from journal.story_calls import begin_call
from journal.story_forms import page_of
from people.consent import STORY_WORDINGS, consent_given
from people.guests import Viewer

BEN = Viewer(guest_key="ben")
TOLD = "They listened, for once, and then they wrote it down."


def call_for(by: Viewer | None, **fields: object) -> StoryCall:
    """A call that is open, unless `fields` say otherwise."""
    defaults = {
        "title": "A good day", "prompt": "Tell us about it.", "topics": ["A meeting", "A letter"],
        "opens_at": timezone.now() - timedelta(days=1),
    }  # fmt: skip
    return begin_call(by=by, **defaults | fields)


def told(
    call: StoryCall, text: str = TOLD, *, by: Viewer = BEN, public: bool = True, research: bool = True,
    email: str = "", **words: object,
) -> Told:  # fmt: skip
    """A story that waits."""
    consent = consent_given(public=public, research=research, version=max(STORY_WORDINGS))
    facts = {"key": uuid4(), "words": Words(text, **words), "consent": consent, "verdict": Verdict()}
    return tell_story(call, by=by, email=email, **facts)


def shown(call: StoryCall, moderator: Viewer, text: str = TOLD, **facts: object) -> Told:
    """A story that `moderator` has shown."""
    made = told(call, text, **facts)
    judge(made.story, State.SHOWN, by=moderator)
    return made


def typed(call: StoryCall, **fields: object) -> dict[str, object]:
    """What a browser sends with the form of a call, ten seconds after it was opened."""
    token = form_token(page_of(call), made_at=time.time() - 10)
    return {"text": TOLD, "token": token, "key": str(uuid4()), "asked": max(STORY_WORDINGS), **fields}


def standing(made: Told) -> Story:
    """The story as it stands now."""
    return Story.objects.get(pk=made.story.pk)
