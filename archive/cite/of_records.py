"""Events, quotations, principles, posts and stories as works."""

from django.urls import reverse

from archive.cite.creators import Creator, bodies_of, body, holders_of, person
from archive.cite.dates import day_of, year_of
from archive.cite.of_boards import INVENTED, may_be_quoted
from archive.cite.rights import rights_of
from archive.cite.work import Work, shortened, whole
from events.models import Event, Quotation
from journal.models import Post, Story, Version, Writing
from principles.models import Principle, PrincipleSet, Wording


def event_work(event: Event, version: Version | None = None) -> Work:
    """An event, cited at the version of its write-up that readers see, or at `version`."""
    number = version.number if version else shown_version(event)
    return Work(
        kind="event",
        identifier=event.identifier,
        title=event.name,
        creators=holders_of(event),
        issued=event.date,
        changed=day_of(version.published_at if version else event.changed_at),
        genre=_genre(event),
        location=event.identifier,
        url=whole(event.get_absolute_url()),
        version=number,
        version_url=whole(reverse("event_version", args=[event.slug, number])) if number else "",
        abstract=event.summary,
        part_of=whole(event.series.get_absolute_url()) if event.series_id else "",
        part_of_name=event.series.name if event.series_id else "",
        place=event.place,
        is_cancelled=event.cancelled_at is not None,
        items=_files_of(event) if event.is_record else (),
    )


def _genre(event: Event) -> str:
    said = "event record" if event.is_record else "event, cancelled" if event.cancelled_at else "event"
    return f"{said}{INVENTED if event.is_invented else ''}"


def _files_of(event: Event) -> tuple[tuple[str, str, str], ...]:
    """The files that hold its notes."""
    return (
        ("CSV", "text/csv", reverse("notes_csv", args=[event.slug])),
        ("JSON Lines", "application/jsonl", reverse("notes_jsonl", args=[event.slug])),
        ("TEI", "application/tei+xml", reverse("event_tei", args=[event.slug])),
    )


def shown_version(of: Event | Post) -> int | None:
    """The number of the text that readers see; one query where the writing did not come with it."""
    cached = of.__class__.writing.is_cached(of)
    if cached:
        return of.writing.shown if hasattr(of, "writing") else None
    owner = {"event": of} if isinstance(of, Event) else {"post": of}
    return Writing.objects.filter(**owner).values_list("shown", flat=True).first()


def quotation_work(quotation: Quotation) -> Work:
    event = quotation.event
    return Work(
        kind="quotation",
        identifier=quotation.identifier,
        title=shortened(quotation.text),
        creators=bodies_of(event),
        issued=event.date,
        changed=day_of(quotation.changed_at),
        genre=f"quotation{INVENTED if event.is_invented else ''}",
        location=f"{event.name}, quotation {quotation.identifier}",
        url=whole(quotation.get_absolute_url()),
        abstract=quotation.said_by,
        words=quotation.text,
        part_of=whole(event.get_absolute_url()),
        part_of_name=event.name,
        place=event.place,
    )


def set_work(found: PrincipleSet) -> Work:
    return Work(
        kind="set",
        identifier=found.identifier,
        title=found.name,
        creators=_made_by(found),
        issued=year_of(found.year),
        genre="set of principles",
        url=whole(found.get_absolute_url()),
        abstract=found.summary,
    )


def _made_by(found: PrincipleSet) -> tuple[Creator, ...]:
    """As stated: the record does not say where one author ends and the next begins."""
    return (body(found.authors),) if found.authors else ()


def principle_work(principle: Principle) -> Work:
    """A principle at its newest wording."""
    wording = principle.current_wording
    return _worded("principle", principle.identifier, principle, wording)


def wording_work(wording: Wording) -> Work:
    return _worded("wording", wording.identifier, wording.principle, wording)


def _worded(kind: str, identifier: str, principle: Principle, wording: Wording | None) -> Work:
    made_in = principle.set
    of_set = year_of(made_in.year) if wording is None or wording.version == 1 else ""
    return Work(
        kind=kind,
        identifier=identifier,
        title=f"{principle.name} ({made_in.name})",
        creators=_made_by(made_in),
        issued=of_set or (day_of(wording.added_at) if wording else ""),
        changed=day_of(wording.added_at) if wording else "",
        genre=f"principle, wording {wording.version}" if wording else "principle",
        url=whole(principle.get_absolute_url()),
        version=wording.version if wording else None,
        version_url=whole(wording.get_absolute_url()) if wording else "",
        abstract=" ".join(part for part in (wording.text, wording.doubt) if part) if wording else "",
        words=wording.text if wording else "",
        part_of=whole(made_in.get_absolute_url()),
        part_of_name=made_in.name,
    )


def post_work(post: Post, version: Version | None = None) -> Work:
    number = version.number if version else shown_version(post)
    return Work(
        kind="post",
        identifier=post.identifier,
        title=post.title,
        creators=_written_by(post),
        issued=day_of(version.published_at if version else post.published_at),
        changed=day_of(post.changed_at),
        genre=f"journal post{INVENTED if post.is_invented else ''}",
        location=post.identifier,
        url=whole(post.get_absolute_url()),
        version=number,
        version_url=whole(reverse("post_version", args=[post.slug, number])) if number else "",
        abstract=post.summary,
        part_of=whole(reverse("journal")),
        part_of_name="Journal",
    )


def _written_by(post: Post) -> tuple[Creator, ...]:
    """Its authors one by one; a byline that names more than them as it is printed."""
    if post.byline:
        return (body(post.byline),)
    return tuple(person(str(author)) for author in post.credited)


def story_work(story: Story) -> Work:
    quotable = may_be_quoted(story.consent)
    title = story.title if quotable else ""
    return Work(
        kind="story",
        identifier=story.identifier,
        title=title or f"A story told to “{story.call.title}”",
        creators=(person(story.name),) if story.name else (),
        issued=day_of(story.sent_at),
        changed=day_of(story.changed_at),
        genre=f"story{INVENTED if story.call.is_invented else ''}",
        location=f"{story.call.title}, story {story.identifier}",
        url=whole(story.get_absolute_url()),
        rights=rights_of(story.consent),
        words=story.text if quotable else "",
        part_of=whole(story.call.get_absolute_url()),
        part_of_name=story.call.title,
    )
