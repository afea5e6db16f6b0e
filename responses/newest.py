"""The live wall: what was stuck up last, newest first and bounded, for one viewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from people.guests import Viewer
from responses.hand_cards import as_cards
from responses.models import Board, HandCount, Mark, Note, Station
from responses.sheets import notes_on, with_reading_count
from responses.strongest import strongest_challenges

MOST = 30  # cards on the page; the board has them all


@dataclass(slots=True)
class NewestWall:
    """The newest cards: notes, and hands counted at one go.

    `seen` counts all that the viewer may read, `older` those that did not fit; `challenge` is
    the strongest one where none is among the newest; `apart` are the viewer's own notes that
    are not on the wall, and why.
    """

    cards: list[Note | HandCount] = field(default_factory=list)
    older: int = 0
    seen: int = 0
    challenge: Note | None = None
    apart: list[Note] = field(default_factory=list)


def newest_wall(board: Board, viewer: Viewer, stations: Sequence[Station]) -> NewestWall:
    """What is on the wall at `stations` of `board`; eight queries, however much there is."""
    mine = Note.objects.of(viewer).filter(board=board).standing()
    seen = with_reading_count(notes_on(board, viewer).filter(station__in=stations))
    own = set(mine.values_list("pk", flat=True))
    complete = _completion(board, stations, own)
    newest = [complete(note) for note in _newest(seen)]
    wall = NewestWall(as_cards(newest[:MOST]), seen=seen.count())
    if len(newest) > MOST:
        wall.older = seen.filter(hand_count=None).count() - sum(isinstance(card, Note) for card in wall.cards)
    if not any(card.mark == Mark.SQUARE for card in wall.cards):
        wall.challenge = next(map(complete, strongest_challenges(seen).values()), None)
    apart = with_reading_count(mine.exclude(pk__in=Note.objects.on_the_wall().values("pk")))
    apart = apart.select_related("station", "merged_into__station").order_by("-added_at", "-pk")
    wall.apart = [complete(note) for note in apart]
    return wall


def _newest(seen: QuerySet[Note]) -> list[Note]:
    """One more than fits: notes, and the first note of each count of hands."""
    last = ("-added_at", "-pk")
    alone = seen.filter(hand_count=None).order_by(*last)[: MOST + 1]
    firsts = seen.exclude(hand_count=None).order_by("hand_count_id", "number").distinct("hand_count_id")
    counted = Note.objects.filter(pk__in=firsts.values("pk")).select_related("hand_count").order_by(*last)
    notes = [*alone, *counted[: MOST + 1]]
    return sorted(notes, key=lambda note: (note.added_at, note.pk), reverse=True)[: MOST + 1]


def _completion(board: Board, stations: Sequence[Station], own: set[int]) -> Callable[[Note], Note]:
    """Gives a note what is known already, so that nothing is fetched again for it."""
    by_pk = {station.pk: station for station in stations}

    def complete(note: Note) -> Note:
        note.board, note.station = board, by_pk.get(note.station_id) or note.station
        note.is_mine = note.pk in own
        return note

    return complete
