"""A photographed wall of paper notes with readings, as the files for scholars take it."""

from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Photo, Region, Station
from responses.photos.publishing import Said, describe_photo, publish_photo
from responses.photos.regions import add_region, show_note
from responses.readings.ruling import accept_reading
from tests.paper import paper_note, read_as
from tests.photos import make_photo


@dataclass(slots=True)
class PaperWall:
    """A published photograph of a board, on which notes are put one beside the other."""

    photo: Photo
    station: Station
    ada: Viewer

    @property
    def event(self) -> Event:
        return self.photo.event

    def pin(self, markup: str = "", *, others: tuple[str, ...] = (), **facts: object) -> Note:
        """A note in a box on the photograph, with `markup` accepted and `others` read before."""
        note = paper_note(self.station, **facts)
        for other in others:
            read_as(note, other)
        if markup:
            accept_reading(read_as(note, markup, by=self.ada), by=self.ada)
        self.box(note)
        note.refresh_from_db()
        return note

    def box(self, note: Note) -> Region:
        number = self.photo.regions.count()
        place = (20 + 110 * (number % 10), 20 + 110 * (number // 10), 100, 100)
        region = add_region(self.photo, place, by=self.ada, station=self.station)
        show_note(region, note, by=self.ada)
        return region


def photographed_wall(board: Board, ada: Viewer) -> PaperWall:
    """A wall whose photograph has its files."""
    photo = make_photo(board.event, ada, board=board)
    said = Said("A wall with notes.", "The wall after lunch", Photo.Basis.NOBODY, board=board)
    describe_photo(photo, said, by=ada)
    publish_photo(photo, by=ada)
    photo.refresh_from_db()
    return PaperWall(photo, board.stations.get(), ada)


def row_of_photo(board: Board, **facts: object) -> Photo:
    """A photograph on show, as far as the database knows."""
    shown = {"making": Photo.Making.MADE, "published_at": timezone.now(), "basis": Photo.Basis.NOBODY}
    said = {"alt": "A wall with notes.", "caption": "The wall after lunch"}
    size = {"width": 1200, "height": 900}
    identity = {"event": board.event, "board": board, "key": uuid4(), "digest": uuid4().hex}
    return Photo.objects.create(files=uuid4().hex, **identity | shown | said | size | facts)
