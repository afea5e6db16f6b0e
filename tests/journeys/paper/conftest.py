"""A wall with forty notes whose words are known, and a board for them, in a browser."""

from collections.abc import Callable

import pytest

from people.limits import Limit
from responses import limits
from responses.models import Board, Region
from tests.walls import HEADINGS


@pytest.fixture
def wall_board(make_board: Callable[..., Board]) -> Board:
    return make_board(*HEADINGS, state=Board.State.CLOSED)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader made of tests types faster than any person, and must not be taken for a machine."""
    monkeypatch.setattr(limits, "READINGS", Limit("readings of a reader in a minute", 1000, 60))


def as_file(picture: bytes, name: str = "wall.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture}


def the_note_in(region: Region, wall_boxes: list[tuple[int, int, int, int]]) -> int:
    """Which of the drawn notes a box is around: the one whose middle lies in it."""
    inside = [
        number
        for number, (x, y, width, height) in enumerate(wall_boxes)
        if region.x < x + width / 2 < region.x + region.width
        and region.y < y + height / 2 < region.y + region.height
    ]
    assert len(inside) == 1, f"{region} is around {len(inside)} notes"
    return inside[0]
