"""What a board shows on the big screen: one station at a time, its two strongest sides together."""

from dataclasses import dataclass, field

from people.guests import Viewer
from principles.models import Wording
from responses.fitting import shortened, width_of
from responses.models import Board, HandCount, Mark, Note, Station
from responses.sheets import notes_on
from responses.strongest import strongest_by_mark
from responses.tallies import Tally, tallies_by_station

NEWEST = 3  # cards
MOST_WORDINGS = 3  # of a station; of more, the names of their principles
MOST = 240  # of a note, in widths of a letter: what is longer cannot be read from the back of a room
BESIDE = 120  # of a note that stands beside a pinned one
MOST_ABOVE = 320  # of heading and wordings, for the newest to have room
WIDEST = 240  # of all wordings together, in widths of a letter


@dataclass(slots=True)
class Stage:
    """One station as the room sees it; `at` and `of` say which it is of how many.

    `before` and `after` are the stations next to it, or None where the organisers show this
    one alone. Agreement and challenge come together or not at all.
    """

    station: Station | None = None
    tally: Tally = field(default_factory=Tally)
    agreement: Note | None = None
    challenge: Note | None = None
    pinned: Note | None = None
    newest: list[Note | HandCount] = field(default_factory=list)
    at: int = 0
    of: int = 0
    before: Station | None = None
    after: Station | None = None

    @property
    def sheet(self) -> list[tuple[str, str]]:
        """What the station asks about: each principle, named where there are several, and its words."""
        pairings = list(self.station.pairings.all())
        if len(pairings) > MOST_WORDINGS:
            return [("", shortened(", ".join(pairing.principle.name for pairing in pairings), WIDEST))]
        room = WIDEST // max(1, len(pairings))
        return [
            (pairing.principle.name if len(pairings) > 1 else "", shortened(pairing.shown_wording.text, room))
            for pairing in pairings
            if pairing.shown_wording
        ]

    @property
    def is_doubtful(self) -> bool:
        """Whether any of these words come from a faulty source."""
        return any(one.status == Wording.Status.DOUBTFUL for one in self.station.shown_wordings)

    @property
    def most(self) -> int:
        """How wide the words of a note may be: less beside one that is pinned."""
        return BESIDE if self.pinned else MOST

    @property
    def has_room(self) -> bool:
        """Whether the newest fit below: not beneath a pinned note, nor under much to read above."""
        above = width_of(self.station.heading) + sum(width_of(words) for _, words in self.sheet)
        return self.pinned is None and above <= MOST_ABOVE

    @property
    def kept_challenges(self) -> bool:
        """Whether there were challenges and none that may be read here."""
        return self.challenge is None and bool(self.tally.marks[Mark.SQUARE])

    @property
    def kept_agreements(self) -> bool:
        return self.agreement is None and bool(self.tally.marks[Mark.TICK])


def stage_of(board: Board, viewer: Viewer, *, asked: str = "") -> Stage:
    """The stage of `board`: what the organisers show, else the station with the code `asked`, else the first.

    Only what is on the wall and `viewer` may read; at most nine queries.
    """
    stations = list(board.stations.with_principles())
    if not stations:
        return Stage()
    at = _place_of(board, stations, asked)
    stage = Stage(stations[at], at=at + 1, of=len(stations))
    if board.shown_station_id is None and len(stations) > 1:
        stage.before, stage.after = stations[at - 1], stations[(at + 1) % len(stations)]
    stage.tally = tallies_by_station([stage.station])[stage.station.pk]
    if not board.covers:
        _show_notes(stage, board, viewer)
    return stage


def _place_of(board: Board, stations: list[Station], asked: str) -> int:
    for place, station in enumerate(stations):
        if station.pk == board.shown_station_id or (not board.shown_station_id and station.code == asked):
            return place
    return 0


def _show_notes(stage: Stage, board: Board, viewer: Viewer) -> None:
    on_wall = notes_on(board, viewer).select_related("station")
    here = on_wall.filter(station=stage.station)
    strongest = strongest_by_mark(here)
    stage.agreement, stage.challenge = strongest.get(Mark.TICK), strongest.get(Mark.SQUARE)
    if board.pinned_note_id:
        stage.pinned = on_wall.filter(pk=board.pinned_note_id).first()
    large = {note.pk for note in (stage.agreement, stage.challenge, stage.pinned) if note}
    notes = here.filter(hand_count=None).exclude(pk__in=large).order_by("-added_at", "-pk")[:NEWEST]
    hands = HandCount.objects.filter(pk__in=here.values("hand_count")).order_by("-at", "-pk")[:NEWEST]
    stage.newest = sorted([*notes, *hands], key=_when, reverse=True)[:NEWEST]


def _when(card: Note | HandCount) -> tuple:
    return (card.added_at if isinstance(card, Note) else card.at, card.pk)
