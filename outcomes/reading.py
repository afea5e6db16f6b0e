"""What was said, heard and decided, as everybody reads it; a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, QuerySet

from events.models import Event
from outcomes.models import Decision, DecisionUpdate, Declined, Statement
from people.guests import Viewer
from responses.models import Mark, Note
from responses.sheets import with_reading_count
from responses.strongest import ORDER
from responses.tallies import Tally, tallies_by

A_FEW = 4  # notes beside a statement on a page of many


@dataclass(slots=True)
class Heard:
    """A statement with the notes that said it and what was decided.

    `notes` are those that the viewer may read, what says most first; `tally` counts all that it cites.
    """

    statement: Statement
    tally: Tally = field(default_factory=Tally)
    notes: list[Note] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many notes on a wall it cites."""
        return self.tally.total

    @property
    def agrees_alone(self) -> bool:
        """Whether it cites agreement and no challenge, which has to be said beside it."""
        return bool(self.tally.marks[Mark.TICK]) and not self.tally.marks[Mark.SQUARE]

    @property
    def kept(self) -> int:
        """How many more count whose words stay with those who were there."""
        return self.number - len(self.notes)

    @property
    def few(self) -> list[Note]:
        """Some of the notes: agreement never without the challenge that stands beside it."""
        first = [note for mark in (Mark.TICK, Mark.SQUARE) if (note := self._first(mark))]
        others = [note for note in self.notes if note not in first]
        return (first + others)[:A_FEW]

    @property
    def more(self) -> int:
        return len(self.notes) - len(self.few)

    def _first(self, mark: str) -> Note | None:
        return next((note for note in self.notes if note.mark == mark), None)


def heard_at(events: Iterable[Event], viewer: Viewer) -> list[Heard]:
    """Every standing statement of `events`, in their order; five queries."""
    keys = [event.pk for event in events]
    statements = Statement.objects.visible_to(viewer).standing().filter(event__in=keys)
    return with_all_of_it(statements.order_by("event__first_day", "event", "published_at", "pk"), viewer)


def with_all_of_it(statements: QuerySet[Statement], viewer: Viewer) -> list[Heard]:
    """Each of `statements` with its notes and decisions, as far as `viewer` may read them; five queries."""
    found = list(statements.select_related("event", "author").prefetch_related(decided_for(viewer)))
    tallies = tallies_by_statement(found)
    notes = notes_by_statement(found, viewer)
    return [Heard(one, tallies.get(one.pk, Tally()), notes[one.pk], one.decided) for one in found]


def decided_for(viewer: Viewer) -> Prefetch:
    """The standing decisions about each statement, as `decided`, with what became of them."""
    decisions = Decision.objects.visible_to(viewer).standing().order_by("published_at", "pk")
    return Prefetch("decisions", with_what_became(decisions), to_attr="decided")


def with_what_became(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    updates = DecisionUpdate.objects.select_related("by", "shown_at")
    named = decisions.select_related("owner", "person", "author", "event")
    return named.prefetch_related(Prefetch("updates", updates))


def tallies_by_statement(statements: Iterable[Statement]) -> dict[int, Tally]:
    """The notes each statement cites, counted, by its primary key."""
    cited = Note.objects.filter(heard_in__statement__in=[one.pk for one in statements])
    return tallies_by(cited, "heard_in__statement")


def notes_by_statement(statements: Iterable[Statement], viewer: Viewer) -> dict[int, list[Note]]:
    """The notes each statement cites that `viewer` may read, what says most first."""
    seen = with_reading_count(Note.objects.visible_to(viewer).on_the_wall()).for_showing()
    rows = seen.filter(heard_in__statement__in=[one.pk for one in statements])
    found: defaultdict[int, list[Note]] = defaultdict(list)
    for note in rows.annotate(heard=F("heard_in__statement")).order_by(*ORDER):
        found[note.heard].append(note)
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one note: what was heard in it, what was decided, or why it will not be taken up."""

    statements: list[Statement]
    refusal: Declined | None

    @property
    def is_waiting(self) -> bool:
        return not self.statements and self.refusal is None


def came_of(note: Note, viewer: Viewer) -> Came:
    """What came of `note` that everybody may read; four queries."""
    heard = Statement.objects.visible_to(viewer).standing().filter(notes=note).order_by("published_at", "pk")
    refusals = Declined.objects.standing().filter(note=note).select_related("by")
    statements = list(heard.select_related("author").prefetch_related(decided_for(viewer)))
    return Came(statements, refusals.first())
