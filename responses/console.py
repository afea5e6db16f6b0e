"""What a facilitator of a board has before them: what waits, what is up, what was hidden."""

from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, QuerySet

from people.guests import Viewer
from responses.models import Board, Change, Moderation, Note, Station
from responses.sheets import with_reading_count
from responses.tallies import Tally, tallies_by_station

# So many at once; what waits longest and what was put up last comes first.
WAITING, UP, HIDDEN = 40, 8, 10


@dataclass(frozen=True, slots=True)
class Console:
    """Notes to look at, and the stations with their counts.

    `waiting` are the first of the queue, `up` the newest that are shown, `hidden` those hidden
    last, and `chosen` the one that was asked for.
    """

    waiting: list[Note]
    up: list[Note]
    hidden: list[Note]
    chosen: Note | None = None
    stations: list[tuple[Station, Tally]] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """The whole board."""
        whole = Tally()
        for _, tally in self.stations:
            whole.add(tally)
        return whole


def console_of(board: Board, viewer: Viewer, *, chosen: str = "") -> Console:
    """The console of a board as one who runs it sees it; six queries, however much there is.

    `chosen` is the identifier of a note to look at besides.
    """
    stations = list(board.stations.all())
    tallies = tallies_by_station(stations)
    notes = _notes(board, viewer)
    return Console(
        waiting=list(notes.filter(moderation=Moderation.WAITING).order_by("added_at", "pk")[:WAITING]),
        up=_latest(notes.filter(moderation=Moderation.SHOWN, merged_into=None, hand_count=None), UP),
        hidden=_latest(notes.filter(moderation=Moderation.HIDDEN), HIDDEN),
        chosen=notes.filter(identifier=chosen).first() if chosen else None,
        stations=[(station, tallies[station.pk]) for station in stations],
    )


def _notes(board: Board, viewer: Viewer) -> QuerySet[Note]:
    notes = Note.objects.visible_to(viewer).filter(board=board).select_related("station", "board__event")
    return with_reading_count(notes)


def _latest(notes: QuerySet[Note], most: int) -> list[Note]:
    """Those something was done with last, the latest first; each knows whether somebody showed it."""
    shown = Change.objects.filter(note=OuterRef("pk"), kind=Change.Kind.NOTE_SHOWN)
    marked = notes.annotate(latest=Max("changes__number"), was_shown=Exists(shown))
    return list(marked.order_by("-latest", "-pk")[:most])
