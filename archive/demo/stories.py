"""A call for stories and what was told to it, all invented, through the same acts that people use."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from archive.demo.tables import read_table
from events.models import Event
from journal.judging import judge
from journal.models import State, StoryCall
from journal.spam.screening import Verdict
from journal.stories import Words, tell_story
from journal.story_calls import begin_call
from people.consent import STORY_WORDINGS, consent_given
from people.guests import Viewer


def tell_stories(*, by: Viewer) -> None:
    """The call, by the demo organiser, who also looks at the stories; one of them still waits."""
    table = read_table("stories")
    row = table["call"]
    events = Event.objects.filter(slug__in=row.pop("events"))
    opens = timezone.now() - timedelta(days=30)
    call = begin_call(by=by, events=events, opens_at=opens, is_invented=True, **row)
    for number, story in enumerate(table["stories"], 1):
        tell(call, number, story, by=by)


def tell(call: StoryCall, number: int, row: dict, *, by: Viewer) -> None:
    consent = consent_given(public=row["public"], research=row["research"], version=max(STORY_WORDINGS))
    words = Words(row["text"].strip(), title=row["title"], topic=row["topic"], name=row.get("name", ""))
    told = tell_story(
        call,
        by=Viewer(guest_key=f"demo storyteller {number}"),
        key=UUID(int=number, version=4),
        words=words,
        consent=consent,
        verdict=Verdict(),
    )
    if row["shown"]:
        judge(told.story, State.SHOWN, by=by)
