"""What on the desk needs its owner, besides what waits to be looked at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from coproduce.desk.due import Due, Unanswered, due_for, to_decide, unanswered
from coproduce.front import Run, events_run_by
from events.models import Event, EventQuerySet, SignUp
from journal.models import Draft, Post
from outcomes.models import Amendment, CallUpdate
from people.guests import Viewer
from responses.readings.queue import to_read_by_event

COMING = 5  # events


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that needs one person, in the order of the desk.

    `to_read` counts paper notes that wait for a reader, by event; `runs` are the events they
    organise with what differs in each, and `helps` those where they have another role. `due` has what
    was promised and decided, `to_decide` the amendments whose time for marks is over.
    """

    runs: Sequence[Run]
    helps: Sequence[Event]
    to_read: Counter[int]
    due: Sequence[Due]
    to_decide: Sequence[Amendment]
    unanswered: Sequence[Unanswered]
    progress: Sequence[CallUpdate]
    drafts: Sequence[Draft]
    unpublished_events: Sequence[Event]
    unpublished_posts: Sequence[Post]
    coming: Sequence[Event]

    @property
    def overdue(self) -> int:
        return sum(due.is_overdue for due in self.due)

    @property
    def in_draft(self) -> int:
        return len(self.drafts) + len(self.unpublished_events) + len(self.unpublished_posts)

    @property
    def to_rule_on(self) -> int:
        return sum(run.to_rule_on for run in self.runs)

    @property
    def needing(self) -> int:
        """How many things need them, besides what waits to be looked at."""
        return self.in_runs + self.overdue + len(self.to_decide) + len(self.progress) + self.in_draft

    @property
    def in_runs(self) -> int:
        return sum(run.needing for run in self.runs)


def needs_of(viewer: Viewer) -> Needs:
    """What needs `viewer`, as far as their roles reach."""
    events, runs = Event.objects.helped_by(viewer), events_run_by(viewer)
    return Needs(
        runs=runs,
        helps=list(events.exclude(pk__in=[run.event.pk for run in runs]).newest_first()),
        to_read=to_read_by_event(viewer),
        due=due_for(viewer, timezone.localdate()),
        to_decide=to_decide(viewer),
        unanswered=unanswered([run.event for run in runs]),
        progress=list(
            CallUpdate.objects.visible_to(viewer).waiting_for(viewer).select_related("call", "signature")
        ),
        drafts=list(Draft.objects.visible_to(viewer).select_related("writing__event", "writing__post")),
        unpublished_events=list(
            Event.objects.run_by(viewer).filter(status=Event.Status.DRAFT).newest_first()
        ),
        unpublished_posts=list(Post.objects.run_by(viewer).filter(published_at=None).order_by("-pk")),
        coming=list(_coming(events)[:COMING]),
    )


def _coming(events: EventQuerySet) -> EventQuerySet:
    """Events ahead, the next first: `going` have a place, `on_list` wait for one."""
    going = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.GOING))
    on_list = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.WAITING))
    ahead = events.filter(last_day__gte=timezone.localdate(), cancelled_at=None)
    return ahead.annotate(going=going, on_list=on_list).order_by("first_day", "pk")
