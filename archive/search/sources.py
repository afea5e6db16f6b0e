"""Everything that is found, kind by kind: where to look, when it came, and what a result says of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.contrib.postgres.search import SearchVectorField
from django.db.models import DateTimeField, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.search.notes import OF_EVENTS, events_chosen, narrowed, notes_found
from archive.search.query import Chosen, Query
from archive.search.words import each_of
from events.models import Event, Quotation
from journal.models import Post, Story, Version
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from people.guests import ANYBODY, Viewer
from people.models import Person
from principles.models import Principle, PrincipleSet, Wording
from responses.models import Note, Origin, Picture, Reading
from responses.models.notes import words_as_plain

# Of what has no time of its own: it stands after everything that has.
LONG_AGO = Value(datetime(1, 1, 2, tzinfo=UTC), output_field=DateTimeField())
NO_WORDS = Value("", output_field=SearchVectorField())


@dataclass(frozen=True, slots=True)
class Said:
    """What a result says: its title, where it stands, and the words in which the search is marked."""

    title: str
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One place to look in. Two may find the same kind.

    `seen` are all that a viewer may find; `vectors` and `texts` are their columns of words; `event`,
    `set` and `principle` are the ways to what those facets choose, "" where it is that itself.
    """

    name: str
    kind: str
    seen: Callable[[Viewer], QuerySet]
    at: object
    say: Callable[[Model], Said]
    texts: Sequence[str]
    vectors: Sequence[str] = ("search",)
    event: str | None = None
    set: str | None = None
    principle: str | None = None
    joined: Sequence[str] = ()
    # What is fetched beside it, in one query more for all that stand on a page.
    fetched: Sequence[str] = ()
    find: Callable[[Query, Viewer], QuerySet] | None = None

    def found(self, query: Query, viewer: Viewer) -> QuerySet:
        """What `viewer` may see of it and `query` finds, with its time as `came`."""
        things = self.find(query, viewer) if self.find else self._found(query, viewer)
        return things.annotate(came=self.at)

    def loaded(self, pks: Iterable[int], viewer: Viewer) -> QuerySet:
        """Those of these primary keys that `viewer` may see, with all that is said of them."""
        things = self.seen(viewer).filter(pk__in=list(pks)).annotate(came=self.at)
        things = things.prefetch_related(*self.fetched)
        return things.select_related(*self.joined) if self.joined else things

    @property
    def event_day(self) -> Coalesce | None:
        """The day of its event; None for what never has one."""
        return None if self.event is None else Coalesce(_first_day(self.event), LONG_AGO)

    def _found(self, query: Query, viewer: Viewer) -> QuerySet:
        things = self.seen(viewer)
        for facet, values in query.chosen.items():
            if facet != "kind":
                things = things.filter(self._chosen(facet, values))
        return things.filter(each_of(query.terms, search=self.vectors, texts=self.texts))

    def _chosen(self, facet: str, values: tuple[str, ...]) -> Q:
        """Nothing of a kind has a value in a facet that its kind does not have."""
        if facet in OF_EVENTS and self.event is not None:
            return Q(**{f"{self.event}pk__in": events_chosen(facet, values).values("pk")})
        if facet == "set" and self.set is not None:
            return Q(**{f"{self.set}identifier__in": values})
        if facet == "principle" and self.principle is not None:
            return Q(**{f"{self.principle}identifier__in": values})
        return Q(pk__in=[])


def sources_for(query: Query) -> tuple[Source, ...]:
    """Those that can find what `query` asks for."""
    return tuple(source for source in SOURCES if source.kind in query.kinds)


def _first_day(path: str) -> Cast:
    return Cast(f"{path}first_day", DateTimeField())


def _shown_words(of: str) -> Coalesce:
    """The words of the text that readers see of an event or a post."""
    shown = Version.objects.filter(**{f"writing__{of}": OuterRef("pk")}, number=F("writing__shown"))
    return Coalesce(Subquery(shown.values("search")[:1]), NO_WORDS, output_field=SearchVectorField())


def _newest(column: str, without: Value) -> Coalesce:
    """A column of the newest wording of a principle."""
    wordings = Wording.objects.filter(principle=OuterRef("pk")).order_by("-version")
    return Coalesce(Subquery(wordings.values(column)[:1]), without, output_field=without.output_field)


def _other_readings(query: Query, viewer: Viewer) -> QuerySet[Reading]:
    """Readings beside the one whose words a note shows; without words there is nothing to ask them."""
    of_any_kind = replace(query, chosen=Chosen({**query.chosen, "kind": ()}))
    notes = narrowed(Note.objects.visible_to(viewer).on_the_wall(), of_any_kind)
    beside = Reading.objects.visible_to(viewer).filter(is_held=False, note__origin=Origin.PAPER)
    beside = beside.filter(note__in=notes).exclude(pk=F("note__accepted")).exclude(text=F("note__text"))
    words = each_of(query.terms, search=["search"], texts=["text"])
    return beside.filter(words) if query.terms else beside.none()


