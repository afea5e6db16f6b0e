"""What is there to be read by whom, and what comes next."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from events.models import Event
from people.guests import Viewer
from responses.models import Board, Note, Photo, Reading, Region, Ruling
from responses.models.photos import notes_to_read_by
from responses.readings.places import READ_WHOLE, TO_READ, Place, Standing, place_of, standing_of
from responses.readings.progress import Progress, progress_among

__all__ = ["Entry", "Place", "Progress", "Queue", "place_of", "place_of_note", "progress_of", "queue_of"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A note in the queue: who read it so far, and the first box on a photograph that shows it."""

    note: Note
    standing: Standing
    is_read_by_me: bool
    region: Region | None

    @property
    def place(self) -> Place:
        return self.standing.place

    @property
    def readers(self) -> int:
        return self.standing.agreement.readers

    @property
    def is_asked(self) -> bool:
        """Whether a link that asks the room shows it: open, and with a picture."""
        return self.place in TO_READ and self.region is not None

    @property
    def is_of_the_record(self) -> bool:
        """Whether its words are known, but nobody has compared them with the picture."""
        return self.note.text_state in READ_WHOLE


@dataclass(frozen=True)
class Queue:
    """The notes that one viewer may read, in the order of the wall."""

    entries: list[Entry]

    def at(self, place: Place) -> list[Entry]:
        return [entry for entry in self.entries if entry.place == place]

    @cached_property
    def to_read(self) -> list[Entry]:
        """What this viewer has not read and can help with: what nobody knows first, in the wall's order."""
        waiting = [entry for entry in self.entries if entry.place in TO_READ and not entry.is_read_by_me]
        return sorted(waiting, key=lambda entry: entry.is_of_the_record)

    def next_after(self, note: Note | None = None) -> Entry | None:
        """The next one to read after `note`, from the start again after the last; None when all are read."""
        others = [entry for entry in self.to_read if note is None or entry.note.pk != note.pk]
        if note is None or not others:
            return others[0] if others else None
        order = {entry.note.pk: at for at, entry in enumerate(self.entries)}
        here = order.get(note.pk, -1)
        urgent = [entry for entry in others if not entry.is_of_the_record] or others
        return next((entry for entry in urgent if order[entry.note.pk] > here), urgent[0])

    def entry_of(self, note: Note) -> Entry | None:
        return next((entry for entry in self.entries if entry.note.pk == note.pk), None)


def queue_of(event: Event, viewer: Viewer) -> Queue:
    """What `viewer` may read of the event; four queries, however many notes there are."""
    notes = notes_to_read_by(viewer).filter(board__event=event)
    listed = list(notes.select_related("station", "board").in_order())
    for note in listed:
        note.board.event = event
    facts = _Facts(listed)
    first: dict[int, Region] = {}
    for region in facts.regions(Region.objects.visible_to(viewer)):
        first.setdefault(region.note_id, region)
    return Queue([facts.entry(note, viewer, first.get(note.pk)) for note in listed])


def progress_of(event: Event, viewer: Viewer, board: Board | None = None) -> Progress:
    """How far the reading of the event's paper notes, or of one board's, has come; four queries.

    Numbers only, and so over every note that counts, whoever may read its words.
    """
    boards = Board.objects.visible_to(viewer).filter(event=event)
    notes = Note.objects.readable_on_paper().filter(board__in=boards, merged_into=None)
    if board:
        notes = notes.filter(board=board)
    listed = list(notes.only("pk", "text_state").order_by())
    if not listed:
        return progress_among([])
    facts = _Facts(listed)
    facts.regions(Region.objects.all())
    return progress_among((note, facts.standing(note)) for note in listed)


def ready_by_event(viewer: Viewer) -> Counter[int]:
    """How many notes of each event that `viewer` runs are ready for a ruling, by its pk; four queries."""
    notes = notes_to_read_by(viewer).filter(board__in=Board.objects.run_by(viewer))
    read = list(notes.filter(readings__is_held=True).select_related("board").distinct())
    facts = _Facts(read)
    facts.regions(Region.objects.all())
    return Counter(note.board.event_id for note in read if facts.standing(note).place == Place.READY)


def to_read_by_event(viewer: Viewer) -> Counter[int]:
    """How many pictured notes of each event that `viewer` helps to read wait for a reader; four queries."""
    there = Event.objects.transcribed_by(viewer)
    pictured = Region.objects.uncovered().filter(photo__in=Photo.objects.made())
    notes = notes_to_read_by(viewer).filter(board__event__in=there, pk__in=pictured.values("note"))
    listed = list(notes.select_related("board"))
    facts = _Facts(listed)
    facts.regions(Region.objects.all())
    return Counter(note.board.event_id for note in listed if facts.standing(note).place in TO_READ)


def place_of_note(note: Note) -> Place:
    """Where one note stands; three queries."""
    facts = _Facts([note])
    facts.regions(Region.objects.all())
    return facts.standing(note).place


class _Facts:
    """The readings, rulings and pictures of many notes, each asked for once."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._of = Q(note__in=[note.pk for note in notes])
        self._readings: dict[int, list[Reading]] = defaultdict(list)
        self._rulings: dict[int, list[Ruling]] = defaultdict(list)
        self._pictured: dict[int, datetime] = {}
        # What was imported says nothing about where a note stands, and there may be very much of it.
        imported = Reading.Witness.IMPORTED_RECORD
        readings = Reading.objects.filter(self._of).exclude(witness=imported).defer("verbatim", "comment")
        for reading in readings.order_by("number"):
            self._readings[reading.note_id].append(reading)
        by_pk = {reading.pk: reading for every in self._readings.values() for reading in every}
        rulings = Ruling.objects.filter(self._of).exclude(reading__witness=imported)
        for ruling in rulings.order_by("number"):
            if ruling.reading_id:
                ruling.reading = by_pk[ruling.reading_id]
            self._rulings[ruling.note_id].append(ruling)

    def regions(self, seen: QuerySet[Region]) -> list[Region]:
        """The uncovered boxes that show the notes; from all of them it is known which have a picture."""
        shown = seen.uncovered().filter(self._of, photo__in=Photo.objects.made())
        regions = list(shown.select_related("photo").in_order())
        for region in regions:
            known = self._pictured.get(region.note_id)
            added = region.photo.added_at
            self._pictured[region.note_id] = max(known, added) if known else added
        return regions

    def standing(self, note: Note) -> Standing:
        return standing_of(
            note,
            self._readings[note.pk],
            self._rulings[note.pk],
            pictured=self._pictured.get(note.pk),
        )

    def entry(self, note: Note, viewer: Viewer, region: Region | None) -> Entry:
        own = not viewer.is_anybody and any(
            reading.token and reading.token == note.board.token_of(viewer)
            for reading in self._readings[note.pk]
        )
        return Entry(note, self.standing(note), own, region)
