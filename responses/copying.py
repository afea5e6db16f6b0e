"""Putting the boards of one event on another one: their headings, and nothing that anybody said."""

from django.db import transaction

from events.models import Event
from events.planning import copy_event
from people.guests import Viewer
from responses.layouts import Planned, make_board
from responses.models import Board


@transaction.atomic
def copy_with_boards(event: Event, *, by: Viewer, name: str, date: str) -> Event:
    """A draft like `event`, with closed boards like its boards; refuses whoever does not run it."""
    copied = copy_event(event, by=by, name=name, date=date)
    boards = Board.objects.filter(event=event).order_by("position", "pk")
    for board in boards.prefetch_related("stations__principles"):
        if planned := stations_of(board):
            made = make_board(copied, name=board.name, question=board.question, stations=planned, by=by)
            keep_settings(made, board)
    return copied


def stations_of(board: Board) -> list[Planned]:
    """The headings of a board in order, with the principles that each asks about."""
    return [
        Planned(station.heading, tuple(station.principles.all()), station.is_missing)
        for station in board.stations.all()
    ]


def keep_settings(made: Board, like: Board) -> None:
    """How it is run: who may be in the room and what is looked at first are part of its layout."""
    for name in ("seats", "is_premoderated", "hides_until_reveal", "may_include_under_18s"):
        setattr(made, name, getattr(like, name))
    made.save(update_fields=["seats", "is_premoderated", "hides_until_reveal", "may_include_under_18s"])
