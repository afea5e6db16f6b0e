"""What the front page and the desk choose to show first."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Mark, Note, Station
from responses.readings.queue import ready_by_event
from responses.reconciling import explained
from responses.strongest import strongest_by_mark
from responses.tallies import Tally, tallies_by_station

AN_EXCERPT = 4  # notes


@dataclass(frozen=True, slots=True)
class Wall:
    """One station of a record: its counts, and agreement never without what stands against it.

    `excerpt` has what else stands there: a note that calls it important and one that amends it,
    or its first notes where nobody is on record as agreeing or challenging.
    """

    station: Station
    tally: Tally
    agreement: Note | None
    challenge: Note | None
    excerpt: list[Note]

    @property
    def agreements(self) -> int:
        return self.tally.marks[Mark.TICK]

    @property
    def challenges(self) -> int:
        return self.tally.marks[Mark.SQUARE]

    @property
    def marks_unrecorded(self) -> int:
        return self.tally.marks[Mark.NOT_RECORDED]


def latest_record(viewer: Viewer) -> Event | None:
    """The newest record that has notes to show; without one the newest record, or event, there is."""
    events = Event.objects.visible_to(viewer).select_related("series").newest_first()
    with_notes = events.on_record().filter(activities__notes__in=Note.objects.on_the_wall())
    return with_notes.distinct().first() or events.on_record().first() or events.first()


def wall_of(event: Event, viewer: Viewer) -> Wall | None:
    """The most challenged station of `event`, or its fullest where nobody challenged anything."""
    station = _most_challenged(event, viewer)
    if station is None:
        return None
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(station=station).for_showing()
    strongest = strongest_by_mark(notes)
    tally = tallies_by_station([station])[station.pk]
    facing = tally.marks[Mark.TICK] or tally.marks[Mark.SQUARE]
    others = [strongest[mark] for mark in (Mark.HEART, Mark.BUBBLE) if mark in strongest]
    excerpt = others if facing else list(notes.in_order()[:AN_EXCERPT])
    return Wall(station, tally, strongest.get(Mark.TICK), strongest.get(Mark.SQUARE), excerpt)


def _most_challenged(event: Event, viewer: Viewer) -> Station | None:
    on_the_wall = Q(notes__in=Note.objects.on_the_wall())
    counted = Count("notes", filter=on_the_wall)
    challenged = Count("notes", filter=on_the_wall & Q(notes__mark=Mark.SQUARE))
    stations = Station.objects.visible_to(viewer).filter(board__event=event).select_related("board__event")
    stations = stations.annotate(counted=counted, challenged=challenged).filter(counted__gt=0)
    return stations.order_by("-challenged", "-counted", "pk").first()


@dataclass(frozen=True, slots=True)
class Run:
    """An event on the desk of somebody who runs it, and what in it needs them."""

    event: Event
    boards: list[tuple[Board, int]]  # each with how many notes it counts
    differing: list[tuple[Station, Tally]]
    unplaced: int
    to_rule_on: int  # notes that are ready for a ruling

    @property
    def needing(self) -> int:
        """How many things in it need somebody."""
        return sum(map(bool, (self.differing, self.unplaced, self.to_rule_on)))


def events_run_by(viewer: Viewer) -> list[Run]:
    """The events `viewer` runs, the newest first, in a fixed number of queries."""
    parts = ("activities__stations__board__event", "activities__transcripts")
    events = list(Event.objects.run_by(viewer).newest_first().prefetch_related(*parts))
    stations = [s for event in events for board in event.activities.all() for s in board.stations.all()]
    tallies, ready = tallies_by_station(stations), ready_by_event(viewer)
    said = explained(stations, tallies)
    return [_run(event, tallies, said, ready[event.pk]) for event in events]


def _run(event: Event, tallies: dict[int, Tally], said: set[int], to_rule_on: int) -> Run:
    boards = list(event.activities.all())
    stations = [(station, tallies[station.pk]) for board in boards for station in board.stations.all()]
    differing = [(station, tally) for station, tally in stations if tally.differs and station.pk not in said]
    unplaced = sum(len(transcript.unplaced) for board in boards for transcript in board.transcripts.all())
    counted = [(board, sum(tallies[s.pk].total for s in board.stations.all())) for board in boards]
    return Run(event, counted, differing, unplaced, to_rule_on)


def open_boards(viewer: Viewer) -> QuerySet[Board]:
    return Board.objects.visible_to(viewer).open().select_related("event").order_by("-event__first_day", "pk")
