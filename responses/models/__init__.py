"""What people say: activities of four kinds, and what is left on them."""

from responses.models.activities import Activity, Change, Participant
from responses.models.boards import Board, Pairing, Station, Transcript
from responses.models.cards import Card, Cards, Round, Stand, Zone, ZoneCount
from responses.models.counts import TallyRow
from responses.models.drawings import Drawing, Picture
from responses.models.followers import Follower
from responses.models.layouts import Layout
from responses.models.notes import Mark, Moderation, Note, Origin, TextState
from responses.models.photos import Matching, Photo, Region
from responses.models.polls import Choice, Option, Poll
from responses.models.readings import Reading
from responses.models.room import HandCount, KeptApart
from responses.models.rulings import Asking, CountRemark, Ruling
from responses.models.stubs import Stub

__all__ = [
    "Activity",
    "Asking",
    "Board",
    "Card",
    "Cards",
    "Change",
    "Choice",
    "CountRemark",
    "Drawing",
    "Follower",
    "HandCount",
    "KeptApart",
    "Layout",
    "Mark",
    "Matching",
    "Moderation",
    "Note",
    "Option",
    "Origin",
    "Pairing",
    "Participant",
    "Photo",
    "Picture",
    "Poll",
    "Reading",
    "Region",
    "Round",
    "Ruling",
    "Stand",
    "Station",
    "Stub",
    "TallyRow",
    "TextState",
    "Transcript",
    "Zone",
    "ZoneCount",
]
