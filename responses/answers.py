"""What people answered to a principle: counts, the strongest voices on both sides, the notes.

A note answers a principle when it is pinned to one of its wordings, or stands at a station
that is paired with it (a principle without wordings has nothing to pin to).
"""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from events.models import Event
from people.guests import Viewer
from principles.models import Principle, Wording
from responses.models import Board, Mark, Note, Pairing, Participant, Station
from responses.sheets import with_reading_count
from responses.strongest import strongest_by_mark
from responses.tallies import Tally, tallies_by

A_PAGE = 50  # notes

PLACE = ("board__event__first_day", "board", "station__position", "number")


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything counted for one principle, as far as the viewer may see the boards.

    The tallies count every note; `agreement` and `challenge` are notes whose words the
    viewer may read, or None. `by_wording` has the tally of each wording by its primary key.
    """

    tally: Tally
    by_event: list[tuple[Event, Tally]]
    by_wording: dict[int, Tally]
    agreement: Note | None
    challenge: Note | None
    stations: list[Station]

    @property
    def agreements(self) -> int:
        return self.tally.marks[Mark.TICK]

    @property
    def challenges(self) -> int:
        return self.tally.marks[Mark.SQUARE]

    @property
    def marks_unrecorded(self) -> int:
        return self.tally.marks[Mark.NOT_RECORDED]

    @property
    def open_stations(self) -> list[Station]:
        """Where the principle can be answered today."""
        return [station for station in self.stations if station.board.is_open]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of the notes that answered a principle, together by the wording they answered.

    `groups` pairs a wording (None where none is pinned) with its notes. `kept` is how many
    more count whose words stay with those who were there.
    """

    page: Page
    mark: str
    kept: int
    groups: list[tuple[Wording | None, list[Note]]]


def answers_to(principle: Principle, viewer: Viewer) -> Answers:
    """What was answered to `principle` on the boards that `viewer` may see; six queries."""
    notes = counted_for(principle, viewer)
    tallies = tallies_by(notes, "board__event")
    stations = stations_asking(principle, viewer)
    strongest = strongest_by_mark(notes_answering(principle, viewer))
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    return Answers(
        tally=total,
        by_event=_by_event(tallies, stations),
        by_wording=tallies_by(notes.filter(wordings__principle=principle), "wordings"),
        agreement=strongest.get(Mark.TICK),
        challenge=strongest.get(Mark.SQUARE),
        stations=stations,
    )


def counted_for(principle: Principle, viewer: Viewer) -> QuerySet[Note]:
    """The notes that count as answers, with those withdrawn, on the boards `viewer` may see."""
    return Note.objects.filter(_answers(principle), board__in=Board.objects.visible_to(viewer))


def notes_answering(principle: Principle, viewer: Viewer) -> QuerySet[Note]:
    """The notes that answered `principle` and that `viewer` may read, those on the newest wording first.

    Each has `answered_version`, the number of the wording it answered, or None, and `is_mine`.
    """
    answered = Wording.objects.filter(notes=OuterRef("pk"), principle=principle).order_by("-version")
    own = Participant.objects.of(viewer).filter(pk=OuterRef("participant"))
    return (
        with_reading_count(Note.objects.visible_to(viewer).on_the_wall())
        .filter(_answers(principle))
        .annotate(answered_version=Subquery(answered.values("version")[:1]), is_mine=Exists(own))
        .for_showing()
        .order_by(F("answered_version").desc(nulls_last=True), *PLACE)
    )


def stations_asking(principle: Principle, viewer: Viewer) -> list[Station]:
    """The stations paired with `principle`, with their boards and events, in order of the events."""
    return list(
        Station.objects.visible_to(viewer)
        .filter(principles=principle)
        .select_related("board__event")
        .prefetch_related(Prefetch("principles", Principle.objects.select_related("set")))
        .order_by("board__event__first_day", "board", "position")
    )


def page_of_answers(principle: Principle, viewer: Viewer, *, mark: str, number: str) -> AnswerPage:
    """The page called `number` of the notes with `mark`; all marks where it is not one."""
    mark = mark if mark in Mark.values else ""
    notes = notes_answering(principle, viewer)
    counted = counted_for(principle, viewer).on_the_wall()
    if mark:
        notes, counted = notes.filter(mark=mark), counted.filter(mark=mark)
    page = Paginator(notes, A_PAGE).get_page(number)
    return AnswerPage(page, mark, counted.count() - page.paginator.count, _grouped(principle, page))


def _answers(principle: Principle) -> Q:
    pinned = Note.wordings.through.objects.filter(wording__principle=principle).values("note")
    paired = Pairing.objects.filter(principle=principle).values("station")
    return Q(pk__in=pinned) | Q(station__in=paired)


def _by_event(tallies: dict[int, Tally], stations: list[Station]) -> list[tuple[Event, Tally]]:
    """Every event that asked, also one where nobody answered, from the first to the last."""
    asked = {station.board.event_id for station in stations}
    events = Event.objects.filter(pk__in=asked | tallies.keys()).order_by("first_day", "pk")
    return [(event, tallies.get(event.pk, Tally())) for event in events]


def _grouped(principle: Principle, page: Page) -> list[tuple[Wording | None, list[Note]]]:
    wordings = {wording.version: wording for wording in principle.wordings.all()}
    groups = groupby(page, key=lambda note: note.answered_version)
    return [(wordings.get(version), list(notes)) for version, notes in groups]
