"""The demo's board where words wait: made from a layout, with a note in every state of moderation."""

from uuid import uuid4

from archive.demo.walls import guest
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.board import add_note
from responses.layouts import BUILT_IN, chosen_among, keep_layout, make_board
from responses.models import Board, Mark, Note
from responses.moderation import REASONS, hide_note, pin_note, show_note
from responses.room import change_settings, open_activity

LAYOUT = "start-stop-continue"
# Of which heading, in what words, and what an organiser did with it.
NOTES = (
    ("Start", Mark.HEART, "Meeting where the bus stops.", "pinned"),
    ("Stop", Mark.SQUARE, "Asking us after the plan is printed.", "shown"),
    ("Stop", Mark.BUBBLE, "Stop the long emails. One page, large letters.", "waiting"),
    ("Continue", Mark.TICK, "The soup.", "shown"),
    ("Continue", Mark.SQUARE, "Not with that chair of theirs, we all know who.", "hidden"),
)


def put_up_moderated(*, by: Viewer) -> Board:
    """Open the board, let five guests answer it, and look at what they wrote."""
    choice = chosen_among(BUILT_IN, LAYOUT)
    event = Event.objects.get(slug="values-and-principles")
    name = f"Demonstration: {choice.name.lower()}"
    board = make_board(event, name=name, question=choice.question, stations=choice.stations, by=by)
    board.is_invented = True
    board.save(update_fields=["is_invented"])
    open_activity(board, by=by)
    change_settings(board, by=by, is_premoderated=True)
    for number, (heading, mark, words, fate) in enumerate(NOTES):
        _look_at(_answer(board, heading, mark, words, by=guest(number)), fate, by=by)
    keep_layout(board, "Looking back together", by=by)
    return board


def _answer(board: Board, heading: str, mark: str, words: str, *, by: Viewer) -> Note:
    station = board.stations.get(heading=heading)
    consent = consent_given(public=True, research=True)
    return add_note(station, by=by, key=uuid4(), mark=mark, consent=consent, words=words).note


def _look_at(note: Note, fate: str, *, by: Viewer) -> None:
    if fate == "hidden":
        hide_note(note, REASONS[0], by=by)
    if fate in ("shown", "pinned"):
        show_note(note, by=by)
    if fate == "pinned":
        pin_note(note, by=by)
