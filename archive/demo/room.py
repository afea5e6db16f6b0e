"""The room of the demo: who joined its open boards, as guests do who type the code."""

from archive.demo.walls import GUESTS, guest
from people.guests import Viewer
from responses.joining import join
from responses.models import Board


def fill_room(*, by: Viewer) -> None:
    """Every guest of the demo joins every board of it that is open and that the organiser `by` runs."""
    for board in Board.objects.run_by(by).open().exclude(code=None):
        for number in range(GUESTS):
            join(board.code, by=guest(number))
