"""The board as a document: what stands on each sheet of it, for one viewer.

Everything is fetched in a fixed number of queries, however many stations and notes there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, ngettext_lazy

from people.guests import Viewer
from principles.models import Wording
from responses.hand_cards import as_cards
from responses.models import (
    Board,
    CountRemark,
    HandCount,
    Mark,
    Note,
    Origin,
    Reading,
    Station,
    TextState,
)
from responses.reconciling import newest_remarks
from responses.strongest import strongest_challenges
from responses.tallies import Tally, tallies_by_station

STATES_IN_WORDS = {
    TextState.READ: gettext_lazy("%(number)s with words"),
    TextState.NO_TEXT: gettext_lazy("%(number)s without words"),
    TextState.PARTLY: gettext_lazy("%(number)s partly legible"),
    TextState.ILLEGIBLE: gettext_lazy("%(number)s illegible"),
    TextState.DRAWING: ngettext_lazy("%(number)s drawing", "%(number)s drawings", "number"),
    TextState.WAITING: gettext_lazy("%(number)s not read yet"),
}

# By which mark a board can be put in order; agreement is never offered without challenge.
ORDERS = {"contested": Mark.SQUARE, "agreed": Mark.TICK}

ORIGINS_IN_WORDS = {
    Origin.OWN_DEVICE: gettext_lazy("from people’s own devices"),
    Origin.COUNTED_IN_ROOM: gettext_lazy("counted in the room"),
    Origin.PAPER: gettext_lazy("from paper"),
}


@dataclass(slots=True)
class Sheet:
    """A station with its counts and those of its notes that are shown.

    `kept` counts the notes whose words are kept by those who were there; `earlier` names
    wordings that some notes answered and that are not the one shown, each with how many;
    `challenge` is the strongest one where the notes shown are of another mark; `remark` says why
    the record states another number.
    """

    station: Station
    tally: Tally
    notes: list[Note] = field(default_factory=list)
    kept: int = 0
    left_out: int = 0
    earlier: list[tuple[Wording, int]] = field(default_factory=list)
    challenge: Note | None = None
    remark: CountRemark | None = None

    @property
    def cards(self) -> list[Note | HandCount]:
        """The notes shown, the hands of one count as one card."""
        return as_cards(self.notes)

    @property
    def states(self) -> str:
        return states_in_words(self.tally)

    @property
    def challenges(self) -> int:
        return self.tally.marks[Mark.SQUARE]

    @property
    def is_unchallenged(self) -> bool:
        """Whether nobody challenges what somebody answered, as far as marks were recorded."""
        marks = self.tally.marks
        return bool(self.tally.total) and not marks[Mark.SQUARE] and not marks[Mark.NOT_RECORDED]


def states_in_words(tally: Tally) -> str:
    """The states of the words as they are said: "9 with words, 4 without words"."""
    counts = ((tally.text_states[state], words) for state, words in STATES_IN_WORDS.items())
    return ", ".join(words % {"number": count} for count, words in counts if count)


def origins_in_words(tally: Tally) -> str:
    """Where the notes came from, as it is said: "25 from people’s own devices, 12 from paper"."""
    counts = ((tally.origins[origin], words) for origin, words in ORIGINS_IN_WORDS.items())
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def sheets_of(board: Board, viewer: Viewer, *, mark: str = "", order: str = "") -> list[Sheet]:
    """Every sheet of `board` as `viewer` sees it: notes with `mark` only, or all without one.

    In the order of the wall, or with the most "contested" or "agreed" first.
    """
    stations = list(board.stations.with_principles())
    tallies = tallies_by_station(stations)
    notes, earlier = notes_by_station(board, stations, viewer), earlier_wordings(board, stations)
    strongest = strongest_challenges(notes_on(board, viewer)) if mark not in ("", Mark.SQUARE) else {}
    longest = max((tally.most for tally in tallies.values()), default=0)
    remarks = newest_remarks(station for station in stations if tallies[station.pk].differs)
    sheets = []
    for station in stations:
        station.board, tally = board, tallies[station.pk]
        tally.beside = longest
        seen = notes[station.pk]
        shown = [note for note in seen if mark in ("", note.mark)]
        kept = tally.total - len(seen)
        left_out, challenge = len(seen) - len(shown), _among(seen, strongest.get(station.pk))
        said = earlier[station.pk], challenge, remarks.get(station.pk)
        sheets.append(Sheet(station, tally, shown, kept, left_out, *said))
    if order:
        sheets.sort(key=lambda sheet: -sheet.tally.marks[ORDERS[order]])
    return sheets


def _among(notes: Iterable[Note], chosen: Note | None) -> Note | None:
    """The same note as it was fetched for the sheet, with all that is shown of it."""
    return next((note for note in notes if note == chosen), None)


def tally_of_sheets(sheets: Iterable[Sheet]) -> Tally:
    """The tally of the whole board, without another query."""
    whole = Tally()
    for sheet in sheets:
        whole.add(sheet.tally)
    return whole


def notes_on(board: Board, viewer: Viewer) -> QuerySet[Note]:
    """The notes on the wall of `board` that `viewer` may read."""
    return Note.objects.visible_to(viewer).on_the_wall().filter(board=board)


def notes_by_station(
    board: Board, stations: Iterable[Station], viewer: Viewer
) -> defaultdict[int, list[Note]]:
    """The notes `viewer` may see, by their station, each knowing whether it is the viewer's own."""
    by_pk = {station.pk: station for station in stations}
    token = board.token_of(viewer)
    mine = board.participants.filter(token=token).first() if token else None
    found: defaultdict[int, list[Note]] = defaultdict(list)
    for note in with_reading_count(notes_on(board, viewer)).select_related("hand_count").order_by("number"):
        note.station, note.board = by_pk[note.station_id], board
        note.is_mine = mine is not None and note.participant_id == mine.pk
        found[note.station_id].append(note)
    return found


def with_reading_count(notes: QuerySet[Note]) -> QuerySet[Note]:
    """The notes, each with how many readings it has."""
    readings = Reading.objects.filter(note=OuterRef("pk")).order_by().values("note")
    number = readings.annotate(number=Count("pk")).values("number")
    return notes.annotate(reading_count=Coalesce(Subquery(number), 0))


def earlier_wordings(
    board: Board, stations: Iterable[Station]
) -> defaultdict[int, list[tuple[Wording, int]]]:
    """For each station the wordings that notes on its wall answered and its sheet no longer shows."""
    shown = {wording.pk for station in stations for wording in station.shown_wordings}
    answered = (
        Wording.objects.filter(notes__in=Note.objects.on_the_wall().filter(board=board))
        .exclude(pk__in=shown)
        .select_related("principle__set")
        .annotate(at=F("notes__station"), number=Count("notes"))
        .order_by("principle", "version")
    )
    found: defaultdict[int, list[tuple[Wording, int]]] = defaultdict(list)
    for wording in answered:
        found[wording.at].append((wording, wording.number))
    return found
