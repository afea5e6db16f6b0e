"""One principle across events: its marks, the state of its words, and the wordings that were answered."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.compare.counts import Counted, Counts, at_stations, by_wording, pinned_elsewhere
from archive.compare.figures import MARKS, Column, Figure, Head, Row, lines_of, parts_of
from archive.small_cells import Part
from events.models import Event
from people.guests import Viewer
from principles.models import Principle, Wording
from responses.answers import notes_answering
from responses.models import Mark, Note, Station, TextState
from responses.strongest import ORDER, strongest_by_mark

# The figures of the page, by what `of` in an address says.
OF = ("marks", "words", "wordings")
STATES = tuple(Column(state.value, state.label) for state in TextState)
NONE_ON_RECORD = Column("none_on_record", "None on record")
MOST_WORDINGS = 5  # that have columns of their own


@dataclass(slots=True)
class AtEvent:
    """What an event made of the principle: counts, the headings that asked, its strongest challenge."""

    event: Event
    counted: Counted = field(default_factory=Counted)
    headings: list[tuple[Station, int]] = field(default_factory=list)
    challenge: Note | None = None

    @property
    def head(self) -> Head:
        event = self.event
        return Head(event.slug, event.name, event.span.words(), event.get_absolute_url())


@dataclass(frozen=True, slots=True)
class Across:
    """A principle across the events that asked about it, and the strongest voices of all of them."""

    principle: Principle
    events: list[AtEvent]
    agreement: Note | None
    challenge: Note | None
    wordings: dict[tuple[int, int], tuple[int, int]]


def across_events(principle: Principle, viewer: Viewer) -> Across:
    """`principle` at each event that `viewer` may see, from the first to the last; seven queries."""
    at, elsewhere = at_stations(principle.pk, viewer), pinned_elsewhere(principle.pk, viewer)
    events = _events(principle, viewer, at, elsewhere)
    challenges = notes_answering(principle, viewer).filter(mark=Mark.SQUARE)
    for note in challenges.order_by("board__event", *ORDER).distinct("board__event"):
        if note.board.event_id in events:
            events[note.board.event_id].challenge = note
    strongest = strongest_by_mark(notes_answering(principle, viewer))
    agreement, challenge = strongest.get(Mark.TICK), strongest.get(Mark.SQUARE)
    return Across(principle, list(events.values()), agreement, challenge, by_wording(principle.pk, viewer))


def _events(principle: Principle, viewer: Viewer, at: Counts, elsewhere: Counts) -> dict[int, AtEvent]:
    """Every event that asked, also one where nobody answered."""
    asked = Station.objects.visible_to(viewer).filter(pairings__principle=principle).select_related("board")
    stations = list(asked.order_by("board", "position"))
    wanted = {station.board.event_id for station in stations} | {event for (event,) in elsewhere}
    shown = Event.objects.visible_to(viewer).filter(pk__in=wanted).order_by("first_day", "pk")
    events = {event.pk: AtEvent(event) for event in shown}
    for (event,), counted in elsewhere.items():
        events[event].counted.add(counted)
    for station in stations:
        one, key = events[station.board.event_id], (station.pk, station.board.event_id)
        station.board.event = one.event
        counted = at.get(key, Counted())
        one.counted.add(counted)
        one.headings.append((station, counted.tally.total))
    return events


def figure_of(across: Across, of: str = "marks") -> Figure:
    """One of the figures OF, without its address and version."""
    columns, rows = _ROWS[of](across)
    lines, sums, is_kept_back = lines_of(rows, summed=True)
    name = across.principle.name
    return Figure(
        name=f"{across.principle.set.slug}-{across.principle.slug}-{of}",
        title=TITLES[of] % {"name": name},
        counted=COUNTED[of] % {"name": f"{name} ({across.principle.set.name})"},
        what=_("Event"),
        columns=columns,
        lines=lines,
        sums=sums,
        is_kept_back=is_kept_back,
    )


def _marks(across: Across) -> tuple[tuple[Column, ...], list[Row]]:
    counted = [(one, one.counted.tally.marks, one.counted.young.marks) for one in across.events]
    return MARKS, [_row(one, parts_of(marks, young, MARKS)) for one, marks, young in counted]


def _states(across: Across) -> tuple[tuple[Column, ...], list[Row]]:
    counted = [(one, one.counted.tally.text_states, one.counted.young.text_states) for one in across.events]
    return STATES, [_row(one, parts_of(states, young, STATES)) for one, states, young in counted]


def _wordings(across: Across) -> tuple[tuple[Column, ...], list[Row]]:
    """A column for each wording, the newest first, the oldest together; and one for notes with none."""
    versions = {wording.pk: wording.version for wording in across.principle.wordings.all()}
    columns = _wording_columns(sorted(versions.values(), reverse=True))
    names = [column.name for column in columns]
    found: dict[int, dict[str, Part]] = defaultdict(dict)
    for (event, wording), (number, young) in across.wordings.items():
        name = f"wording_{versions[wording]}"
        name = name if name in names else "earlier"
        before = found[event].get(name, Part(0))
        found[event][name] = Part(before.number + number, before.young + young)
    return columns, [_row(one, _worded(one, found[one.event.pk], columns)) for one in across.events]


def _wording_columns(versions: list[int]) -> tuple[Column, ...]:
    own = [
        Column(f"wording_{version}", _("Wording %(number)s") % {"number": version})
        for version in versions[:MOST_WORDINGS]
    ]
    earlier = [Column("earlier", _("Earlier wordings"))] if len(versions) > MOST_WORDINGS else []
    return (*own, *earlier, NONE_ON_RECORD)


def _worded(one: AtEvent, found: dict[str, Part], columns: tuple[Column, ...]) -> list[Part]:
    parts = [found.get(column.name, Part(0)) for column in columns[:-1]]
    number = one.counted.tally.total - sum(part.number for part in parts)
    young = one.counted.young.total - sum(part.young for part in parts)
    return [*parts, Part(number, young)]


def _row(one: AtEvent, parts: list[Part]) -> Row:
    return Row(one.head, parts, one.counted.tally.withdrawn)


_ROWS = {"marks": _marks, "words": _states, "wordings": _wordings}
TITLES = {
    "marks": gettext_lazy("%(name)s, event by event: what people made of it"),
    "words": gettext_lazy("%(name)s, event by event: how far its notes can be read"),
    "wordings": gettext_lazy("%(name)s, event by event: which wording was answered"),
}
COUNTED = {
    "marks": gettext_lazy(
        "Counted are all notes on show that answered %(name)s, by their mark. A mark nobody recorded has a "
        "bar of its own."
    ),
    "words": gettext_lazy(
        "Counted are all notes on show that answered %(name)s, by what is known of their words."
    ),
    "wordings": gettext_lazy(
        "Counted are all notes on show that answered %(name)s, by the newest wording that they are on record "
        "with."
    ),
}


def principle_at(set_slug: str, slug: str, viewer: Viewer) -> Principle | None:
    """The principle of an address, with its set and wordings; two queries."""
    wordings = Prefetch("wordings", Wording.objects.order_by("version"))
    seen = Principle.objects.visible_to(viewer).select_related("set").prefetch_related(wordings)
    return seen.filter(set__slug=set_slug, slug=slug).first()
