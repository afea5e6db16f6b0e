"""What a search finds, of all kinds in one order, page by page.

A page begins after the last result of the one before, by the values it was sorted by, which stand in
the address. So no page depends on how many came before, and nothing is repeated or skipped because
something else came or went.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import islice

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from archive.search.highlight import highlighted
from archive.search.query import Query
from archive.search.sources import PLACES, SOURCES, Said, Source, sources_for
from archive.search.words import all_of
from people.guests import Viewer
from people.refusals import Refused

KIND_LABELS = {
    "note": "Note",
    "reading": "Another reading",
    "event": "Event",
    "quotation": "Quotation",
    "drawing": "Drawing",
    "post": "Post",
    "story": "Story",
    "principle": "Principle",
    "theme": "Theme",
    "statement": "What was heard",
    "decision": "Decision",
    "amendment": "Amendment",
    "promise": "Promise",
    "call": "Call for action",
    "person": "Person",
}
NUMBER = 20  # results on a page
MOST_RANKED = 50_000  # notes; ranking more would take longer than anybody waits
NOWHERE = "This page of results does not begin anywhere. Begin again from the first page."
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[float, int, int]


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


@dataclass(frozen=True, slots=True)
class Found:
    """A thing with the values that results are sorted by, the smallest first."""

    key: Key
    source: Source
    thing: Model


def found(query: Query, viewer: Viewer, after: str = "", number: int = NUMBER) -> Hits:
    """The page of results that begins after the cursor `after`.

    Refuses a cursor that is none. `number` is how many results a page has.
    """
    ranks = query.sort == "best" and all_of(query.terms) is not None and not _is_too_much(query, viewer)
    begin = _read_cursor(after) if after else None
    pages = (_page_of(source, query, viewer, begin, number + 1, ranks=ranks) for source in sources_for(query))
    page = list(islice(merge(*pages, key=lambda one: one.key), number + 1))
    following = _cursor(page[number - 1].key) if len(page) > number else ""
    return Hits(_hits(page[:number], query), following, ranks)


def _is_too_much(query: Query, viewer: Viewer) -> bool:
    notes = SOURCES[PLACES["note"]].found(query, viewer)
    return notes[MOST_RANKED : MOST_RANKED + 1].exists()


def _page_of(
    source: Source, query: Query, viewer: Viewer, begin: Key | None, number: int, *, ranks: bool
) -> list[Found]:
    """The first of one source after `begin`, in the order of results."""
    things, by = _sorted_by(source, query, viewer, ranks=ranks)
    if begin:
        things = things.filter(_after(begin, by, PLACES[source.name]))
    things = things.select_related(*source.joined) if source.joined else things
    things = things.order_by(F(by).desc(), "-pk")[:number]
    return [Found(_key(getattr(thing, by), source, thing), source, thing) for thing in things]


def _sorted_by(source: Source, query: Query, viewer: Viewer, *, ranks: bool) -> tuple[QuerySet, str]:
    """What a source finds, and the name of what it is sorted by, the largest first."""
    things = source.found(query, viewer)
    if ranks:
        rank = Cast(SearchRank(F("search"), all_of(query.terms)), FloatField())
        return things.annotate(rank=rank), "rank"
    if query.sort == "event" and source.event_day:
        return things.annotate(day=source.event_day), "day"
    return things, "came"


def _key(by: datetime | float, source: Source, thing: Model) -> Key:
    value = by if isinstance(by, float) else _microseconds(by)
    return (-value, PLACES[source.name], -thing.pk)


def _microseconds(at: datetime) -> float:
    """Whole microseconds since 1970: exact in a float for some thousand years to both sides."""
    since = at - EPOCH
    return float((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _after(begin: Key, by: str, place: int) -> Q:
    """The condition that something of the source at `place` stands after `begin`."""
    value = -begin[0] if by == "rank" else _moment(-begin[0])
    later, same = Q(**{f"{by}__lt": value}), Q(**{by: value})
    if place == begin[1]:
        return later | same & Q(pk__lt=-begin[2])
    return later | same if place > begin[1] else later


def _moment(microseconds: float) -> datetime:
    return EPOCH + timedelta(microseconds=int(microseconds))


def _cursor(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _read_cursor(text: str) -> Key:
    try:
        padded = text + "=" * (-len(text) % 4)
        value, place, pk = json.loads(base64.urlsafe_b64decode(padded.encode()))
        key = (float(value), int(place), int(pk))
        _moment(-key[0])
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as error:
        raise Refused(NOWHERE) from error
    if not 0 <= key[1] < len(SOURCES) or not -(2**62) < key[2] < 0 or key[0] != key[0]:
        raise Refused(NOWHERE)
    return key


def _hits(page: Sequence[Found], query: Query) -> list[Hit]:
    said = [one.source.say(one.thing) for one in page]
    words = highlighted([one.text for one in said], query.terms)
    things = zip(page, said, words, strict=True)
    return [Hit(one.source.kind, one.thing, one.thing.came, says, html) for one, says, html in things]
