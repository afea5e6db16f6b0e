"""What of an event goes into the files for scholars: photographs, notes in sight, and their readings.

A file outlives the page it was fetched from. So even those who run the event get no reading in
it that waits for a ruling or was rejected, and no words that may not be used for research.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from archive.rights import sees_research
from archive.rows import words_may_go
from events.models import Event
from events.reach import organisers_of
from people.guests import ANYBODY, Viewer
from responses.models import Note, Origin, Photo, Reading, Region, TextState
from responses.transcription import Illegible, LineBreak, NoText, Piece, Words, read_markup

# Who read a note, in general: no file says more. The keys stand in its addresses.
READERS = {
    "author": "Whoever wrote it",
    "record": "Imported record",
    "organiser": "An organiser",
    "volunteer": "A volunteer",
}
WITNESSES = {
    Reading.Witness.AUTHOR: "author",
    Reading.Witness.IMPORTED_RECORD: "record",
}


@dataclass(slots=True)
class Entry:
    """A note with the boxes that show it and the readings beside the accepted one, oldest first."""

    note: Note
    words_go: bool
    regions: list[Region] = field(default_factory=list)
    accepted: Reading | None = None
    others: list[Reading] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces_of(self.note.text, self.note.text_state, self.note.origin)


@dataclass(slots=True)
class Edition:
    """The photographs of an event, with their boxes, and its notes, all as one viewer may take them away."""

    event: Event
    photos: list[Photo]
    entries: dict[int, Entry]
    organisers: frozenset[int] = frozenset()

    def reader_of(self, reading: Reading) -> str:
        """One of READERS."""
        by_hand = "organiser" if reading.reader_id in self.organisers else "volunteer"
        return WITNESSES.get(reading.witness, by_hand)

    def boxes_on(self, photo: Photo) -> list[tuple[Region, Entry]]:
        """The boxes on `photo` in their order, each with its note."""
        every = [(region, entry) for entry in self.entries.values() for region in entry.regions]
        return sorted((one for one in every if one[0].photo_id == photo.pk), key=lambda one: one[0].number)


def edition_of(event: Event, viewer: Viewer) -> Edition:
    """All of an event, in seven queries however much there is."""
    photos = Photo.objects.visible_to(viewer).made().filter(event=event).in_order()
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(board__event=event)
    return _gathered(event, viewer, photos, notes, sees_all=sees_research(viewer, event))


def edition_of_photo(photo: Photo, viewer: Viewer) -> Edition:
    """One photograph and the notes that it shows."""
    shown = Region.objects.visible_to(viewer).filter(photo=photo).values("note")
    notes = Note.objects.visible_to(viewer).on_the_wall().filter(pk__in=shown)
    photos = Photo.objects.visible_to(viewer).filter(pk=photo.pk)
    return _gathered(photo.event, viewer, photos, notes, sees_all=sees_research(viewer, photo.event))


def edition_of_notes(event: Event, notes: QuerySet[Note], *, sees_all: bool) -> Edition:
    """Some notes of an event that go into a file for everybody, or with `sees_all` for researchers."""
    photos = Photo.objects.visible_to(ANYBODY).made().filter(event=event)
    shown = photos.filter(regions__note__in=notes.order_by(), regions__covered_at=None).distinct().in_order()
    return _gathered(event, ANYBODY, shown, notes, sees_all=sees_all)


def pieces_of(text: str, state: str, origin: str) -> tuple[Piece, ...]:
    """What a note says: markup on paper only, typed words as typed."""
    if not text:
        return {TextState.NO_TEXT: (NoText(),), TextState.ILLEGIBLE: (Illegible(),)}.get(state, ())
    if origin == Origin.PAPER:
        return read_markup(text, imported=False)
    lines = [piece for line in text.split("\n") for piece in (LineBreak(), Words(line))][1:]
    return tuple(piece for piece in lines if piece != Words(""))


def _gathered(
    event: Event, viewer: Viewer, photos: QuerySet[Photo], notes: QuerySet[Note], *, sees_all: bool
) -> Edition:
    found = notes.select_related("board", "station", "consent").in_order()
    entries = {note.pk: Entry(note, words_may_go(note.consent, sees_all=sees_all)) for note in found}
    edition = Edition(event, list(photos), entries, _organisers_of(event))
    _place_regions(edition, viewer)
    _add_readings(edition, viewer)
    return edition


def _place_regions(edition: Edition, viewer: Viewer) -> None:
    photos = {photo.pk: photo for photo in edition.photos}
    for region in Region.objects.visible_to(viewer).filter(photo__in=photos).in_order():
        if region.note_id in edition.entries:
            region.photo = photos[region.photo_id]
            edition.entries[region.note_id].regions.append(region)


def _add_readings(edition: Edition, viewer: Viewer) -> None:
    """Of notes on paper only: what somebody typed and then put right is not one of two readings."""
    on_paper = [pk for pk, entry in edition.entries.items() if entry.note.origin == Origin.PAPER]
    shown = Reading.objects.visible_to(viewer).filter(note__in=on_paper, is_held=False)
    readings: dict[int, list[Reading]] = defaultdict(list)
    for reading in shown.order_by("note", "number"):
        readings[reading.note_id].append(reading)
    for pk, found in readings.items():
        entry = edition.entries[pk]
        entry.accepted = next((one for one in found if one.pk == entry.note.accepted_id), found[-1])
        entry.others = [one for one in found if one is not entry.accepted] if entry.words_go else []


def _organisers_of(event: Event) -> frozenset[int]:
    """Whoever runs the event, stewards among them."""
    return frozenset(organisers_of(event).values_list("pk", flat=True))
