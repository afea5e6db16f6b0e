"""Principles, events and what was written about them, from the tables of a package."""

from collections.abc import Iterator
from html import escape
from uuid import NAMESPACE_URL, uuid5

from django.utils.text import slugify

from archive.whole.known import Known, Row, kept, last_part, number, truth, when
from archive.whole.package import Package
from coproduce.identifiers import new_identifier
from events.edtf import parse_date
from events.models import Event, EventOrganiser, Quotation, RecordChange, Series
from journal.models import Post, PostSeries, Story, StoryCall, Version, Writing
from journal.models.sent import State
from people.consent import STORY_WORDINGS, consent_given
from people.models import Organisation
from principles.models import Principle, PrincipleSet, Wording

BROUGHT = "Taken in from a package of the archive"


def restore_principles(package: Package, known: Known) -> None:
    def a_set(row: Row) -> PrincipleSet:
        return PrincipleSet(**kept(row, "identifier", "slug", "name", "authors", "year", "summary", "source"))

    def a_principle(row: Row) -> Principle:
        of, place = known.key("principle_sets", row["set"]), number(row["position"])
        names = kept(row, "identifier", "letter", "name")
        return Principle(set_id=of, position=place, slug=last_part(row["permalink"]), **names)

    def a_wording(row: Row) -> Wording:
        of, added = known.key("principles", row["principle"]), when(row["added_at"])
        words = kept(row, "identifier", "text", "status", "doubt", "source")
        return Wording(principle_id=of, version=number(row["version"]), added_at=added, **words)

    known.add_all("principle_sets", package, a_set)
    known.add_all("principles", package, a_principle)
    known.add_all("wordings", package, a_wording)


def restore_events(package: Package, known: Known) -> None:
    def a_series(row: Row) -> Series:
        return Series(**kept(row, "identifier", "slug", "name", "summary"))

    def an_event(row: Row) -> Event:
        span, series = parse_date(row["date"]), known.key("series", row["series"])
        words = kept(row, "identifier", "slug", "name", "date", "place", "attendance_stated", "summary")
        attendance, invented = number(row["attendance"]), truth(row["is_invented"])
        facts = {"status": row["status"], "attendance": attendance, "is_invented": invented}
        return Event(series_id=series, first_day=span.first, last_day=span.last, **facts, **words)

    def a_quotation(row: Row) -> Quotation:
        of = known.key("events", row["event"])
        return Quotation(event_id=of, **kept(row, "identifier", "text", "said_by"))

    known.add_all("series", package, a_series, "slug")
    known.add_all("events", package, an_event, "slug")
    known.add_all("quotations", package, a_quotation)
    for row in package.rows("events"):
        event = known.key("events", row["slug"])
        RecordChange.objects.create(event_id=event, kind=RecordChange.Kind.PUBLISHED, what=BROUGHT)
        _hold(event, row["held_by"])
        _write(row["text"], event_id=event)


def _hold(event: int, held_by: str) -> None:
    for place, name in enumerate(filter(None, held_by.split("; "))):
        body, _ = Organisation.objects.get_or_create(name=name)
        EventOrganiser.objects.create(event_id=event, organisation=body, position=place)


def _write(text: str, **of: int) -> None:
    """A text as one published version, a paragraph to a block."""
    if not text:
        return
    version = Version(number=1, blocks=list(_blocks(text)), published_at=None, why=BROUGHT)
    version.published_at = version.at
    version.writing = Writing.objects.create(version=1, shown=1, **of)
    version.save()


def _blocks(text: str) -> Iterator[dict[str, str]]:
    for paragraph in text.split("\n\n"):
        said = "<br>".join(escape(line, quote=False) for line in paragraph.split("\n"))
        yield {"id": new_identifier(), "kind": "text", "html": f"<p>{said}</p>"}


def restore_writings(package: Package, known: Known) -> None:
    series: dict[str, PostSeries] = {}

    def series_called(name: str) -> PostSeries | None:
        if name and name not in series:
            slug = slugify(name)[:50] or new_identifier()
            series[name] = PostSeries.objects.create(slug=slug, name=name)
        return series.get(name)

    def a_post(row: Row) -> Post:
        facts = {"byline": row["by"], "part": number(row["part"]), "is_invented": truth(row["is_invented"])}
        words = kept(row, "identifier", "slug", "title", "summary")
        published = when(row["published_at"])
        return Post(series=series_called(row["series"]), published_at=published, **facts, **words)

    known.add_all("posts", package, a_post)
    for row in package.rows("posts"):
        _write(row["text"], post_id=known.key("posts", row["identifier"]))
    restore_stories(package, known)


def restore_stories(package: Package, known: Known) -> None:
    consent = consent_given(public=True, research=True, version=max(STORY_WORDINGS))
    calls: dict[str, StoryCall] = {}

    def call_titled(title: str, row: Row) -> StoryCall:
        if title not in calls:
            slug, opened = slugify(title)[:50] or new_identifier(), when(row["sent_at"])
            calls[title] = StoryCall.objects.create(slug=slug, title=title, opens_at=opened, closes_at=opened)
        return calls[title]

    def a_story(row: Row) -> Story:
        sent = when(row["sent_at"])
        facts = {"state": State.SHOWN, "sent_at": sent, "shown_at": sent, "consent": consent}
        key = uuid5(NAMESPACE_URL, row["permalink"])
        words = kept(row, "identifier", "title", "topic", "text")
        is_transcript, call = truth(row["is_transcript"]), call_titled(row["call"], row)
        return Story(call=call, key=key, is_transcript=is_transcript, **facts, **words)

    known.add_all("stories", package, a_story)
