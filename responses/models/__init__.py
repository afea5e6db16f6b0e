"""What people say: boards with their stations and notes, and how notes were read."""

from responses.models.boards import Board, Change, Pairing, Participant, Station, Transcript
from responses.models.notes import Mark, Note, Origin, Reading, TextState

__all__ = [
    "Board",
    "Change",
    "Mark",
    "Note",
    "Origin",
    "Pairing",
    "Participant",
    "Reading",
    "Station",
    "TextState",
    "Transcript",
]
