"""Tables of a package about the record: events, principles, what came of it, and what was written."""

from collections.abc import Callable

from django.db.models import Model, QuerySet

from archive.take.rows import Taking
from archive.take.table import IDENTIFIER, PERMALINK, Field, Table, field
from events.models import Event, Quotation, Series
from journal.blocks import words_of
from journal.models import Post, Story, Version
from people.guests import ANYBODY
from principles.models import Principle, PrincipleSet, Wording

NOW = {"type": "datetime"}


def seen(model: type[Model], *joined: str) -> Callable[[Taking], QuerySet]:
    """What anybody may see of a model, with what its columns need of others."""

    def found(_taking: Taking) -> QuerySet:
        rows = model.objects.visible_to(ANYBODY).order_by("pk")
        return rows.select_related(*joined) if joined else rows

    return found


def _text_of(thing: Event | Post) -> str:
    """The words of the text that readers see, in paragraphs; what it shows of others is in their tables."""
    writing = getattr(thing, "writing", None)
    if writing is None or not writing.shown:
        return ""
    version = Version.objects.visible_to(ANYBODY).filter(writing=writing, number=writing.shown).first()
    said = (block for block in (version.blocks if version else ()) if block["kind"] in ("text", "quotation"))
    return "\n\n".join(filter(None, map(words_of, said)))


def _held_by(event: Event) -> str:
    """Organisations alone: people are named on pages, where they can take their names back."""
    return "; ".join(str(one.organisation) for one in event.organisers.all() if one.organisation_id)


def _signed(post: Post) -> str:
    """As it is printed; of people on record, those who agreed to be listed."""
    people = (one.name or (one.person.name if one.person.is_listed else "") for one in post.credited)
    return post.byline or "; ".join(filter(None, people))


TEXT = Field("text", "Its text as readers see it, in plain words.", _text_of)
EVENTS = Table(
    "events", "Events", "Meetings, trips, launches and calls, and the records they became.", ("identifier",),
    lambda taking: seen(Event, "series", "writing")(taking).prefetch_related("organisers__organisation"),
    (
        IDENTIFIER,
        field("slug", "Its name in its address; notes name it so."),
        field("name", "What it is called."),
        field("series", "The series it belongs to.", "series.slug", at=("series", "slug")),
        field("date", "As precise as it is known, in EDTF."),
        field("first_day", "The first day it may have been.", type="date"),
        field("last_day", "The last.", type="date"),
        field("place", "Where."),
        Field("held_by", "The organisations that held it, with a semicolon between.", _held_by),
        field("attendance_stated", "How many came, as the record says it."),
        field("attendance", "The same as a number.", type="integer"),
        field("status", "How far its record is.", values=tuple(Event.Status.choices)),
        field("summary", "In a few sentences."),
        TEXT,
        field("is_invented", "Whether it is demonstration.", type="boolean"),
        PERMALINK,
    ),
)  # fmt: skip
SERIES = Table(
    "series", "Series", "Events that belong together.", ("slug",), seen(Series),
    (IDENTIFIER, field("slug", "Its name in its address."), field("name", "What it is called."),
     field("summary", "In a few sentences."), PERMALINK),
)  # fmt: skip
SETS = Table(
    "principle_sets", "Sets of principles", "Named, ordered lists of principles.", ("identifier",),
    seen(PrincipleSet),
    (
        IDENTIFIER,
        field("slug", "Its name in its address."),
        field("name", "What it is called."),
        field("authors", "As stated."),
        field("year", "As stated."),
        field("summary", "In a few sentences."),
        field("source", "Where it was published."),
        PERMALINK,
    ),
)  # fmt: skip
PRINCIPLES = Table(
    "principles", "Principles", "The members of each set.", ("identifier",), seen(Principle, "set"),
    (
        IDENTIFIER,
        field("set", "Its set.", "set.identifier", at=("principle_sets", "identifier")),
        field("position", "Its place in the set.", type="integer"),
        field("letter", "Its letter, where the set spells its name."),
        field("name", "What it is called."),
        PERMALINK,
    ),
)  # fmt: skip
WORDINGS = Table(
    "wordings", "Wordings", "Each version of a principle’s words; doubtful ones say why.", ("identifier",),
    seen(Wording, "principle__set"),
    (
        IDENTIFIER,
        field("principle", "Whose words.", "principle.identifier", at=("principles", "identifier")),
        field("version", "From 1.", type="integer"),
        field("text", "The words."),
        field("status", "How sure they are.", values=tuple(Wording.Status.choices)),
        field("doubt", "Why they are doubtful."),
        field("source", "Where they are from."),
        field("added_at", "When they were added, in UTC.", **NOW),
        PERMALINK,
    ),
)  # fmt: skip
QUOTATIONS = Table(
    "quotations", "Quotations", "What a group or a person put into words, each citable.", ("identifier",),
    seen(Quotation, "event"),
    (
        IDENTIFIER,
        field("event", "The event.", "event.slug", at=("events", "slug")),
        field("text", "The words."),
        field("said_by", "Who said it, as the record has it."),
        PERMALINK,
    ),
)  # fmt: skip
POSTS = Table(
    "posts", "Posts", "Articles of the journal with their text.", ("identifier",),
    lambda taking: seen(Post, "series", "writing")(taking).with_authors(),
    (
        IDENTIFIER,
        field("slug", "Its name in its address."),
        field("title", "Its title."),
        Field("by", "Who wrote it, as printed.", _signed),
        field("summary", "In a sentence or two."),
        field("series", "The series it belongs to.", "series.name"),
        field("part", "Its place in the series.", type="integer"),
        field("published_at", "When it was published, in UTC.", **NOW),
        TEXT,
        field("is_invented", "Whether it is demonstration.", type="boolean"),
        PERMALINK,
    ),
)  # fmt: skip
STORIES = Table(
    "stories", "Stories", "What people sent in, where they let everybody read it and researchers use it.",
    ("identifier",), lambda taking: seen(Story, "call")(taking).filter(consent__research=True),
    (
        IDENTIFIER,
        field("call", "The call it answers.", "call.title"),
        field("title", "Its title."),
        field("topic", "What it is about, of the topics of the call."),
        field("text", "The words."),
        field("is_transcript", "Whether it was written down from a recording.", type="boolean"),
        field("sent_at", "When it was sent, in UTC.", **NOW),
        PERMALINK,
    ),
)  # fmt: skip
OF_RECORD = (EVENTS, SERIES, SETS, PRINCIPLES, WORDINGS, QUOTATIONS, POSTS, STORIES)
