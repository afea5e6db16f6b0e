"""Sets side by side: what people made of each of their principles, and what ties them together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.compare.counts import Counted, by_principle
from archive.compare.figures import MARKS, Figure, Head, Line, Row, lines_of, parts_of
from coproduce.languages import in_a_row
from events.models import Event
from outcomes.contested import Made, in_order, with_challenges
from outcomes.crosswalk import Cell
from outcomes.models import Tie
from people.guests import Viewer
from principles.models import Principle, PrincipleSet
from responses.models import Note, Pairing, Station

ORDERS = {
    "sets": gettext_lazy("In the order of their sets"),
    "contested": gettext_lazy("Most challenged first"),
    "agreed": gettext_lazy("Most agreed first"),
}


@dataclass(slots=True)
class Beside:
    """A principle in a comparison: its line of the figure, its strongest challenge, what it goes with."""

    principle: Principle
    line: Line
    challenge: Note | None
    ties: list[Cell]


@dataclass(frozen=True, slots=True)
class Compared:
    """A principle and what was answered to it."""

    principle: Principle
    counted: Counted


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The compared principles as a figure, and those that nobody answered."""

    figure: Figure
    counted: dict[int, Counted]
    principles: list[Principle]
    unanswered: list[Principle]


def compared(sets: Sequence[PrincipleSet] | None, viewer: Viewer) -> list[Compared]:
    """The principles of `sets`, or of all, each with what was counted; three queries."""
    seen = Principle.objects.visible_to(viewer).select_related("set").order_by("set__name", "position")
    principles = list(seen if sets is None else seen.filter(set__in=sets))
    found = by_principle([principle.pk for principle in principles], viewer)
    return [Compared(principle, found.get((principle.pk,), Counted())) for principle in principles]


def side_by_side(
    principles: list[Compared], sets: Sequence[PrincipleSet] | None = None, order: str = "sets"
) -> SideBySide:
    """What was counted as a figure, in one of ORDERS. Rows are not added up: a note can be in two."""
    counted = {one.principle.pk: one.counted for one in principles}
    made = [Made(one.principle, tally=one.counted.tally) for one in principles]
    answered = in_order(made, order) if order != "sets" else [one for one in made if one.tally.total]
    shown = [one.principle for one in answered]
    left = set(counted) - {principle.pk for principle in shown}
    unanswered = [one.principle for one in principles if one.principle.pk in left]
    return SideBySide(_figure(shown, counted, sets, order), counted, shown, unanswered)


def _figure(
    principles: list[Principle],
    counted: dict[int, Counted],
    sets: Sequence[PrincipleSet] | None,
    order: str,
) -> Figure:
    rows = [_row(principle, counted[principle.pk]) for principle in principles]
    lines, _sums, is_kept_back = lines_of(rows, summed=False)
    title = _("What people made of the principles of every set")
    if sets is not None:
        named = {"sets": in_a_row([each.name for each in sets])}
        title = _("What people made of the principles of %(sets)s") % named
    return Figure(
        name="principles-side-by-side",
        title=title,
        counted=_(
            "Counted are all notes on show that answered a principle, by their mark. %(order)s. Rows are not "
            "added up, since one note can answer two principles."
        )
        % {"order": ORDERS[order]},
        what=_("Principle"),
        columns=MARKS,
        lines=lines,
        is_kept_back=is_kept_back,
    )


def _row(principle: Principle, counted: Counted) -> Row:
    path = principle.get_absolute_url()
    head = Head(principle.identifier, principle.name, principle.set.name, path)
    return Row(head, parts_of(counted.tally.marks, counted.young.marks, MARKS), counted.tally.withdrawn)


def besides(shown: SideBySide, lines: Iterable[Line], viewer: Viewer) -> list[Beside]:
    """The principles of `lines`, with their strongest challenges and what ties them; five queries."""
    by_name = {principle.identifier: principle for principle in shown.principles}
    principles = [by_name[line.head.name] for line in lines]
    made = [Made(one, tally=shown.counted[one.pk].tally) for one in principles]
    with_challenges(made, viewer, Event.objects.visible_to(viewer))
    ties = tied(shown.principles, viewer)
    return [
        Beside(one.principle, line, one.challenge, ties.get(one.principle.pk, []))
        for one, line in zip(made, lines, strict=True)
    ]


def tied(principles: list[Principle], viewer: Viewer) -> dict[int, list[Cell]]:
    """For each principle the cells of the crosswalk with another one here, by headings and signed ties.

    Notes that name a principle are the crosswalk's own: finding them means reading every note.
    """
    by_pk = {principle.pk: principle for principle in principles}
    cells: dict[tuple[int, int], Cell] = {}
    for one, other in (*_signed(by_pk, viewer), *_asked_together(by_pk, viewer)):
        cells.setdefault((one, other), Cell(by_pk[one], by_pk[other]))
    found: dict[int, list[Cell]] = defaultdict(list)
    for (one, other), cell in cells.items():
        if cell.one.set_id != cell.other.set_id:
            found[one].append(cell)
            found[other].append(cell.seen_from(by_pk[other]))
    return found


def _signed(by_pk: dict[int, Principle], viewer: Viewer) -> QuerySet:
    ties = Tie.objects.visible_to(viewer).standing().filter(one__in=by_pk, other__in=by_pk)
    return ties.values_list("one", "other")


def _asked_together(by_pk: dict[int, Principle], viewer: Viewer) -> QuerySet:
    """Principles that one heading asks about, the one on record first before the other."""
    seen = Pairing.objects.filter(station__in=Station.objects.visible_to(viewer), principle__in=by_pk)
    both = seen.annotate(other=F("station__pairings__principle")).filter(
        other__gt=F("principle"), other__in=by_pk
    )
    return both.values_list("principle", "other").distinct()
