"""Principles by what people made of them: the most challenged first, or the most agreed.

Both are sort orders of the same counts. There is no score, and agreement never stands without
what was said against it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Length

from events.models import Event
from people.guests import Viewer
from principles.models import Principle
from responses.models import Board, Mark, Note, Pairing
from responses.strongest import SAYS_MOST
from responses.tallies import Tally, tallies_by_two

# The two ways from a note to what it answers: its station's principles, and its own wordings'.
PAIRED, PINNED = "station__pairings__principle", "wordings__principle"
ORDERS = {"contested": Mark.SQUARE, "agreed": Mark.TICK}


@dataclass(slots=True)
class Made:
    """What people made of a principle: in all, and event by event from the first to the last.

    `challenge` is the strongest that the viewer may read, or None.
    """

    principle: Principle
    by_event: list[tuple[Event, Tally]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    challenge: Note | None = None

    @property
    def agreements(self) -> int:
        return self.tally.marks[Mark.TICK]

    @property
    def challenges(self) -> int:
        return self.tally.marks[Mark.SQUARE]

    @property
    def amendments(self) -> int:
        return self.tally.marks[Mark.BUBBLE]

    @property
    def marks_unrecorded(self) -> int:
        return self.tally.marks[Mark.NOT_RECORDED]


def made_of(principles: Iterable[Principle], viewer: Viewer, events: QuerySet[Event]) -> list[Made]:
    """What was answered to each of `principles` at `events`, on boards `viewer` may see; three queries."""
    made = {principle.pk: Made(principle) for principle in principles}
    boards = Board.objects.visible_to(viewer).filter(event__in=events)
    tallies = _tallies(Note.objects.filter(board__in=boards), list(made))
    shown = Event.objects.filter(pk__in={event for _, event in tallies}).order_by("first_day", "pk")
    for event in shown:
        for pk in made:
            if tally := tallies.get((pk, event.pk)):
                made[pk].by_event.append((event, tally))
                made[pk].tally.add(tally)
    return list(made.values())


def in_order(made: Iterable[Made], order: str) -> list[Made]:
    """The answered ones: by challenges and then amendments, or by agreements; equals as their sets are."""
    answered = [each for each in made if each.tally.total]
    mark = ORDERS.get(order, Mark.SQUARE)
    return sorted(answered, key=lambda each: (-each.tally.marks[mark], -each.amendments))


def with_challenges(made: list[Made], viewer: Viewer, events: QuerySet[Event]) -> list[Made]:
    """The same, each with its strongest challenge; two queries."""
    wanted = [each.principle.pk for each in made if each.challenges]
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(mark=Mark.SQUARE, board__event__in=events)
    strongest = _strongest(notes, wanted)
    for each in made:
        each.challenge = strongest.get(each.principle.pk)
    return made


def most_contested(viewer: Viewer, *, most: int) -> list[Made]:
    """The `most` principles that people challenged most, with their strongest challenges; six queries."""
    events = Event.objects.visible_to(viewer)
    principles = Principle.objects.visible_to(viewer).select_related("set").order_by("set__name", "position")
    first = in_order(made_of(principles, viewer, events), "contested")[:most]
    return with_challenges(first, viewer, events)


def _tallies(notes: QuerySet[Note], principles: list[int]) -> dict[tuple[int, int], Tally]:
    tallies: dict[tuple[int, int], Tally] = defaultdict(Tally)
    for way, answering in _ways(notes, principles):
        for key, tally in tallies_by_two(answering, way, "board__event").items():
            tallies[key].add(tally)
    return tallies


def _ways(notes: QuerySet[Note], principles: list[int]) -> list[tuple[str, QuerySet[Note]]]:
    """The notes by the way in which they answer, each of them once for each principle."""
    paired = notes.filter(station__pairings__principle__in=principles)
    return [(PAIRED, paired), (PINNED, pinned_alone(notes, principles))]


def pinned_alone(notes: QuerySet[Note], principles: list[int]) -> QuerySet[Note]:
    """Pinned to a wording whose principle their station does not ask about; by the newest such wording."""
    paired = Pairing.objects.filter(station=OuterRef("station"), principle=OuterRef("wordings__principle"))
    newer = Note.wordings.through.objects.filter(
        note=OuterRef("pk"),
        wording__principle=OuterRef("wordings__principle"),
        wording__version__gt=OuterRef("wordings__version"),
    )
    # In one call: conditions of several would each be on some wording, and not all on the same.
    return notes.filter(~Exists(paired), ~Exists(newer), wordings__principle__in=principles)


def _strongest(notes: QuerySet[Note], principles: list[int]) -> dict[int, Note]:
    found: dict[int, Note] = {}
    for way, answering in _ways(notes, principles):
        each = answering.annotate(answers=F(way), says=SAYS_MOST, length=Length("text")).for_showing()
        order = ("answers", "says", "-length", "added_at", "pk")
        for note in each.order_by(*order).distinct("answers"):
            found[note.answers] = min(found.get(note.answers, note), note, key=_strength)
    return found


def _strength(note: Note) -> tuple:
    return note.says, -note.length, note.added_at, note.pk
