"""Adding photographs: each is kept as it came, and made ready in the background."""

from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.keeping import arrived
from events.models import Event
from events.reach import must_transcribe
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Board, Photo, Station
from responses.photos.making import ask_to_make

MOST = 500  # photographs of one event
TAKEN_DOWN = gettext_lazy("This photograph was taken down before. Choose it again if it should come back.")
ELSEWHERE = gettext_lazy("Choose a board of this event, and a heading of that board.")


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    """A photograph of its event. `is_new` is false when it was there already."""

    photo: Photo
    is_new: bool


class Full(Refused):
    """There is no room for another photograph."""


class SentBefore(Exception):
    """The same file, or the same key, is there already."""

    def __init__(self, photo: Photo) -> None:
        super().__init__()
        self.photo = photo


def add_photo(
    event: Event,
    upload: IO[bytes],
    *,
    by: Viewer | None,
    key: UUID,
    board: Board | None = None,
    station: Station | None = None,
) -> AddedPhoto:
    """Keep the photograph in `upload`, to be made ready in the background; it is not public yet.

    The same key, or the same file, gives the same photograph, however often and from however many
    requests at once it is sent. Only the file's header is read here: what turns out to be damaged
    later says so itself. Raises NotAPicture for a file that is none. Refuses who does not work on the
    walls of the event (None is the site itself), a board or heading of another event, and one too
    many (Full).
    """
    must_transcribe(event, by)
    board = station.board if station and board is None else board
    must_belong(event, board, station)
    try:
        _must_be_new(event, key)
        _must_fit(event)
        with arrived(upload) as file:
            event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
            _must_be_new(event, key, file.digest)
            _must_fit(event)
            last = event.photos.aggregate(last=Max("position"))["last"] or 0
            photo = event.photos.create(
                board=board, station=station, position=last + 1, key=key, digest=file.digest,
                files=file.folder, width=file.width, height=file.height, by=by.person if by else None,
            )  # fmt: skip
            ask_to_make(photo)
            leave_trace("added", photo, by=by)
    except SentBefore as sent:
        return AddedPhoto(sent.photo, is_new=False)
    return AddedPhoto(photo, is_new=True)


def must_belong(event: Event, board: Board | None, station: Station | None) -> None:
    """Refuse a board that is not the event's, and a heading that is not the board's."""
    if board and board.event_id != event.pk:
        raise Refused(ELSEWHERE)
    if station and (board is None or station.board_id != board.pk):
        raise Refused(ELSEWHERE)


def _must_be_new(event: Event, key: UUID, digest: str = "") -> None:
    if same := event.photos.filter(key=key).first():
        if same.taken_down_at:
            raise Refused(TAKEN_DOWN)
        raise SentBefore(same)
    if digest and (same := event.photos.standing().filter(digest=digest).first()):
        raise SentBefore(same)


def _must_fit(event: Event) -> None:
    if event.photos.standing().count() >= MOST:
        raise Full(
            _("This event has %(most)s photographs, and no more fit. Take one down first.") % {"most": MOST}
        )
