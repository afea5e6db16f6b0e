"""Events and what belongs to them, principles, posts and stories, as the API tells them."""

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Greatest

from archive.api.facts import (
    DAY,
    MAYBE_NUMBER,
    MAYBE_WORDS,
    MOMENT,
    NUMBER,
    WORDS,
    YES_NO,
    moment,
    of_thing,
    one_of,
    own,
    record,
    several,
)
from archive.api.kinds import Filter, Kind
from archive.cite.work import Work, whole
from events.models import Event, Quotation, Series
from journal.models import Post, Story
from people.guests import ANYBODY
from principles.models import Principle, PrincipleSet, Wording

OF_EVENT = {"event": Filter("Of this event, as in its address.", "event__slug")}


def with_event(rows: QuerySet) -> QuerySet:
    """With `stamp`: what belongs to an event comes into sight with it; the later of two times, or the one."""
    return rows.annotate(stamp=Greatest("changed_at", "event__changed_at", output_field=DateTimeField()))


def of_one_event(rows: QuerySet) -> QuerySet:
    parts = ("event__organisers__person", "event__organisers__organisation")
    return rows.select_related("event").prefetch_related(*parts)


def _events() -> QuerySet[Event]:
    return Event.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at"))


def _held(events: QuerySet[Event]) -> QuerySet[Event]:
    parts = ("organisers__person", "organisers__organisation", "principle_sets", "tags")
    return events.select_related("series", "writing").prefetch_related(*parts)


def _tags(one: Event | Post) -> list[str]:
    return sorted(tag.slug for tag in one.tags.all())


def _wordings(principle: Principle) -> list[dict[str, object]]:
    by_version = sorted(principle.wordings.all(), key=lambda wording: wording.version)
    return [_wording(wording) for wording in by_version]


def _wording(wording: Wording) -> dict[str, object]:
    return {
        "id": wording.identifier,
        "version": wording.version,
        "text": wording.text,
        "status": wording.status,
        "source": wording.source,
        "doubt": wording.doubt,
        "added_at": moment(wording.added_at),
    }


WORDING = record(
    {
        "id": WORDS,
        "version": NUMBER,
        "text": WORDS,
        "status": one_of(Wording.Status.choices),
        "source": WORDS,
        "doubt": WORDS,
        "added_at": MOMENT,
    }
)

EVENTS = Kind(
    "events", "event", "Meetings, trips, launches and calls, and the records they became.", _events, _held,
    (
        own("slug", WORDS, "How it is called in addresses."),
        own("name", WORDS, "Its name."),
        own("first_day", DAY, "The first day that its date covers."),
        own("last_day", DAY, "The last day that its date covers."),
        own("place", WORDS, "Where it was; empty where that is not known."),
        own("status", one_of(Event.Status.choices), "From announced to a complete record."),
        own("attendance_stated", WORDS, "How many came, as the record says it."),
        own("attendance", MAYBE_NUMBER, "How many came, as a number."),
        of_thing("series", MAYBE_WORDS, "Its series, as in its address.",
                 lambda event: event.series.slug if event.series else None),
        of_thing("principle_sets", several(WORDS), "The ids of the sets of principles it used.",
                 lambda event: [one.identifier for one in event.principle_sets.all()]),
        of_thing("tags", several(WORDS), "Its tags.", _tags),
        of_thing("is_cancelled", YES_NO, "Whether it did not take place.",
                 lambda event: event.cancelled_at is not None),
        own("is_invented", YES_NO, "Whether its write-up and notes are made up, as a demonstration."),
    ),
    {"series": Filter("Of this series, as in its address.", "series__slug")},
)  # fmt: skip
QUOTATIONS = Kind(
    "quotations", "quotation", "What a group or a person said, each citable on its own.",
    lambda: with_event(Quotation.objects.visible_to(ANYBODY)), of_one_event,
    (
        of_thing("event", WORDS, "The event, as in its address.", lambda one: one.event.slug),
        own("said_by", WORDS, "Who said it, as the record puts it."),
    ),
    OF_EVENT,
)  # fmt: skip
SETS = Kind(
    "sets", "set", "Sets of principles.", lambda: PrincipleSet.objects.visible_to(ANYBODY),
    lambda rows: rows.prefetch_related("principles"),
    (
        own("slug", WORDS, "How it is called in addresses."),
        own("name", WORDS, "Its name."),
        own("authors", WORDS, "Who made it, as stated."),
        own("year", WORDS, "When, as stated."),
        own("source", WORDS, "Where it was found."),
        of_thing("principles", several(WORDS), "The ids of its principles, in their order.",
                 lambda one: [p.identifier for p in sorted(one.principles.all(), key=lambda p: p.position)]),
    ),
    is_dated=False,
)  # fmt: skip
PRINCIPLES = Kind(
    "principles", "principle", "Principles, each with every wording it ever had.",
    lambda: Principle.objects.visible_to(ANYBODY),
    lambda rows: rows.select_related("set").prefetch_related("wordings"),
    (
        own("name", WORDS, "Its name."),
        own("position", NUMBER, "Its place in its set."),
        of_thing("set", WORDS, "The id of its set.", lambda one: one.set.identifier),
        of_thing("wordings", several(WORDING), "Its wordings, the oldest first, with any doubt.",
                 _wordings),
    ),
    {"set": Filter("Of the set with this id.", "set__identifier")},
    is_dated=False,
)  # fmt: skip
POSTS = Kind(
    "posts", "post", "Articles of the journal: what they are about, and where they stand.",
    lambda: Post.objects.visible_to(ANYBODY).annotate(stamp=Greatest("changed_at", "published_at")),
    lambda rows: rows.select_related("writing", "series").prefetch_related("authors__person", "tags"),
    (
        own("slug", WORDS, "How it is called in addresses."),
        own("published_at", MOMENT, "When it was published, in UTC."),
        of_thing("series", MAYBE_WORDS, "Its series, as in its address.",
                 lambda post: post.series.slug if post.series else None),
        own("part", MAYBE_NUMBER, "Its place in that series."),
        of_thing("tags", several(WORDS), "Its tags.", _tags),
        own("is_invented", YES_NO, "Whether it is made up, as a demonstration."),
    ),
)  # fmt: skip
STORIES = Kind(
    "stories", "story", "Stories that people sent in and let everybody read.",
    lambda: Story.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at")),
    lambda rows: rows.select_related("call", "consent__wording"),
    (
        of_thing("call", WORDS, "The call it answers, as in its address.", lambda story: story.call.slug),
        own("topic", WORDS, "What it is about, of what the call asked."),
        own("is_transcript", YES_NO, "Whether it was written down from a recording."),
    ),
)  # fmt: skip


def _series_work(series: Series) -> Work:
    return Work(
        kind="series",
        identifier=series.identifier,
        title=series.name,
        genre="series of events",
        url=whole(series.get_absolute_url()),
        abstract=series.summary,
    )


SERIES = Kind(
    "series", "series", "Events that belong together.", lambda: Series.objects.visible_to(ANYBODY),
    lambda rows: rows,
    (own("slug", WORDS, "How it is called in addresses."), own("name", WORDS, "Its name.")),
    is_dated=False, work=_series_work,
)  # fmt: skip