def _at(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _day(at: datetime | None) -> str:
    return date_format(at, "j F Y") if at else ""


def _of_note(note: Note) -> Said:
    event = note.board.event
    return Said(
        note.label,
        _at(_("under %(heading)s") % {"heading": note.station.heading}, str(event), event.span.words()),
        note.plain,
    )


def _of_reading(reading: Reading) -> Said:
    note = reading.note
    where = _("reading %(number)s of %(label)s, under %(heading)s") % {
        "number": reading.number,
        "label": note.label,
        "heading": note.station.heading,
    }
    return Said(
        _("Reading %(number)s") % {"number": reading.number},
        _at(where, str(note.board.event)),
        words_as_plain(reading.text, note.origin),
    )


def _of_event(event: Event) -> Said:
    return Said(event.name, _at(event.span.words(), event.place), event.summary)


def _of_quotation(said: Quotation) -> Said:
    return Said("", _at(said.said_by, str(said.event), said.event.span.words()), said.text)


def _of_picture(picture: Picture) -> Said:
    words = " ".join(filter(None, (picture.expression, picture.alt)))
    return Said(
        _("Drawing %(number)s") % {"number": picture.number},
        _at(picture.group, str(picture.drawing.event)),
        words,
    )


def _of_post(post: Post) -> Said:
    return Said(post.title, _at(_day(post.published_at), post.byline), post.summary)


def _of_story(story: Story) -> Said:
    return Said(str(story), _at(str(story.call), _day(story.sent_at)), story.text)


def _of_set(made: PrincipleSet) -> Said:
    return Said(made.name, _at(_("a set of principles"), made.authors, made.year), made.summary)


def _of_principle(principle: Principle) -> Said:
    wording = principle.current_wording
    return Said(principle.name, str(principle.set), wording.text if wording else "")


def _titled(title: str) -> Callable[[Model], Said]:
    """What came of an event has no name but its words."""
    return lambda thing: Said(title, str(thing.event) if thing.event else "", thing.text)


def _standing(model: type[Model]) -> Callable[[Viewer], QuerySet]:
    return lambda viewer: model.objects.visible_to(viewer).standing()


SOURCES = (
    Source(
        "note", "note", Note.objects.visible_to, F("added_at"), _of_note, ("text",), find=notes_found,
        event="board__event__",
        joined=("board__event", "station", "consent"),
    ),
    Source(
        "reading", "reading", Reading.objects.visible_to, F("at"), _of_reading, ("text",),
        find=_other_readings,
        event="note__board__event__",
        joined=("note__board__event", "note__station"),
    ),
    Source(
        "event", "event",
        lambda viewer: Event.objects.visible_to(viewer).annotate(said=_shown_words("event")),
        _first_day(""), _of_event, ("name", "summary", "place"), ("search", "said"), event="",
    ),
    Source(
        "quotation", "quotation", Quotation.objects.visible_to, _first_day("event__"), _of_quotation,
        ("text", "said_by"), event="event__", joined=("event",),
    ),
    Source(
        "drawing", "drawing", lambda viewer: Picture.objects.visible_to(viewer).hanging(), F("added_at"),
        _of_picture, ("expression", "alt"), event="drawing__event__", joined=("drawing__event",),
    ),
    Source(
        "post", "post",
        lambda viewer: Post.objects.visible_to(viewer).published().annotate(said=_shown_words("post")),
        F("published_at"), _of_post, ("title", "summary", "byline"), ("search", "said"),
    ),
    Source(
        "story", "story", lambda viewer: Story.objects.visible_to(viewer).shown(), F("sent_at"), _of_story,
        ("title", "topic", "text"), joined=("call",),
    ),
    Source(
        "set", "principle", PrincipleSet.objects.visible_to, LONG_AGO, _of_set,
        ("name", "authors", "summary"), set="",
    ),
    Source(
        "principle", "principle",
        lambda viewer: Principle.objects.visible_to(viewer).annotate(said=_newest("search", NO_WORDS)),
        _newest("added_at", LONG_AGO), _of_principle, ("name",), ("search", "said"),
        set="set__", principle="", joined=("set",), fetched=("wordings",),
    ),
    Source(
        "theme", "theme", _standing(Theme), F("made_at"),
        lambda theme: Said(theme.name, str(theme.event), theme.about), ("name", "about"), event="event__",
        joined=("event",),
    ),
    Source(
        "statement", "statement", _standing(Statement), F("published_at"), _titled("We heard"), ("text",),
        event="event__", joined=("event",),
    ),
    Source(
        "decision", "decision", _standing(Decision), F("published_at"), _titled("We decided"),
        ("text", "because"), event="event__", joined=("event",),
    ),
    Source(
        "amendment", "amendment",
        lambda viewer: Amendment.objects.visible_to(viewer).exclude(opened_at=None), F("opened_at"),
        lambda one: Said(f"To {one.principle}", str(one.principle.set), one.text), ("text", "why"),
        event="event__", set="principle__set__", principle="principle__", joined=("principle__set",),
    ),
    Source(
        "promise", "promise", lambda viewer: Promise.objects.visible_to(viewer).filter(taken_down_at=None),
        F("marked_at"), _titled("Promised"), ("text",), event="event__", joined=("event",),
    ),
    Source(
        "call", "call", lambda viewer: Call.objects.visible_to(viewer).exclude(opened_at=None),
        F("opened_at"), lambda call: Said(call.title, _day(call.opened_at), call.text), ("title", "text"),
        event="event__", joined=("event",),
    ),
    Source(
        "person", "person",
        # Whoever is looked for in public agreed to be; stewards find the same people as everybody.
        # When they joined is nobody's business.
        lambda _viewer: Person.objects.visible_to(ANYBODY).standing(), LONG_AGO,
        lambda person: Said(person.name, "", person.about), ("name", "about"),
    ),
)  # fmt: skip
PLACES = {source.name: place for place, source in enumerate(SOURCES)}
