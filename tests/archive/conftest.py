"""A wall of paper notes on a photograph, for the files for scholars."""

from collections.abc import Callable

import pytest

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Photo
from tests.paper_walls import PaperWall, photographed_wall, row_of_photo


@pytest.fixture
def paper(make_board: Callable[..., Board]) -> Board:
    return make_board("Power", state=Board.State.CLOSED)


@pytest.fixture
def wall(paper: Board, ada: Viewer, settings: object) -> PaperWall:
    """The photograph is a row without files, which nothing but its files asks for."""
    settings.SITE_URL = "http://testserver"
    return PaperWall(row_of_photo(paper), paper.stations.get(), ada)


@pytest.fixture
def photographed(paper: Board, ada: Viewer, settings: object) -> PaperWall:
    """The same with the files of the photograph."""
    settings.SITE_URL = "http://testserver"
    return photographed_wall(paper, ada)


@pytest.fixture
def show_another(wall: PaperWall) -> Callable[[], Photo]:
    return lambda: row_of_photo(wall.station.board)


@pytest.fixture
def event_without_photos(make_event: Callable[..., Event]) -> Event:
    return make_event("talk-day")
