"""Which notes stand where, for those who look through them: by mark, heading and words."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Prefetch, QuerySet, Value, When

from events.models import Event
from outcomes.models import Decision, Declined, Statement
from outcomes.standing import Standing, Standings, standings_of_event, with_standing
from people.guests import Viewer
from responses.models import Mark, Note, Station, TextState

A_PAGE = 50  # notes
# A challenge that nobody answered is looked at first.
URGENCY = Case(
    *(
        When(mark=mark, then=Value(place))
        for place, mark in enumerate((Mark.SQUARE, Mark.BUBBLE, Mark.HEART, Mark.TICK))
    ),
    default=Value(4),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an event is looked at: the notes that stand so, and of these by mark, heading and words."""

    standing: Standing = Standing.WAITING
    mark: str = ""
    station: Station | None = None
    words: str = ""

    def of(self, notes: QuerySet[Note]) -> QuerySet[Note]:
        """Those of `notes` that are asked for, whatever their words."""
        notes = with_standing(notes.on_the_wall()).filter(standing=self.standing)
        if self.mark:
            notes = notes.filter(mark=self.mark)
        return notes.filter(station=self.station) if self.station else notes


@dataclass(frozen=True, slots=True)
class Marks:
    """How many notes without words carry one mark at one heading."""

    station: Station
    mark: str
    count: int

    @property
    def value(self) -> str:
        """What stands for all of them in a form; see `outcomes.picking`."""
        return f"{self.station.identifier}.{self.mark}"

    @property
    def label(self) -> str:
        return Mark(self.mark).label


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was asked for. `kept` counts those whose words stay with those who were there."""

    asked: Asked
    standings: Standings
    page: Page
    kept: int
    wordless: list[Marks]

    @property
    def number(self) -> int:
        """All of them, however they can be read; words that were asked for do not change it."""
        return self.page.paginator.count + self.kept + sum(marks.count for marks in self.wordless)


def found_in(event: Event, viewer: Viewer, asked: Asked, number: str) -> Found:
    """The page called `number` of what was asked for; a fixed number of queries."""
    counted = asked.of(Note.objects.filter(board__event=event))
    worded = asked.of(Note.objects.visible_to(viewer).filter(board__event=event)).exclude(
        text_state=TextState.NO_TEXT
    )
    said = worded.filter(text__icontains=asked.words) if asked.words else worded
    page = Paginator(_for_a_page(said), A_PAGE).get_page(number)
    # Looking for words in those that this viewer may not read would tell what is in them.
    unread = counted.exclude(text_state=TextState.NO_TEXT)
    kept = 0 if asked.words else unread.count() - page.paginator.count
    wordless = [] if asked.words else marks_without_words(counted)
    return Found(asked, standings_of_event(event), page, kept, wordless)


def marks_without_words(notes: QuerySet[Note]) -> list[Marks]:
    """Those of `notes` without words, counted by heading and mark; two queries."""
    rows = notes.filter(text_state=TextState.NO_TEXT).order_by().values("station", "mark")
    counts = list(rows.annotate(number=Count("pk"), urgency=URGENCY).order_by("urgency", "station"))
    stations = Station.objects.select_related("board").in_bulk({row["station"] for row in counts})
    return [Marks(stations[row["station"]], row["mark"], row["number"]) for row in counts]


def _for_a_page(notes: QuerySet[Note]) -> QuerySet[Note]:
    """In the order of urgency and of the walls, with what came of each."""
    decided = Prefetch("decisions", Decision.objects.standing(), to_attr="decided")
    heard = Statement.objects.standing().prefetch_related(decided)
    return (
        notes.for_showing()
        .prefetch_related(
            Prefetch("statements", heard, to_attr="heard"),
            Prefetch("declined", Declined.objects.standing().select_related("by"), to_attr="refusals"),
        )
        .order_by(URGENCY, "board", "station__position", "number")
    )
