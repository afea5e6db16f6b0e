"""Where pages of results begin and what stands on them: keys in one order over all kinds.

A page begins after the last result of the one before, by the values it was sorted by, which stand in
the address. So no page depends on how many came before, and nothing is repeated or skipped because
something else came or went.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.fields import DateTimeField
from django.utils.translation import gettext_lazy

from archive.search.sources import PLACES, SOURCES, Source
from coproduce.replica import reading_connection
from events.models import Event
from people.refusals import Refused
from responses.models import Board, Note

NOWHERE = gettext_lazy("This page of results does not begin anywhere. Begin again from the first page.")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# How far back results are looked for one by one, before all there are are gathered and sorted.
RECENT_NOTES, RECENT_EVENTS = 5_000, 30
# What things are sorted by (negative, so that the largest comes first), the place of their source, and
# their primary key (negative too).
Key = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a source finds, by what it is sorted (the largest first), and what that is called."""

    source: Source
    things: QuerySet
    by: str

    def first(self, begin: Key | None, number: int) -> QuerySet:
        """The keys of the first `number` things after `begin`."""
        return self.of(self.things, begin)[:number]

    def of(self, things: QuerySet, begin: Key | None) -> QuerySet:
        after = things.filter(_after(begin, self.by, PLACES[self.source.name])) if begin else things
        return after.order_by(F(self.by).desc(), "-pk").values_list(self.by, "pk")


def first_keys(sortings: Iterable[Sorting], begin: Key | None, number: int) -> list[Key]:
    """The first `number` keys after `begin` over all sources: one query, and one to three for notes."""
    keys: list[Key] = []
    small = []
    for sorting in sortings:
        if sorting.source.kind == "note":
            keys += [_key(by, sorting.source, pk) for by, pk in _notes(sorting, begin, number)]
        else:
            small.append(sorting)
    keys += _small(small, begin, number)
    return sorted(keys)[:number]


def _small(sortings: list[Sorting], begin: Key | None, number: int) -> Iterator[Key]:
    """Of everything but notes there is so little that all of it is asked in one statement."""
    statements, values = [], []
    for sorting in sortings:
        try:
            statement, given = sorting.first(begin, number).query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT %s, found.* FROM ({statement}) AS found")  # noqa: S608
        values += [PLACES[sorting.source.name], *given]
    if not statements:
        return
    with reading_connection().cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        for place, by, pk in cursor.fetchall():
            yield _key(by, SOURCES[place], pk)


def _notes(sorting: Sorting, begin: Key | None, number: int) -> list[tuple[datetime | float, int]]:
    """The first notes after `begin`.

    A page is mostly full of the newest ones. Where it is not, the planner must not go on one by one
    through a million to the few of an old event: then all that match are gathered and sorted.
    """
    recent = _recent(sorting, begin)
    if recent is not None:
        page = list(sorting.of(recent, begin)[:number])
        if len(page) == number:
            return page
    things = sorting.things
    if sorting.by == "came":
        unindexed = ExpressionWrapper(F("added_at") + timedelta(0), DateTimeField())
        things = things.annotate(came=unindexed)
    return list(sorting.of(things, begin)[:number])


def _recent(sorting: Sorting, begin: Key | None) -> QuerySet | None:
    """Of the last few thousand notes, or those of the last few events, from `begin` on; None by rank."""
    since = _moment(-begin[0]) if begin and sorting.by != "rank" else None
    if sorting.by == "came":
        notes = Note.objects.filter(added_at__lte=since) if since else Note.objects.all()
        times = notes.order_by("-added_at", "-pk").values_list("added_at", flat=True)
        last = times[RECENT_NOTES : RECENT_NOTES + 1].first()
        return sorting.things.filter(added_at__gte=last) if last else None
    if sorting.by == "day":
        events = Event.objects.filter(Exists(Board.objects.filter(event=OuterRef("pk"))))
        events = events.filter(first_day__lte=since.date()) if since else events
        days = events.order_by("-first_day").values_list("first_day", flat=True)
        last = days[RECENT_EVENTS : RECENT_EVENTS + 1].first()
        return sorting.things.filter(board__event__first_day__gte=last) if last else None
    return None


def _key(by: datetime | float, source: Source, pk: int) -> Key:
    value = by if isinstance(by, float) else _microseconds(by)
    return (-value, PLACES[source.name], -pk)


def place_of(key: Key) -> tuple[Source, int]:
    """What a key is of: the source and the primary key."""
    return SOURCES[key[1]], -key[2]


def _microseconds(at: datetime) -> float:
    """Whole microseconds since 1970: exact in a float for some thousand years to both sides."""
    since = at - EPOCH
    return float((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _after(begin: Key, by: str, place: int) -> Q:
    """The condition that something of the source at `place` stands after `begin`."""
    value = -begin[0] if by == "rank" else _moment(-begin[0])
    later, same = Q(**{f"{by}__lt": value}), Q(**{by: value})
    if place == begin[1]:
        # The bound stands first and alone, where an index can begin at it.
        return Q(**{f"{by}__lte": value}) & (later | Q(pk__lt=-begin[2]))
    return later | same if place > begin[1] else later


def _moment(microseconds: float) -> datetime:
    return EPOCH + timedelta(microseconds=int(microseconds))


def to_cursor(key: Key) -> str:
    """A key as it stands in an address."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(text: str) -> Key:
    """The key behind `to_cursor`'s text; refuses any other text."""
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
