"""How the notes of an event were grouped, by whom, and what one groups that others do not.

A grouping is all themes that one person signed. They are read side by side; none is the right one.
Every number counts each note on the wall; the notes themselves are those the viewer may read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from events.models import Event
from outcomes.citable import citable
from outcomes.models import Theme, ThemeNote
from people.guests import Viewer
from people.models import Person
from responses.models import Board, Mark, Note, Participant
from responses.sheets import with_reading_count
from responses.strongest import strongest_by_mark
from responses.tallies import Tally, tallies_by

A_PAGE = 50  # notes


@dataclass(slots=True)
class Grouped:
    """One theme with its counts; `notes` are those of its notes that the viewer may read."""

    theme: Theme
    tally: Tally
    notes: set[int] = field(default_factory=set)
    only_here: int = 0

    @property
    def kept(self) -> int:
        """The notes that count and whose words stay with those who were there."""
        return self.tally.total - len(self.notes)


@dataclass(slots=True)
class Grouping:
    """The themes of one author; without one, of somebody who left."""

    author: Person | None
    themes: list[Grouped]

    @property
    def notes(self) -> set[int]:
        return set().union(*(grouped.notes for grouped in self.themes))


@dataclass(frozen=True, slots=True)
class Compared:
    """A note with the themes it stands in, by the author of each grouping, in their order."""

    note: Note
    themes: list[tuple[Person | None, list[Theme]]]


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme as its page shows it: the strongest voices on both sides, and its notes page by page."""

    theme: Theme
    tally: Tally
    page: Page
    strongest: dict[str, Note]
    beside: list[tuple[Theme, int]]

    @property
    def agreement(self) -> Note | None:
        return self.strongest.get(Mark.TICK)

    @property
    def challenge(self) -> Note | None:
        return self.strongest.get(Mark.SQUARE)

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
    def kept(self) -> int:
        return self.tally.total - self.page.paginator.count


@dataclass(frozen=True, slots=True)
class Loose:
    """The notes that stand in no theme: how many count, and those of them that the viewer may read."""

    number: int
    shown: QuerySet[Note]


def groupings_of(event: Event, viewer: Viewer) -> list[Grouping]:
    """The standing themes of `event` by their authors, whoever began first; three queries."""
    themes = list(themes_of(event, viewer))
    tallies, held = tallies_of(themes, viewer), _held(event, viewer)
    by_author: defaultdict[int | None, list[Grouped]] = defaultdict(list)
    for theme in themes:
        grouped = Grouped(theme, tallies.get(theme.pk, Tally()), held[theme.pk])
        by_author[theme.author_id].append(grouped)
    groupings = [Grouping(of_one[0].theme.author, of_one) for of_one in by_author.values()]
    _say_what_is_only_here(groupings)
    return groupings


def themes_of(event: Event, viewer: Viewer) -> QuerySet[Theme]:
    """The standing themes of `event` with their authors, the earliest first."""
    return Theme.objects.visible_to(viewer).standing().filter(event=event).select_related("author")


def tallies_of(themes: Iterable[Theme], viewer: Viewer) -> dict[int, Tally]:
    """The notes of each theme counted, by its primary key, on the boards `viewer` may see; one query."""
    there = Note.objects.filter(themes__in=list(themes), board__in=Board.objects.visible_to(viewer))
    tallies = tallies_by(there, "themes")
    longest = max((tally.most for tally in tallies.values()), default=0)
    for tally in tallies.values():
        tally.beside = longest
    return tallies


def compared(event: Event, viewer: Viewer, groupings: list[Grouping], number: str) -> Page:
    """The page called `number` of the grouped notes, in the order of the wall, each a `Compared`."""
    grouped = set().union(*(grouping.notes for grouping in groupings))
    notes = citable(event, viewer).filter(pk__in=grouped).for_showing().in_order()
    page = Paginator(notes, A_PAGE).get_page(number)
    page.object_list = [Compared(note, [_of(grouping, note) for grouping in groupings]) for note in page]
    return page


def loose_notes(event: Event, viewer: Viewer) -> Loose:
    """What nobody has grouped on the boards `viewer` may see; one query for the number."""
    in_none = ~Exists(ThemeNote.objects.filter(note=OuterRef("pk"), theme__dissolved_at=None))
    boards = Board.objects.visible_to(viewer).filter(event=event)
    counted = Note.objects.on_the_wall().filter(in_none, board__in=boards)
    return Loose(counted.count(), shown_in_full(citable(event, viewer).filter(in_none), viewer))


def theme_shown(theme: Theme, viewer: Viewer, number: str) -> ThemeShown:
    """The page called `number` of a theme, with what stands beside it; six queries at most."""
    notes = citable(theme.event, viewer).filter(in_themes__theme=theme)
    shown = shown_in_full(notes, viewer)
    tally = tallies_of([theme], viewer).get(theme.pk, Tally())
    page = Paginator(shown, A_PAGE).get_page(number)
    return ThemeShown(theme, tally, page, strongest_by_mark(shown), _beside(theme, notes, viewer))


def shown_in_full(notes: QuerySet[Note], viewer: Viewer) -> QuerySet[Note]:
    """The notes with all that a card says of them, in the order of the wall."""
    own = Participant.objects.of(viewer).filter(pk=OuterRef("participant"))
    return with_reading_count(notes).annotate(is_mine=Exists(own)).for_showing().in_order()


def _held(event: Event, viewer: Viewer) -> defaultdict[int, set[int]]:
    """Which notes that `viewer` may read stand in which theme of `event`."""
    rows = ThemeNote.objects.filter(theme__event=event, note__in=citable(event, viewer))
    held: defaultdict[int, set[int]] = defaultdict(set)
    for theme, note in rows.values_list("theme", "note"):
        held[theme].add(note)
    return held


def _say_what_is_only_here(groupings: list[Grouping]) -> None:
    for grouping in groupings:
        of_others = set().union(*(other.notes for other in groupings if other is not grouping))
        for grouped in grouping.themes:
            grouped.only_here = len(grouped.notes - of_others)


def _of(grouping: Grouping, note: Note) -> tuple[Person | None, list[Theme]]:
    return grouping.author, [one.theme for one in grouping.themes if note.pk in one.notes]


def _beside(theme: Theme, notes: QuerySet[Note], viewer: Viewer) -> list[tuple[Theme, int]]:
    """The other themes that hold some of the same notes, each with how many, most first."""
    rows = ThemeNote.objects.filter(note__in=notes).exclude(theme=theme)
    shared: defaultdict[int, int] = defaultdict(int)
    for other in rows.values_list("theme", flat=True):
        shared[other] += 1
    others = themes_of(theme.event, viewer).filter(pk__in=shared)
    return sorted(((other, shared[other.pk]) for other in others), key=lambda pair: -pair[1])
