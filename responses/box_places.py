"""What boxes on a photograph can be under, and what they can show, as choices of a form."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from responses.models import Board, Note, Origin, Photo, Region, Station
from responses.photos.saving import NEW

LONGEST = 48  # characters of a note in a list of notes


class Places:
    """The headings that boxes of a photograph can be under, and the notes from paper that are there."""

    def __init__(self, photo: Photo) -> None:
        boards = Board.objects.filter(event=photo.event_id).order_by("position", "pk")
        self.boards = list(boards.filter(pk=photo.board_id) if photo.board_id else boards)
        stations = Station.objects.filter(board__in=self.boards).select_related("board__event")
        self.stations = {station.identifier: station for station in stations.order_by("board", "position")}

    @cached_property
    def choices(self) -> list[tuple[str, Any]]:
        """The headings by board."""
        by_board = defaultdict(list)
        for key, station in self.stations.items():
            by_board[station.board_id].append((key, station.heading))
        groups = [(board.name, by_board[board.pk]) for board in self.boards if by_board[board.pk]]
        return [("", _("Not known yet")), *(groups if len(groups) > 1 else (groups[0][1] if groups else []))]

    @cached_property
    def notes(self) -> dict[str, list[Note]]:
        """The standing notes from paper by the identifier of their heading, each with `has_picture`."""
        pictured = set(Region.objects.exclude(note=None).values_list("note", flat=True))
        notes = Note.objects.standing().filter(origin=Origin.PAPER, board__in=self.boards)
        found = defaultdict(list)
        for note in notes.select_related("station").order_by("station", "number"):
            note.has_picture = note.pk in pictured
            found[note.station.identifier].append(note)
        return found

    def choices_under(self, station: str) -> list[tuple[str, Any]]:
        """What a box under that heading can show."""
        notes = self.notes.get(station, [])
        bare = [choice_of(note) for note in notes if not note.has_picture]
        shown = [choice_of(note) for note in notes if note.has_picture]
        groups = [(_("Notes without a picture"), bare), (_("Notes in other boxes"), shown)]
        return [
            ("", _("Not on record yet")),
            (NEW, _("A new note")),
            *(group for group in groups if group[1]),
        ]


def choice_of(note: Note) -> tuple[str, str]:
    """A note as a choice: its identifier, and its label with the beginning of what it says."""
    words = note.plain or note.get_text_state_display()
    return note.identifier, f"{note.label}: {words[:LONGEST]}{'…' if len(words) > LONGEST else ''}"
