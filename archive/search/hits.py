"""What a search finds, of all kinds in one order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Model
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from archive.search.highlight import highlighted
from archive.search.paging import Key, Sorting, first_keys, place_of, read_cursor, to_cursor
from archive.search.query import Query
from archive.search.sources import PLACES, SOURCES, Said, Source, sources_for
from archive.search.words import all_of
from coproduce.templatetags.look import origin_icon
from people.guests import Viewer

KIND_LABELS = {
    "note": gettext_lazy("Note"),
    "reading": gettext_lazy("Another reading"),
    "event": gettext_lazy("Event"),
    "quotation": gettext_lazy("Quotation"),
    "drawing": gettext_lazy("Drawing"),
    "post": gettext_lazy("Post"),
    "story": gettext_lazy("Story"),
    "principle": gettext_lazy("Principle"),
    "theme": gettext_lazy("Theme"),
    "statement": gettext_lazy("What was heard"),
    "decision": gettext_lazy("Decision"),
    "amendment": gettext_lazy("Amendment"),
    "promise": gettext_lazy("Promise"),
    "call": gettext_lazy("Call for action"),
    "person": gettext_lazy("Person"),
}
# What is drawn beside the name of a kind; a note shows where it came from.
KIND_ICONS = {
    "reading": "eye",
    "event": "place",
    "drawing": "pencil",
    "post": "pencil",
    "story": "pencil",
    "quotation": "paper",
    "theme": "link",
}
NUMBER = 20  # results on a page
MOST_RANKED = 50_000  # notes; ranking more would take longer than anybody waits


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `html` are its words with what was searched marked."""

    kind: str
    thing: Model
    at: datetime
    said: Said
    html: SafeString

    @property
    def title(self) -> str:
        return self.said.title or self.said.text[:80]

    @property
    def where(self) -> str:
        return self.said.where

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def icon(self) -> str:
        """The name of its drawing in the sprite."""
        return origin_icon(self.thing.origin) if self.kind == "note" else KIND_ICONS.get(self.kind, "flag")

    @cached_property
    def url(self) -> str:
        return self.thing.get_absolute_url()


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results, and where the next begins; `next` is empty on the last.

    `is_ranked` says whether the best come first: not where that was not asked or found too much.
    """

    hits: list[Hit]
    next: str = ""
    is_ranked: bool = False


def found(query: Query, viewer: Viewer, after: str = "", number: int = NUMBER) -> Hits:
    """The page of results that begins after the cursor `after`.

    Refuses a cursor that is none. `number` is how many results a page has.
    """
    ranks = query.sort == "best" and all_of(query.terms) is not None and not _is_too_much(query, viewer)
    begin = read_cursor(after) if after else None
    sortings = (_sorted(source, query, viewer, ranks=ranks) for source in sources_for(query))
    keys = first_keys(sortings, begin, number + 1)
    following = to_cursor(keys[number - 1]) if len(keys) > number else ""
    return Hits(_hits(keys[:number], query, viewer), following, ranks)


def _is_too_much(query: Query, viewer: Viewer) -> bool:
    notes = SOURCES[PLACES["note"]].found(query, viewer)
    return notes[MOST_RANKED : MOST_RANKED + 1].exists()


def _sorted(source: Source, query: Query, viewer: Viewer, *, ranks: bool) -> Sorting:
    things = source.found(query, viewer)
    if ranks:
        rank = Cast(SearchRank(F("search"), all_of(query.terms)), FloatField())
        return Sorting(source, things.annotate(rank=rank), "rank")
    if query.sort == "event" and source.event_day:
        return Sorting(source, things.annotate(day=source.event_day), "day")
    return Sorting(source, things, "came")


def _hits(keys: Sequence[Key], query: Query, viewer: Viewer) -> list[Hit]:
    things = _things(keys, viewer)
    said = [source.say(thing) for source, thing in things]
    words = highlighted([one.text for one in said], query.terms)
    whole = zip(things, said, words, strict=True)
    return [Hit(source.kind, thing, thing.came, says, html) for (source, thing), says, html in whole]


def _things(keys: Sequence[Key], viewer: Viewer) -> list[tuple[Source, Model]]:
    """What the keys are of, in their order; a query for each source on the page.

    What went in the moment since the keys were read is left out.
    """
    asked: dict[str, list[int]] = {}
    for source, pk in map(place_of, keys):
        asked.setdefault(source.name, []).append(pk)
    loaded: dict[tuple[str, int], Model] = {}
    for name, pks in asked.items():
        things = SOURCES[PLACES[name]].loaded(pks, viewer)
        loaded |= {(name, thing.pk): thing for thing in things}
    named = ((source, (source.name, pk)) for source, pk in map(place_of, keys))
    return [(source, loaded[name]) for source, name in named if name in loaded]
