"""Makers of what there is to read: notes from paper with a box on a photograph, for tests anywhere."""

from uuid import uuid4

from django.utils import timezone

from events.models import Event
from people.consent import consent_on_basis
from people.guests import Viewer
from responses.models import Board, Note, Photo, Reading, Region, Station, TextState
from responses.photos.regions import add_region, make_note
from responses.readings.reading import read_note
from responses.transcription import read_markup, text_state_of

BASIS = "Invented for a test."


def photo_of(
    event: Event, *, board: Board | None = None, published: bool = True, words: str = BASIS
) -> Photo:
    """A photograph on record, made ready as far as the database knows; it has no files."""
    return Photo.objects.create(
        event=event, board=board, key=uuid4(), digest=uuid4().hex, files=uuid4().hex, width=1200, height=900,
        making=Photo.Making.MADE, words_basis=words, alt="Notes on a wall.", basis=Photo.Basis.NOBODY,
        published_at=timezone.now() if published else None,
    )  # fmt: skip


def box_on(photo: Photo, *, by: Viewer, station: Station | None = None) -> Region:
    """One more box on it, beside the others."""
    at = photo.regions.count()
    return add_region(photo, (10 + 110 * (at % 10), 10 + 110 * (at // 10), 100, 100), by=by, station=station)


def note_on(photo: Photo, station: Station, *, by: Viewer) -> Note:
    """A note from paper that nobody has read, in a box of its own."""
    return make_note(box_on(photo, by=by, station=station), by=by)


def show_to_all(note: Note) -> Note:
    """The same, as everybody may read it."""
    note.consent = consent_on_basis(BASIS)
    note.save(update_fields=["consent"])
    return note


def says(note: Note, markup: str, *, by: Viewer, mark: str = "tick", **said: object) -> Reading:
    """What `by` reads on it; how much can be read is what the markup says."""
    state = text_state_of(read_markup(markup, imported=False)) if markup else TextState.NO_TEXT
    return read_note(note, by=by, state=state, markup=markup, mark=mark, **said)


def asked(name: str, event: Event) -> Viewer:
    """A guest who opened the link that asks those who were at `event`."""
    return Viewer(guest_key=name, reads_for=event.pk)
