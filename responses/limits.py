"""How fast a board fills: generous to a room behind one address, hard on a machine."""

from django.http import HttpRequest

from people.limits import Limit, count, network_of
from responses.models import Board, Note

HAND = Limit("notes of a participant in ten seconds", 5, 10)
DAY = Limit("notes of a participant in a day", 200, 86_400)
BOARD = Limit("notes on a board in ten seconds", 200, 10)
NETWORK = Limit("notes of a network in a minute", 300, 60)
NEWCOMERS = Limit("new guests of a network in a minute", 60, 60)
CHANGES = Limit("changes of a note in an hour", 60, 3600)
WRONG_RECEIPTS = Limit("receipts mistyped in a minute", 10, 60)


def count_note(request: HttpRequest, board: Board) -> None:
    """Count a note about to be sent to `board`; raises people.limits.TooMany."""
    network, token = network_of(request), board.token_of(request.viewer)
    held = [(HAND, token), (DAY, token), (BOARD, str(board.pk)), (NETWORK, network)]
    if request.viewer.person is None and not board.participants.filter(token=token).exists():
        held.append((NEWCOMERS, network))
    count(*held)


def count_change(note: Note) -> None:
    """Count a change of one's own note, since each is kept; raises people.limits.TooMany."""
    count((CHANGES, note.identifier))


def count_wrong_receipt(request: HttpRequest) -> None:
    """Count a receipt that fits no note; raises people.limits.TooMany."""
    count((WRONG_RECEIPTS, network_of(request)))
