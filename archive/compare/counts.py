"""What is compared, counted from the kept counts; they are those of `responses.tallies`.

A note answers a principle that its station asks about. The few pinned to a wording of a principle that
their station does not ask about are counted one by one, as the page of that principle counts them.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from events.models import EventQuerySet
from outcomes.contested import PAIRED, PINNED, pinned_alone
from people.guests import Viewer
from principles.models import Wording
from responses.models import Activity, Board, Note, Pairing, TallyRow
from responses.models.activities import COVERING
from responses.tallies import COUNTED, NOWHERE, PLACE, Tally

FACTS = ("mark", "text_state")
# What a board covers, as `responses.models.notes.COVERED` says it of notes.
COVERED = Q(
    station__board__hides_until_reveal=True,
    station__board__state=Activity.State.OPEN,
    station__board__phase__in=COVERING,
)
KEPT_PLACE = Case(
    When(COVERED, place=TallyRow.Place.SHOWN, then=Value("covered")),
    When(place=TallyRow.Place.SHOWN, then=Value(COUNTED)),
    default=F("place"),
    output_field=CharField(),
)


@dataclass(slots=True)
class Counted:
    """A tally, and that part of it which comes from boards where under-18s may take part."""

    tally: Tally = field(default_factory=Tally)
    young: Tally = field(default_factory=Tally)

    def add(self, other: "Counted") -> None:
        self.tally.add(other.tally)
        self.young.add(other.young)


Counts = dict[tuple, Counted]


def at_stations(principle: int, viewer: Viewer) -> Counts:
    """The answers at stations that ask about a principle, by station and event; one query."""
    rows = TallyRow.objects.visible_to(viewer).filter(station__pairings__principle=principle)
    return _of_rows(rows, "station", "station__board__event", facts=FACTS)


def pinned_elsewhere(principle: int, viewer: Viewer) -> Counts:
    """The answers to a principle at stations that do not ask about it, by event; one query."""
    return _of_notes(pinned_alone(_notes(viewer), [principle]), "board__event", facts=FACTS)


def by_principle(principles: Collection[int], viewer: Viewer) -> Counts:
    """The answers to each of `principles`, by its primary key; two queries."""
    rows = TallyRow.objects.visible_to(viewer).filter(station__pairings__principle__in=principles)
    found = _of_rows(rows, PAIRED, facts=("mark",))
    for key, counted in _of_notes(pinned_alone(_notes(viewer), principles), PINNED, facts=("mark",)).items():
        found.setdefault(key, Counted()).add(counted)
    return found


def by_event(events: EventQuerySet, viewer: Viewer, principles: Collection[int] | None = None) -> Counts:
    """The notes at each of `events`, or those that answer `principles`, each note once; two queries."""
    rows = TallyRow.objects.visible_to(viewer).filter(station__board__event__in=events)
    if principles is None:
        return _of_rows(rows, "station__board__event", facts=("mark",))
    asking = Pairing.objects.filter(principle__in=principles).values("station")
    pinned = Note.wordings.through.objects.filter(wording__principle__in=principles).values("note")
    alone = _notes(viewer).filter(board__event__in=events, pk__in=pinned).exclude(station__in=asking)
    found = _of_rows(rows.filter(station__in=asking), "station__board__event", facts=("mark",))
    for key, counted in _of_notes(alone, "board__event", facts=("mark",)).items():
        found.setdefault(key, Counted()).add(counted)
    return found


def by_wording(principle: int, viewer: Viewer) -> dict[tuple[int, int], tuple[int, int]]:
    """For each event and wording how many notes on the wall answered it, and how many of them where
    under-18s may take part. A note pinned to several wordings answers the newest of them; one query.
    """
    newest = Wording.objects.filter(notes=OuterRef("pk"), principle=principle).order_by("-version")
    notes = _notes(viewer).on_the_wall().filter(wordings__principle=principle).order_by()
    answered = notes.annotate(newest=Subquery(newest.values("pk")[:1]))
    young = Count("pk", filter=Q(board__may_include_under_18s=True), distinct=True)
    counted = answered.values("board__event", "newest").annotate(
        all=Count("pk", distinct=True), under_18=young
    )
    return {(row["board__event"], row["newest"]): (row["all"], row["under_18"]) for row in counted}


def _notes(viewer: Viewer) -> QuerySet[Note]:
    return Note.objects.filter(board__in=Board.objects.visible_to(viewer))


def _of_rows(rows: QuerySet[TallyRow], *by: str, facts: tuple[str, ...]) -> Counts:
    seen = rows.order_by().annotate(at=KEPT_PLACE, is_young=F("station__board__may_include_under_18s"))
    return _sorted_in(seen.values(*by, *facts, "at", "is_young").annotate(sum=Sum("number")), by)


def _of_notes(notes: QuerySet[Note], *by: str, facts: tuple[str, ...]) -> Counts:
    seen = notes.order_by().annotate(at=PLACE, is_young=F("board__may_include_under_18s"))
    return _sorted_in(seen.values(*by, *facts, "at", "is_young").annotate(sum=Count("pk")), by)


def _sorted_in(rows: QuerySet, by: tuple[str, ...]) -> Counts:
    found: Counts = defaultdict(Counted)
    for row in rows:
        counted = found[tuple(row[name] for name in by)]
        for tally in (counted.tally, counted.young) if row["is_young"] else (counted.tally,):
            _count_in(tally, row)
    return dict(found)


def _count_in(tally: Tally, row: dict) -> None:
    place, number = row["at"], row["sum"]
    if place == COUNTED:
        tally.marks[row["mark"]] += number
        tally.text_states[row.get("text_state", "")] += number
    elif place != NOWHERE:
        setattr(tally, place, getattr(tally, place) + number)
