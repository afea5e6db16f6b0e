"""What the archive holds, event by event: the numbers beside the files."""

from collections import defaultdict
from dataclasses import dataclass, field

from events.models import Event
from people.guests import Viewer
from responses.models import Station
from responses.tallies import Tally, tallies_by_station


@dataclass(slots=True)
class Holding:
    """An event with the tally of its notes."""

    event: Event
    tally: Tally = field(default_factory=Tally)


def holdings(viewer: Viewer) -> list[Holding]:
    """The events `viewer` may see that have notes, newest first, in three queries however many."""
    events = Event.objects.visible_to(viewer).newest_first()
    stations = Station.objects.visible_to(viewer).select_related("board")
    tallies = tallies_by_station(stations)
    of_events: dict[int, Tally] = defaultdict(Tally)
    for station in stations:
        of_events[station.board.event_id].add(tallies[station.pk])
    held = (Holding(event, of_events[event.pk]) for event in events)
    return [holding for holding in held if holding.tally.total or holding.tally.withdrawn]
