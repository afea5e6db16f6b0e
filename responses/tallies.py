"""Counts. The page, the stream, the API and every export take their numbers from here.

Every note on the wall counts, also one whose words are kept to its board. Counted apart are
those that were withdrawn, wait for an organiser, were hidden by one, were merged into another
or are covered until the board reveals them; marks taken back count not at all.

Boards are counted note by note. What goes over the whole archive is added up from the counts that
the database keeps (`responses.models.TallyRow`): `kept_tally`, `kept_tallies`. Both say the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, QuerySet, Sum, Value, When

from responses.models import Board, Mark, Moderation, Note, Origin, Station, TallyRow, TextState
from responses.models.counts import COVERED_ROWS
from responses.models.notes import COVERED

APART = ("withdrawn", "waiting", "hidden", "merged", "covered")


# Where a note counts: in the tally, apart from it under one of APART, or nowhere.
COUNTED, NOWHERE = "counted", "nowhere"
PLACE = Case(
    When(ending__in=[Note.Ending.TAKEN_BACK, Note.Ending.NO_NOTE], then=Value(NOWHERE)),
    When(withdrawn_at__isnull=False, then=Value("withdrawn")),
    When(moderation=Moderation.WAITING, then=Value("waiting")),
    When(moderation=Moderation.HIDDEN, then=Value("hidden")),
    When(merged_into__isnull=False, then=Value("merged")),
    When(COVERED, then=Value("covered")),
    default=Value(COUNTED),
    output_field=CharField(),
)
# The same of a kept row, which knows everything but what its board covers.
KEPT_PLACE = Case(
    When(COVERED_ROWS, place=TallyRow.Place.SHOWN, then=Value("covered")),
    When(place=TallyRow.Place.SHOWN, then=Value(COUNTED)),
    default=F("place"),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: a mark, how many notes carry it and the share of all notes."""

    mark: str
    label: str
    count: int
    total: int

    @property
    def percent(self) -> int | None:
        """Share of all notes in whole percent, rounded half up; None without notes."""
        return (200 * self.count + self.total) // (2 * self.total) if self.total else None

    @property
    def percent_text(self) -> str:
        return "" if self.percent is None else f"{self.percent} %"


@dataclass(slots=True)
class Tally:
    """The notes of a station, board, event or principle, counted by each of their three facts."""

    marks: Counter[str] = field(default_factory=Counter)
    text_states: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    # What is counted in a room is kept apart from what came from devices, mark by mark.
    by_origin: Counter[tuple[str, str]] = field(default_factory=Counter)
    withdrawn: int = 0
    waiting: int = 0
    hidden: int = 0
    merged: int = 0
    covered: int = 0
    stated: int | None = None
    # The longest bar of the tallies shown beside this one, so that all are drawn to one scale.
    beside: int = 0

    @property
    def total(self) -> int:
        return self.marks.total()

    @property
    def differs(self) -> bool:
        """Whether the record states another number than is counted here."""
        return self.stated is not None and self.stated != self.total

    @property
    def rows(self) -> list[Row]:
        """The five bars in their fixed order; not recorded is its own."""
        return [Row(mark.value, mark.label, self.marks[mark], self.total) for mark in Mark]

    @property
    def most(self) -> int:
        """The longest bar, at least 1 so that it can divide."""
        return max(1, self.beside, *(self.marks[mark] for mark in Mark))

    @property
    def state_rows(self) -> list[tuple[str, int]]:
        return [(state.label, self.text_states[state]) for state in TextState if self.text_states[state]]

    @property
    def origin_rows(self) -> list[tuple[str, int]]:
        return [(origin.label, self.origins[origin]) for origin in Origin if self.origins[origin]]

    def add(self, other: "Tally") -> None:
        """Count another tally in; what different records state is not added up."""
        self.marks += other.marks
        self.text_states += other.text_states
        self.origins += other.origins
        self.by_origin += other.by_origin
        for apart in APART:
            setattr(self, apart, getattr(self, apart) + getattr(other, apart))


def tallies_by_station(stations: Iterable[Station]) -> dict[int, Tally]:
    """The tally of each station, by its primary key, in one query for all of them."""
    tallies = {station.pk: Tally(stated=station.stated_count) for station in stations}
    for row in _counted(Note.objects.filter(station__in=list(tallies)), "station"):
        _count_in(tallies[row["station"]], row)
    return tallies


def tallies_by(notes: QuerySet[Note], what: str) -> dict[int, Tally]:
    """The notes counted apart by `what` (a way from the note, as in "board__event"), in one query."""
    tallies: dict[int, Tally] = defaultdict(Tally)
    for row in _counted(notes, what):
        _count_in(tallies[row[what]], row)
    return dict(tallies)


def tallies_by_two(notes: QuerySet[Note], one: str, other: str) -> dict[tuple[int, int], Tally]:
    """The notes counted apart by two things at once, each a way from the note, in one query."""
    tallies: dict[tuple[int, int], Tally] = defaultdict(Tally)
    for row in _counted(notes, one, other):
        _count_in(tallies[row[one], row[other]], row)
    return dict(tallies)


def tally_of(notes: QuerySet[Note]) -> Tally:
    """One tally of a set of notes, in one query."""
    tally = Tally()
    for row in _counted(notes):
        _count_in(tally, row)
    return tally


def tally_of_board(board: Board) -> Tally:
    return tally_of(Note.objects.filter(board=board))


def kept_tally(rows: QuerySet[TallyRow]) -> Tally:
    """One tally of kept counts, in one query: what `tally_of` says of their notes."""
    tally = Tally()
    for row in _kept(rows):
        _count_in(tally, row)
    return tally


def kept_tallies(rows: QuerySet[TallyRow], what: str) -> dict[int, Tally]:
    """Kept counts apart by `what` (a way from the row, as in "station__board__event"), in one query.

    Over a way that branches, as "station__pairings__principle" does, a note counts once on each branch.
    """
    tallies: dict[int, Tally] = defaultdict(Tally)
    for row in _kept(rows, what):
        _count_in(tallies[row[what]], row)
    return dict(tallies)


def _kept(rows: QuerySet[TallyRow], *apart_by: str) -> Iterator[dict]:
    """As `_counted`; a kept row has a place and a number of its own, and so other names are asked for."""
    facts = ("mark", "text_state", "origin", "at", *apart_by)
    summed = rows.order_by().annotate(at=KEPT_PLACE).values(*facts).annotate(notes=Sum("number"))
    return ({**row, "place": row["at"], "number": row["notes"]} for row in summed.filter(notes__gt=0))


def _counted(notes: QuerySet[Note], *apart_by: str) -> QuerySet:
    facts = ("mark", "text_state", "origin", "place", *apart_by)
    return notes.order_by().annotate(place=PLACE).values(*facts).annotate(number=Count("pk"))


def _count_in(tally: Tally, row: dict) -> None:
    place, number = row["place"], row["number"]
    if place == NOWHERE:
        return
    if place != COUNTED:
        setattr(tally, place, getattr(tally, place) + number)
        return
    tally.marks[row["mark"]] += number
    tally.text_states[row["text_state"]] += number
    tally.origins[row["origin"]] += number
    tally.by_origin[row["mark"], row["origin"]] += number
