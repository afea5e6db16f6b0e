"""What people say: activities of four kinds, and what is left on them."""

from responses.models.activities import Activity, Change, Participant
from responses.models.boards import Board, Pairing, Station, Transcript
from responses.models.cards import Card, Cards, Round, Stand, Zone, ZoneCount
from responses.models.drawings import Drawing, Picture
from responses.models.layouts import Layout
from responses.models.notes import Mark, Moderation, Note, Origin, TextState
from responses.models.polls import Choice, Option, Poll
from responses.models.readings import Reading
from responses.models.room import HandCount, KeptApart

__all__ = [
    "Activity",
    "Board",
    "Card",
    "Cards",
    "Change",
    "Choice",
    "Drawing",
    "HandCount",
    "KeptApart",
    "Layout",
    "Mark",
    "Moderation",
    "Note",
    "Option",
    "Origin",
    "Pairing",
    "Participant",
    "Picture",
    "Poll",
    "Reading",
    "Round",
    "Stand",
    "Station",
    "TextState",
    "Transcript",
    "Zone",
    "ZoneCount",
]
