"""Makers of photographs, for tests anywhere."""

import io
from uuid import uuid4

from PIL import ExifTags, Image

from coproduce.work import run_ready
from events.models import Event
from people.guests import Viewer
from responses.models import Board, Photo, Station
from responses.photos.adding import add_photo
from tests.coproduce.pictures import drawing

GPS = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}


def a_jpeg(width: int = 800, height: int = 600, *, gps: bool = False, **exif: object) -> bytes:
    """A JPEG that no other call gives, with EXIF: `a_jpeg(Make="Paper Camera", Orientation=6)`."""
    return as_jpeg(drawing((width, height)), gps=gps, **exif)


def as_jpeg(picture: Image.Image, *, gps: bool = False, **exif: object) -> bytes:
    """A drawn picture as a camera would send it."""
    said, file = Image.Exif(), io.BytesIO()
    for name, value in exif.items():
        said[ExifTags.Base[name]] = value
    if gps:
        said.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    picture.convert("RGB").save(file, "JPEG", quality=90, exif=said, comment=uuid4().bytes)
    return file.getvalue()


def make_photo(
    event: Event,
    by: Viewer | None,
    *,
    board: Board | None = None,
    station: Station | None = None,
    size: tuple[int, int] = (1200, 900),
    picture: Image.Image | bytes | None = None,
    made: bool = True,
) -> Photo:
    """A photograph of the event, with real files unless `made` is false; not published."""
    if isinstance(picture, Image.Image):
        picture = as_jpeg(picture)
    upload = io.BytesIO(picture or a_jpeg(*size))
    photo = add_photo(event, upload, by=by, key=uuid4(), board=board, station=station).photo
    if made:
        run_ready()
        photo.refresh_from_db()
        assert photo.is_made, photo.trouble
    return photo
