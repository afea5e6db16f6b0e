"""What on the desk needs its owner, besides what waits to be looked at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from coproduce.front import Run, events_run_by
from events.models import Event, EventQuerySet, SignUp
from journal.models import Draft, Post
from outcomes.models import Promise
from people.guests import Viewer
from responses.readings.queue import to_read_by_event

SOON = timedelta(days=60)
COMING = 5  # events
# What became of it is not known yet, so that its day matters.
PENDING = (Promise.State.UNKNOWN, Promise.State.LATE)


@dataclass(frozen=True, slots=True)
class Due:
    """A promise whose day is near or past."""

    promise: Promise
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that needs one person, in the order of the desk.

    `to_read` counts paper notes that wait for a reader, by event; `runs` are the events they
    organise with what differs in each, and `helps` those where they have another role.
    """

    runs: Sequence[Run]
    helps: Sequence[Event]
    to_read: Counter[int]
    due: Sequence[Due]
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
    def in_runs(self) -> int:
        return sum(run.needing for run in self.runs)


def needs_of(viewer: Viewer) -> Needs:
    """What needs `viewer`, as far as their roles reach."""
    events, runs = Event.objects.helped_by(viewer), events_run_by(viewer)
    return Needs(
        runs=runs,
        helps=list(events.exclude(pk__in=[run.event.pk for run in runs]).newest_first()),
        to_read=to_read_by_event(viewer),
        due=list(_due(viewer, timezone.localdate())),
        drafts=list(Draft.objects.visible_to(viewer).select_related("writing__event", "writing__post")),
        unpublished_events=list(
            Event.objects.run_by(viewer).filter(status=Event.Status.DRAFT).newest_first()
        ),
        unpublished_posts=list(Post.objects.run_by(viewer).filter(published_at=None).order_by("-pk")),
        coming=list(_coming(events)[:COMING]),
    )


def _due(viewer: Viewer, today: date) -> list[Due]:
    there = Event.objects.run_by(viewer)
    promises = Promise.objects.visible_to(viewer).filter(event__in=there, state__in=PENDING).exclude(due="")
    found = [(promise.due_span.last, promise) for promise in promises.select_related("event")]
    found = sorted((one for one in found if one[0] - today <= SOON), key=lambda one: one[0])
    return [Due(promise, is_overdue=last < today) for last, promise in found]


def _coming(events: EventQuerySet) -> EventQuerySet:
    """Events ahead, the next first: `going` have a place, `on_list` wait for one."""
    going = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.GOING))
    on_list = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.WAITING))
    ahead = events.filter(last_day__gte=timezone.localdate(), cancelled_at=None)
    return ahead.annotate(going=going, on_list=on_list).order_by("first_day", "pk")
