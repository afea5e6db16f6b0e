"""What the demo's facilitator counted in the room, and what somebody said who had typed it too."""

from uuid import uuid4

from people.consent import consent_given
from people.guests import Viewer
from responses.hands import count_hands, put_up_note
from responses.models import Mark, Station

WALL = "demo-wall"
# Said aloud by somebody who had typed the same: the guard proposes to count it once.
SAID = "Put the budget on the wall, before the biscuits"


def count_room(*, by: Viewer) -> None:
    """Nine ticks and two squares by raised hand, and a note handed in twice."""
    station = Station.objects.visible_to(by).select_related("board__event").get(board__slug=WALL, code="TRA")
    for mark, number, where in ((Mark.TICK, 9, "at the round tables"), (Mark.SQUARE, 2, "by the door")):
        count_hands(station, by=by, key=uuid4(), mark=mark, number=number, where=where)
    consent = consent_given(public=True, research=True)
    put_up_note(station, by=by, key=uuid4(), mark=Mark.TICK, words=SAID, consent=consent)
