"""Layouts: sets of stations to pick, change and use again, and the boards made from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import Principle, PrincipleSet
from responses.changes import append_change
from responses.import_plan import code_beside
from responses.models import Board, Change, Layout, Station
from responses.slugs import free_slug

MOST_STATIONS = 40
LONGEST_HEADING = 300
MISSING = "What is missing?"


@dataclass(frozen=True, slots=True)
class Planned:
    """A station to be: its heading, the principles it asks about and whether it asks what is missing."""

    heading: str
    principles: Sequence[Principle] = ()
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A layout to pick, by its `key`."""

    key: str
    name: str
    about: str
    question: str = ""
    stations: Sequence[Planned] = field(default_factory=tuple)

    @property
    def headings(self) -> str:
        """Its headings, one a line, to be changed."""
        return "\n".join(station.heading for station in self.stations)


def _of(*headings: str) -> tuple[Planned, ...]:
    return tuple(Planned(heading) for heading in headings)


BUILT_IN = (
    Choice(
        "start-stop-continue", gettext_lazy("Start, stop, continue"),
        gettext_lazy("What to begin, what to leave, what to go on with."),
        "What should we start, stop and continue?", _of("Start", "Stop", "Continue"),
    ),
    Choice(
        "keep-change-try", gettext_lazy("Keep, change, try"),
        gettext_lazy("For looking back on something you did together."),
        "What do we keep, what do we change, what do we try?", _of("Keep", "Change", "Try"),
    ),
    Choice(
        "blank", gettext_lazy("Your own headings"),
        gettext_lazy("An empty sheet: type whatever the room is to answer."),
    ),
)  # fmt: skip


def choices_for(event: Event, viewer: Viewer) -> list[Choice]:
    """Every layout that can be picked for `event`: built in, its principle sets, and those `viewer` kept."""
    sets = PrincipleSet.objects.visible_to(viewer).prefetch_related("principles").order_by("name")
    # Those of the event come first: they are what its people gathered around.
    own = set(event.principle_sets.values_list("pk", flat=True))
    ordered = sorted(sets, key=lambda each: each.pk not in own)
    kept = Layout.objects.filter(by=viewer.person) if viewer.person else Layout.objects.none()
    return [*map(_of_layout, kept), *BUILT_IN[:-1], *map(_of_set, ordered), BUILT_IN[-1]]


def _of_set(principles: PrincipleSet) -> Choice:
    members = [Planned(p.name, (p,)) for p in principles.principles.all()]
    about = _("A heading for each of %(number)s principles, and one for what is missing.") % {
        "number": len(members)
    }
    return Choice(
        f"set-{principles.slug}", principles.name, about,
        "What do you make of each of these principles?", (*members, Planned(MISSING, is_missing=True)),
    )  # fmt: skip


def _of_layout(layout: Layout) -> Choice:
    asked = {pk for station in layout.stations for pk in station.get("principles", ())}
    principles = Principle.objects.in_bulk(asked)
    stations = tuple(
        Planned(
            station["heading"],
            tuple(principles[pk] for pk in station.get("principles", ()) if pk in principles),
            station.get("is_missing", False),
        )
        for station in layout.stations
    )
    made = _("Kept by you on %(made_at)s.") % {"made_at": date_format(layout.made_at, "j F Y")}
    return Choice(f"kept-{layout.identifier}", layout.name, made, layout.question, stations)


def planned_from(lines: str, choice: Choice) -> list[Planned]:
    """The stations that typed `lines` name: a heading left as the layout has it keeps its principles.

    Refuses none, too many, one twice and one that is too long.
    """
    headings = [line.strip() for line in lines.splitlines() if line.strip()]
    if not headings:
        raise Refused(_("Type at least one heading, so that there is something to answer."))
    if len(headings) > MOST_STATIONS:
        raise Refused(
            _("That makes %(number)s headings. A board holds %(most_stations)s: make two of it.")
            % {"number": len(headings), "most_stations": MOST_STATIONS}
        )
    if twice := next((one for one in headings if headings.count(one) > 1), ""):
        raise Refused(
            _("“%(twice)s” is there twice. Notes could not be told apart: change one of them.")
            % {"twice": twice[:60]}
        )
    if too_long := next((one for one in headings if len(one) > LONGEST_HEADING), ""):
        raise Refused(
            _("“%(too_long)s…” is too long for a heading: %(longest_heading)s characters are room.")
            % {"too_long": too_long[:40], "longest_heading": LONGEST_HEADING}
        )
    as_laid_out = {station.heading: station for station in choice.stations}
    return [as_laid_out.get(one) or Planned(one, is_missing=_asks_what_is_missing(one)) for one in headings]


def _asks_what_is_missing(heading: str) -> bool:
    return heading.casefold() in {"what is missing?", "what’s missing?", "what's missing?", "missing"}


def make_board(
    event: Event, *, name: str, question: str = "", stations: Sequence[Planned], by: Viewer | None
) -> Board:
    """Put a closed board on an event, with its stations and what they ask about; for those who run it."""
    if by is not None and not event.is_run_by(by):
        raise Refused(_("Only those who run this event can put a board on it."))
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=event.pk)
        slug, position = free_slug(event, name, "board"), event.activities.count() + 1
        facts = {"name": name.strip(), "question": question.strip(), "position": position}
        board = Board.objects.create(event=event, slug=slug, **facts)
        for position, planned in enumerate(stations, 1):
            _add_station(board, position, planned)
        append_change(board, Change.Kind.STATION_ADDED, by=by)
        leave_trace("board_made", board, by=by)
    return board


def _add_station(board: Board, position: int, planned: Planned) -> Station:
    taken = set(board.stations.values_list("code", flat=True))
    station = board.stations.create(
        heading=planned.heading,
        code=code_beside(planned.heading, taken),
        position=position,
        is_missing=planned.is_missing,
    )
    for principle in planned.principles:
        station.pairings.create(principle=principle)
    return station


def keep_layout(board: Board, name: str, *, by: Viewer) -> Layout:
    """Keep the stations of a board under a name, for the next one."""
    if not board.event.is_run_by(by):
        raise Refused(_("Only those who run this event can do that."))
    name = name.strip()
    if not name or len(name) > 100:
        raise Refused(_("Give the layout a name of up to 100 characters."))
    stations = [
        {
            "heading": station.heading,
            "is_missing": station.is_missing,
            "principles": [principle.pk for principle in station.principles.all()],
        }
        for station in Station.objects.filter(board=board.pk).prefetch_related("principles")
    ]
    if not stations:
        raise Refused(_("This board has no headings yet, so there is nothing to keep."))
    layout = Layout.objects.create(name=name, question=board.question, stations=stations, by=by.person)
    leave_trace("layout_kept", board, by=by, why=f"“{name}”.")
    return layout


def chosen_among(choices: Iterable[Choice], key: str) -> Choice | None:
    """The choice with this key, if there is such a one."""
    return next((choice for choice in choices if choice.key == key), None)
