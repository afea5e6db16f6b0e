"""What people made of proposed words: the marks on amendments, counted. All four always stand together."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from outcomes.models import Amendment, AmendmentMark
from people.guests import Viewer
from responses.models import Mark

SHOWN = (Mark.TICK, Mark.HEART, Mark.BUBBLE, Mark.SQUARE)


@dataclass(frozen=True, slots=True)
class Row:
    """One mark: how many gave it, and whether the viewer did."""

    mark: str
    label: str
    count: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks on one amendment. `own` are those of the viewer."""

    counts: Counter[str] = field(default_factory=Counter)
    own: frozenset[str] = frozenset()

    @property
    def rows(self) -> list[Row]:
        """The four in their fixed order, also those that nobody gave."""
        return [Row(mark.value, mark.label, self.counts[mark], mark in self.own) for mark in SHOWN]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def most(self) -> int:
        """The longest bar, at least 1 so that it can divide."""
        return max(1, *(self.counts[mark] for mark in SHOWN))


def marks_on(amendment: Amendment, viewer: Viewer) -> Marks:
    """The marks on `amendment`, with those of `viewer`; two queries at most."""
    own = amendment.marks.filter(token=amendment.token_of(viewer)) if not viewer.is_anybody else ()
    return Marks(marks_by([amendment])[amendment.pk], frozenset(one.mark for one in own))


def marks_by(amendments: Iterable[Amendment]) -> dict[int, Counter[str]]:
    """How often each mark was given, for each amendment by its primary key, in one query."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    given = AmendmentMark.objects.filter(amendment__in=[one.pk for one in amendments]).order_by()
    for row in given.values("amendment", "mark").annotate(number=Count("pk")):
        found[row["amendment"]][row["mark"]] = row["number"]
    return found
