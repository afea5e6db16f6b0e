"""The crosswalk: which principles belong together, and what says so.

Evidence is of three kinds: headings that asked about both at once, notes at one that name the other,
and ties that an organiser signed. Nothing is inferred, and nothing is weighed: each piece is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Prefetch, Q, QuerySet

from outcomes.models import NoTie, Tie
from outcomes.naming import CUES, name_key, names_in, written_on_paper
from people.guests import Viewer
from principles.models import Principle, PrincipleSet, Wording
from responses.models import Note, Origin, Pairing, Station


@dataclass(frozen=True, slots=True)
class Named:
    """A note that names `names`; `others` are principles of other sets that bear the same name."""

    note: Note
    names: Principle
    others: list[Principle]

    @property
    def other_sets(self) -> str:
        return ", ".join(other.set.name for other in self.others)


@dataclass(slots=True)
class Cell:
    """Two principles, and everything that says that they belong together."""

    one: Principle
    other: Principle
    sheets: list[Station] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.sheets) + len(self.named) + len(self.ties)

    @property
    def anchor(self) -> str:
        """The same whichever way round the two are asked for."""
        first, second = sorted((self.one, self.other), key=lambda principle: principle.pk)
        return f"{first.identifier}-{second.identifier}"

    def seen_from(self, principle: Principle) -> "Cell":
        """The same cell with `principle` as its first."""
        if self.one == principle:
            return self
        return Cell(self.other, self.one, self.sheets, self.named, self.ties)


@dataclass(slots=True)
class Findings:
    """The cells with evidence, by the primary keys of their two principles, the smaller first.

    `loose` are notes that name a principle where no principle was asked about; `unmeant` says of
    which notes somebody said that they do not mean it.
    """

    cells: dict[tuple[int, int], Cell]
    loose: list[Named]
    unmeant: list[NoTie]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Two sets side by side. Each row is a principle of `one` with a cell, or None, for each of `other`."""

    one: PrincipleSet
    other: PrincipleSet
    columns: list[Principle]
    rows: list[tuple[Principle, list[Cell | None]]]
    cells: list[Cell]
    loose: list[Named]
    unmeant: list[NoTie]

    @property
    def pieces(self) -> int:
        return sum(cell.total for cell in self.cells)

    @property
    def is_of_one(self) -> bool:
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sets, and how many pairs of their principles have evidence, of how many pieces."""

    one: PrincipleSet
    other: PrincipleSet
    cells: int
    pieces: int


def crosswalk(one: PrincipleSet, other: PrincipleSet, viewer: Viewer) -> Crosswalk:
    """The crosswalk of two sets, or of a set with itself, as far as `viewer` may read; seven queries."""
    # Among all principles, since one of a third set may bear the same name as one of these.
    principles = list(_principles(viewer))
    findings = find(principles, viewer)
    down, across = ([each for each in principles if each.set_id == s.pk] for s in (one, other))
    rows = [(first, [_cell(findings, first, second) for second in across]) for first in down]
    cells = {cell.anchor: cell for _, row in rows for cell in row if cell}
    loose = [named for named in findings.loose if named.names in {*down, *across}]
    unmeant = [said for said in findings.unmeant if said.principle in {*down, *across}]
    return Crosswalk(one, other, across, rows, list(cells.values()), loose, unmeant)


def pairs_of_sets(viewer: Viewer) -> list[Pair]:
    """The pairs of sets with evidence between them, those with most first, a set with itself last."""
    counted: dict[tuple[PrincipleSet, PrincipleSet], list[Cell]] = defaultdict(list)
    for cell in find(list(_principles(viewer)), viewer).cells.values():
        first, second = sorted((cell.one.set, cell.other.set), key=lambda each: each.name)
        counted[first, second].append(cell)
    pairs = [Pair(*sets, len(cells), sum(cell.total for cell in cells)) for sets, cells in counted.items()]
    return sorted(pairs, key=lambda pair: (pair.one == pair.other, -pair.pieces, pair.one.name))


def goes_with(principle: Principle, viewer: Viewer) -> list[Cell]:
    """What belongs together with `principle`, seen from it, in the order of sets; seven queries."""
    findings = find(list(_principles(viewer)), viewer, about=principle)
    cells = [cell.seen_from(principle) for key, cell in findings.cells.items() if principle.pk in key]
    return sorted(cells, key=lambda cell: (cell.other.set.name, cell.other.position))


def find(principles: Sequence[Principle], viewer: Viewer, *, about: Principle | None = None) -> Findings:
    """All evidence among `principles`, or only what has to do with `about`."""
    findings = Findings({}, [], [])
    by_pk = {principle.pk: principle for principle in principles}
    for station, paired in _paired(by_pk, viewer, about):
        for first, second in combinations(paired, 2):
            _between(findings, first, second).sheets.append(station)
    _find_named(findings, by_pk, viewer, about)
    for tie in _ties(by_pk, about):
        _between(findings, by_pk[tie.one_id], by_pk[tie.other_id]).ties.append(tie)
    return findings


def _principles(viewer: Viewer) -> QuerySet[Principle]:
    return Principle.objects.visible_to(viewer).select_related("set").order_by("set__name", "position")


def _cell(findings: Findings, first: Principle, second: Principle) -> Cell | None:
    found = findings.cells.get(_key(first, second))
    return found and found.seen_from(first)


def _key(first: Principle, second: Principle) -> tuple[int, int]:
    return min(first.pk, second.pk), max(first.pk, second.pk)


def _between(findings: Findings, first: Principle, second: Principle) -> Cell:
    return findings.cells.setdefault(_key(first, second), Cell(first, second))


def _paired(
    by_pk: dict[int, Principle], viewer: Viewer, about: Principle | None
) -> Iterable[tuple[Station, list[Principle]]]:
    """Each station with those of the principles that it asks about, from the first event to the last."""
    pairings = Pairing.objects.filter(principle__in=by_pk, station__in=Station.objects.visible_to(viewer))
    if about:
        pairings = pairings.filter(station__in=Pairing.objects.filter(principle=about).values("station"))
    stations: dict[Station, list[Principle]] = defaultdict(list)
    order = ("station__board__event__first_day", "station__board", "station__position", "pk")
    for pairing in pairings.select_related("station__board__event").order_by(*order):
        stations[pairing.station].append(by_pk[pairing.principle_id])
    return stations.items()


def _ties(by_pk: dict[int, Principle], about: Principle | None) -> QuerySet[Tie]:
    ties = Tie.objects.standing().filter(one__in=by_pk, other__in=by_pk).select_related("author")
    return ties.filter(Q(one=about) | Q(other=about)) if about else ties


def _find_named(
    findings: Findings, by_pk: dict[int, Principle], viewer: Viewer, about: Principle | None
) -> None:
    by_name: dict[str, list[Principle]] = defaultdict(list)
    for principle in by_pk.values():
        by_name[name_key(principle.name)].append(principle)
    notes = list(_notes_with_a_cue(viewer, about))
    denied = {(each.note_id, each.principle_id): each for each in _unmeant(notes)}
    for note in notes:
        keys = names_in(_written(note), by_name)
        for named in (principle for key in keys for principle in by_name[key]):
            if unmeant := denied.get((note.pk, named.pk)):
                findings.unmeant.append(unmeant)
            else:
                _place(findings, Named(note, named, _namesakes(by_name, named)), by_pk)


def _namesakes(by_name: dict[str, list[Principle]], named: Principle) -> list[Principle]:
    return [other for other in by_name[name_key(named.name)] if other != named]


def _place(findings: Findings, found: Named, by_pk: dict[int, Principle]) -> None:
    """Into the cell of each principle that the note answers with the one it names."""
    answered = _answered(found.note)
    if not answered:
        findings.loose.append(found)
    for pk in answered & by_pk.keys() - {found.names.pk}:
        _between(findings, by_pk[pk], found.names).named.append(found)


def _answered(note: Note) -> set[int]:
    """The principles a note answers: those of its wordings, and those its station asks about."""
    paired = {pairing.principle_id for pairing in note.station.pairings.all()}
    return paired | {wording.principle_id for wording in note.wordings.all()}


def _written(note: Note) -> str:
    return written_on_paper(note.text) if note.origin == Origin.PAPER else note.text


def _notes_with_a_cue(viewer: Viewer, about: Principle | None) -> QuerySet[Note]:
    """The notes on the wall whose words `viewer` may read, and which may name a principle."""
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(text__iregex=rf"{CUES}|see\s")
    if about:
        answering = Q(station__in=Pairing.objects.filter(principle=about).values("station"))
        pinned = Note.wordings.through.objects.filter(wording__principle=about).values("note")
        words = name_key(about.name).split()
        named = Q(*(Q(text__icontains=word) for word in words))
        notes = notes.filter(answering | Q(pk__in=pinned) | named)
    parts = ("station__pairings", Prefetch("wordings", Wording.objects.only("principle_id")))
    return notes.for_showing().prefetch_related(*parts).in_order()


def _unmeant(notes: list[Note]) -> QuerySet[NoTie]:
    return NoTie.objects.filter(note__in=notes).select_related("note__station", "principle__set", "by")
