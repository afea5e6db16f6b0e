"""Where a note stands: answered, cited, declined or still waiting. Everything that counts asks here.

Only what is on the wall counts, as in `responses.tallies`: the four numbers make up the total of the
tally. Only published statements and decisions that were not taken back count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.models import Decision, Declined, Statement
from responses.models import Note


class Standing(TextChoices):
    ANSWERED = "answered", gettext_lazy("Answered")
    CITED = "cited", gettext_lazy("Heard, not decided yet")
    DECLINED = "declined", gettext_lazy("Declined with a reason")
    WAITING = "waiting", gettext_lazy("Still waiting")


@dataclass(frozen=True, slots=True)
class Standings:
    """How many notes stand where."""

    answered: int = 0
    cited: int = 0
    declined: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        return self.answered + self.cited + self.declined + self.waiting

    @property
    def rows(self) -> list[tuple[Standing, int]]:
        """The four in their fixed order, each with its number."""
        return [(standing, getattr(self, standing.value)) for standing in Standing]


def with_standing(notes: QuerySet[Note]) -> QuerySet[Note]:
    """`notes`, each with `standing`: one of `Standing`'s values."""
    heard = Statement.objects.standing().filter(cites__note=OuterRef("pk"))
    refused = Declined.objects.standing().filter(note=OuterRef("pk"))
    return notes.annotate(
        standing=Case(
            When(Exists(_decisions().exclude(kind=Decision.Kind.WILL_NOT)), then=Value(Standing.ANSWERED)),
            When(Exists(_decisions().filter(kind=Decision.Kind.WILL_NOT)), then=Value(Standing.DECLINED)),
            When(Exists(refused), then=Value(Standing.DECLINED)),
            When(Exists(heard), then=Value(Standing.CITED)),
            default=Value(Standing.WAITING),
            output_field=CharField(),
        )
    )


def standings_of(notes: QuerySet[Note]) -> Standings:
    """The four numbers of those of `notes` that are on the wall, in one query."""
    return _by(notes, Value(0)).get(0, Standings())


def standings_of_event(event: Event) -> Standings:
    """The four numbers of an event, whoever looks: notes kept to their board count as well."""
    return standings_of(Note.objects.filter(board__event=event))


def standings_by_event(events: Iterable[Event]) -> dict[int, Standings]:
    """The four numbers of each event, by its primary key, in one query for all of them."""
    keys = [event.pk for event in events]
    counted = _by(Note.objects.filter(board__event__in=keys), F("board__event"))
    return {key: counted.get(key, Standings()) for key in keys}


def _decisions() -> QuerySet[Decision]:
    """The standing decisions that cite a standing statement that cites the note outside."""
    return Decision.objects.standing().filter(
        statements__cites__note=OuterRef("pk"),
        statements__published_at__isnull=False,
        statements__withdrawn_at=None,
    )


def _by(notes: QuerySet[Note], what: Combinable) -> dict[int, Standings]:
    counts: defaultdict[int, Counter] = defaultdict(Counter)
    rows = with_standing(notes.on_the_wall()).order_by().values("standing", apart=what)
    for row in rows.annotate(number=Count("pk")):
        counts[row["apart"]][row["standing"]] += row["number"]
    return {apart: Standings(**counter) for apart, counter in counts.items()}
