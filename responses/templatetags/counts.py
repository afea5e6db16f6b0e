"""Counts for templates; every number comes from `responses.tallies`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from people.guests import Viewer
from responses.hand_cards import gates_of, in_marks, summed_openly
from responses.models import Board, Mark, Note, Station
from responses.sheets import origins_in_words
from responses.tallies import Row, Tally, tallies_by_station, tally_of

register = template.Library()
register.filter("origins", origins_in_words)
register.filter("summed_openly", summed_openly)
register.filter("gates", gates_of)
register.filter("in_marks", in_marks)

MOST_DRAWN = 40  # marks in one row; more cannot be counted by eye
WORDS = {
    Mark.TICK: gettext_lazy("agree"),
    Mark.HEART: gettext_lazy("important"),
    Mark.BUBBLE: gettext_lazy("amend"),
    Mark.SQUARE: gettext_lazy("challenge"),
    Mark.NOT_RECORDED: gettext_lazy("not recorded"),
}


@register.simple_tag
def tallied_stations(board: Board) -> list[tuple[Station, Tally]]:
    """The stations of `board` in their order, each with its tally; one query for all tallies."""
    stations = sorted(board.stations.all(), key=lambda station: station.position)
    tallies = tallies_by_station(stations)
    return [(station, tallies[station.pk]) for station in stations]


@register.simple_tag
def tallied_boards(event: Event, viewer: Viewer) -> list[tuple[Board, list[tuple[Station, Tally]]]]:
    """The boards of `event` that `viewer` may see, each with its tallied stations; three queries."""
    boards = list(
        Board.objects.visible_to(viewer)
        .filter(event=event)
        .select_related("event")
        .prefetch_related("stations__board__event")
    )
    tallies = tallies_by_station([station for board in boards for station in board.stations.all()])
    return [(board, [(station, tallies[station.pk]) for station in board.stations.all()]) for board in boards]


@register.simple_tag
def event_tally(event: Event, viewer: Viewer) -> Tally:
    """All notes of an event, on the boards that `viewer` may see."""
    boards = Board.objects.visible_to(viewer).filter(event=event)
    return tally_of(Note.objects.filter(board__in=boards))


@register.filter
def drawable(tally: Tally) -> bool:
    """Whether its notes are few enough to draw one mark for each."""
    return 0 < tally.total <= MOST_DRAWN


@register.filter
def one_by_one(row: Row) -> range:
    """Its notes, to draw one mark for each."""
    return range(row.count)


@register.filter
def in_words(tally: Tally) -> str:
    """The counts as they are said: "2 agree, 1 important, 2 not recorded, 1 withdrawn"."""
    said = [f"{tally.marks[mark]} {word}" for mark, word in WORDS.items() if tally.marks[mark]]
    if tally.withdrawn:
        said.append(_("%(number)s withdrawn") % {"number": tally.withdrawn})
    return ", ".join(said) or _("No notes yet")


@register.filter
def both_counts(tally: Tally) -> str:
    """What the record states beside what is counted here: "6 stated, 7 counted"."""
    numbers = {"stated": tally.stated, "counted": tally.total}
    if tally.stated is None:
        return _("No count stated, %(counted)s counted") % numbers
    return _("%(stated)s stated, %(counted)s counted") % numbers


@register.filter
def any_differs(rows: list[tuple[Station, Tally]]) -> bool:
    """Whether any station of `rows` is stated with another number than is counted."""
    return any(tally.differs for _, tally in rows)
