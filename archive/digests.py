"""The digest: what is new since the last one, for each who asked; nothing new, no letter.

It is due with each new week or month, by the site's own clock. Writing it twice gives one: the last
one's time stands beside the address, under its row lock, and the letter's key names the period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, RecordChange
from journal.models import Post, StoryCall
from people.guests import ANYBODY
from people.models import Subscriber
from people.outbox import whole_address, write_letter
from people.subscribing import own_address, stop_address
from responses.following import passed
from responses.models import Follower

MOST = 20  # lines of each part; the pages have the rest


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is new: what it is called, and the whole address of its page where it has one."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new for one subscriber, the parts in their order; an empty part is left out."""

    events: Sequence[Line] = ()
    posts: Sequence[Line] = ()
    calls: Sequence[Line] = ()
    notes: Sequence[Line] = ()

    @property
    def parts(self) -> list[tuple[str, Sequence[Line]]]:
        named = (
            (_("Events and records"), self.events),
            (_("In the journal"), self.posts),
            (_("Calls for stories"), self.calls),
            (_("Notes you follow"), self.notes),
        )
        return [(name, lines) for name, lines in named if lines]


def digest_for(subscriber: Subscriber, until: datetime) -> Digest:
    """What everybody may see that came up after the last digest and by `until`, as far as it is wanted."""
    span = (subscriber.told_until, until)
    return Digest(
        events=lines_of(new_events(*span)) if subscriber.wants_records else (),
        posts=lines_of(new_posts(*span)) if subscriber.wants_journal else (),
        calls=lines_of(new_calls(*span)) if subscriber.wants_calls else (),
        notes=list(note_lines(subscriber, *span)) if subscriber.wants_notes else (),
    )


def new_events(since: datetime, until: datetime) -> Sequence[Event]:
    """Events that came on record, and those whose write-up was published."""
    kind = RecordChange.Kind.PUBLISHED
    published = RecordChange.objects.filter(kind=kind, at__gt=since, at__lte=until).values("event")
    events = Event.objects.visible_to(ANYBODY).annotate(first=Min("changes__at"))
    came = Q(first__gt=since, first__lte=until) | Q(pk__in=published)
    return events.filter(came).newest_first()[:MOST]


def new_posts(since: datetime, until: datetime) -> Sequence[Post]:
    posts = Post.objects.visible_to(ANYBODY).filter(published_at__gt=since, published_at__lte=until)
    return posts.newest_first()[:MOST]


def new_calls(since: datetime, until: datetime) -> Sequence[StoryCall]:
    return StoryCall.objects.visible_to(ANYBODY).filter(opens_at__gt=since, opens_at__lte=until)[:MOST]


def lines_of(things: Sequence[Event | Post | StoryCall]) -> list[Line]:
    return [Line(str(thing), whole_address(thing.get_absolute_url())) for thing in things]


def note_lines(subscriber: Subscriber, since: datetime, until: datetime) -> Iterator[Line]:
    """What happened to the notes it follows, and never a word of them."""
    follows = Follower.objects.filter(subscriber=subscriber, note__withdrawn_at=None).order_by("since")
    for follower in follows.select_related("note__station", "note__board__event")[:MOST]:
        steps = [step.what for step in passed(follower.note) if since < step.at <= until]
        if steps:
            yield Line(f"{follower.note.label}: {'. '.join(map(str, reversed(steps)))}.")


def period_of(at: datetime, every: str) -> str:
    """The week or the month that `at` lies in: "2026-W47" or "2026-11"."""
    pattern = "%G-W%V" if every == Subscriber.Every.WEEK else "%Y-%m"
    return timezone.localtime(at).strftime(pattern)


def due(now: datetime) -> list[int]:
    """Who is due: a new week or month has begun since they were last told. Their primary keys."""
    confirmed = Subscriber.objects.confirmed().order_by("email").values_list("pk", "told_until", "every")
    return [pk for pk, told, every in confirmed if period_of(told, every) != period_of(now, every)]


def write_due_digests(now: datetime | None = None) -> int:
    """Write the digest of everybody who is due; how many letters that was. Doing it again writes none."""
    now = now or timezone.now()
    return sum(write_digest(pk, now) for pk in due(now))


@transaction.atomic
def write_digest(pk: int, now: datetime) -> bool:
    """Write one subscriber's digest unless somebody did meanwhile; whether there was anything new."""
    subscriber = Subscriber.objects.confirmed().select_for_update().filter(pk=pk).first()
    if subscriber is None or period_of(subscriber.told_until, subscriber.every) == period_of(
        now, subscriber.every
    ):
        return False
    parts = digest_for(subscriber, now).parts
    letter = parts and send(subscriber, parts, now)
    subscriber.told_until = now
    subscriber.save(update_fields=["told_until"])
    return bool(letter)


def send(subscriber: Subscriber, parts: Sequence[tuple[str, Sequence[Line]]], now: datetime) -> object:
    return write_letter(
        "digest", subscriber.email, name="digest",
        context={"parts": parts, "since": subscriber.told_until, "address": own_address(subscriber)},
        key=f"digest {subscriber.pk} {period_of(now, subscriber.every)}",
        unsubscribe=stop_address(subscriber),
    )  # fmt: skip


@task()
def write_digests() -> int:
    return write_due_digests()


def ask_for_digests() -> None:
    """Have the digests written if any is due; done now and then by the running site."""
    if due(timezone.now()):
        write_digests.enqueue()
