"""What changed, in one order over all kinds: by when, then by kind, then by row. Read by keyset."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in that order: `rank` is that of the kind."""

    at: datetime
    rank: int
    pk: int


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing by its permanent id: as it is since `place.at`, or gone since then."""

    place: Place
    kind: str
    identifier: str
    is_gone: bool

    @property
    def at(self) -> datetime:
        return self.place.at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one kind, each with `stamp`; `column` holds the permanent id."""

    rank: int
    kind: str
    column: str
    rows: QuerySet[Model]
    is_gone: bool

    def after(self, place: Place | None, most: int, until: datetime | None = None) -> list[Changed]:
        """At most `most` of them behind `place`, up to `until` and with it; one query."""
        rows = self.rows if place is None else self.rows.filter(self._behind(place))
        rows = rows if until is None else rows.filter(stamp__lte=until)
        found = rows.order_by("stamp", "pk").values_list("stamp", "pk", self.column)[:most]
        return [self._changed(*row) for row in found]

    def _behind(self, place: Place) -> Q:
        if self.rank == place.rank:
            # Said so that the index on time and row is entered at the place.
            return Q(stamp__gte=place.at) & (Q(stamp__gt=place.at) | Q(pk__gt=place.pk))
        return Q(stamp__gte=place.at) if self.rank > place.rank else Q(stamp__gt=place.at)

    def _changed(self, stamp: datetime, pk: int, identifier: str | int) -> Changed:
        return Changed(Place(stamp, self.rank, pk), self.kind, str(identifier), self.is_gone)


def page_of(sources: Iterable[tuple[Source, Source]], place: Place | None, most: int) -> Sequence[Changed]:
    """The next `most` of pairs of what is shown and what is gone; two queries for each pair.

    What is shown is read first: a thing that goes in between is told as it was and, with the later
    time at which it went, again further on. Of what is gone no more is read than belongs on the page.
    """
    found: list[Changed] = []
    for shown, gone in sources:
        there = shown.after(place, most)
        until = there[-1].place.at if len(there) == most else None
        found += there + gone.after(place, most, until)
    return sorted(found, key=lambda one: one.place)[:most]
