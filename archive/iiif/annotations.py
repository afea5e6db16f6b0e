"""Notes as annotations of the photographs that show them, always with the box that shows each."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from archive.editions import READERS, Edition, Entry, pieces_of
from archive.iiif.words import WITHHELD, Json, bodies_of, body, classes
from responses.models import Origin, Photo, Reading, Region

# Mirador 4 shows no annotation whose only motivation is supplementing.
MOTIVATIONS = ["supplementing", "commenting"]
ACCEPTED = "Accepted readings"
OTHERS = "Other readings"


def address(name: str, photo: Photo) -> str:
    return settings.SITE_URL + reverse(name, args=[photo.identifier])


def canvas_address(photo: Photo) -> str:
    """The identity of its canvas; nothing is fetched from there."""
    return address("iiif_photo", photo).replace("manifest.json", "canvas")


def pages_of(photo: Photo, edition: Edition) -> list[Json]:
    """The accepted readings of the notes on `photo`; the others on a second page, where there are any."""
    first, second = accepted_page(photo, edition), others_page(photo, edition)
    return [first, second] if second["items"] else [first]


def accepted_page(photo: Photo, edition: Edition) -> Json:
    return _page(address("iiif_notes", photo), ACCEPTED, _accepted(photo, edition))


def others_page(photo: Photo, edition: Edition) -> Json:
    return _page(address("iiif_other_readings", photo), OTHERS, _others(photo, edition))


def _page(identity: str, label: str, items: Iterator[Json]) -> Json:
    return {"id": identity, "type": "AnnotationPage", "label": {"en": [label]}, "items": list(items)}


def _accepted(photo: Photo, edition: Edition) -> Iterator[Json]:
    for region, entry in edition.boxes_on(photo):
        identity = f"{settings.SITE_URL}{entry.note.get_absolute_url()}#box-{region.identifier}"
        yield _annotation(identity, region, _bodies(entry)) | _made_by(entry.accepted, edition)


def _others(photo: Photo, edition: Edition) -> Iterator[Json]:
    for region, entry in edition.boxes_on(photo):
        for reading in entry.others:
            reading.note = entry.note
            identity = f"{settings.SITE_URL}{reading.get_absolute_url()}#box-{region.identifier}"
            pieces = pieces_of(reading.text, reading.text_state, Origin.PAPER)
            bodies = bodies_of(pieces, reading.text_state, reading.mark)
            yield _annotation(identity, region, bodies) | _made_by(reading, edition)


def _bodies(entry: Entry) -> list[Json]:
    note = entry.note
    if entry.words_go:
        return bodies_of(entry.pieces, note.text_state, note.mark)
    return [body(WITHHELD), *classes(note.text_state, note.mark)]


def _annotation(identity: str, region: Region, bodies: list[Json]) -> Json:
    return {
        "id": identity,
        "type": "Annotation",
        "motivation": MOTIVATIONS,
        "body": bodies,
        "target": f"{canvas_address(region.photo)}#xywh={region.xywh}",
    }


def _made_by(reading: Reading | None, edition: Edition) -> Json:
    """Who read it, in general, and when; nothing of a note that nobody had to read."""
    if reading is None:
        return {}
    creator = {"type": "Person", "name": READERS[edition.reader_of(reading)]}
    return {"creator": creator, "created": reading.at.isoformat(timespec="seconds")}
