"""The desk at which one reader reads one note: what they see of it, and what comes after."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from events.reach import Reach, reach_in
from people.guests import Viewer
from principles.diff import word_diff
from responses.models import Asking, Moderation, Note, Photo, Reading, Region
from responses.models.notes import words_as_plain
from responses.readings.agreement import AT_THE_DESK
from responses.readings.comparing import differences_in_words
from responses.readings.places import Place
from responses.readings.progress import Progress, progress_among
from responses.readings.queue import Entry, Queue, queue_of
from responses.readings.ruling import rejected_of, was_taken_out_of

TAGS = 32  # so many numbers of boxes fit beside each other on a photograph


@dataclass(frozen=True)
class Desk:
    """One reader, who may read `note`; `asking` where a link asks them."""

    note: Note
    viewer: Viewer
    asking: Asking | None = None
    chosen: str = ""  # the box they chose to look at

    @cached_property
    def queue(self) -> Queue:
        return queue_of(self.note.board.event, self.viewer)

    @property
    def next(self) -> Entry | None:
        return self.queue.next_after(self.note)

    @property
    def progress(self) -> Progress:
        """Of the notes at the same station."""
        beside = [one for one in self.queue.entries if one.note.station_id == self.note.station_id]
        return progress_among((one.note, one.standing) for one in beside)

    @cached_property
    def reach(self) -> Reach:
        return reach_in(self.note.board.event, self.viewer)

    @cached_property
    def regions(self) -> list[Region]:
        """The boxes that show the note."""
        seen = Region.objects.visible_to(self.viewer).filter(note=self.note)
        made = seen.filter(photo__making=Photo.Making.MADE, photo__taken_down_at=None)
        return list(made.select_related("photo").in_order())

    @property
    def region(self) -> Region | None:
        """The box being looked at: the one chosen, or else the first."""
        found = [region for region in self.regions if region.identifier == self.chosen]
        return (found or self.regions or [None])[0]

    @property
    def other_regions(self) -> list[Region]:
        return [region for region in self.regions if region != self.region]

    @cached_property
    def photo(self) -> "Drawn | None":
        """The photograph with its boxes, for whoever may see all of it."""
        if self.asking or not self.region:
            return None
        seen = Photo.objects.visible_to(self.viewer).filter(pk=self.region.photo_id).first()
        return Drawn(seen, self._boxes(seen)) if seen else None

    def _boxes(self, photo: Photo) -> "list[Box]":
        entries = {entry.note.pk: entry for entry in self.queue.entries}
        regions = Region.objects.visible_to(self.viewer).filter(photo=photo, note__in=entries).in_order()
        return [
            Box(
                region,
                entries[region.note_id],
                region == self.region,
                self.address_of(entries[region.note_id].note),
            )
            for region in regions
        ]

    @cached_property
    def own(self) -> Reading | None:
        """What this reader said last of the note."""
        token = self.note.board.token_of(self.viewer)
        own = self.note.readings.filter(token=token, witness__in=AT_THE_DESK)
        return own.order_by("-number").first() if token else None

    @cached_property
    def beside(self) -> "list[Beside]":
        """What others read, for whoever has said what they read themselves; nothing before that.

        Only those who run the event see it of a note that is not on the wall or that something was
        taken out of, and what its writer says.
        """
        if self.own is None:
            return []
        others = self.note.readings.exclude(token=self.own.token).exclude(pk__in=rejected_of(self.note))
        if not self.reach.runs:
            is_whole = self.note.moderation == Moderation.SHOWN and not was_taken_out_of(self.note)
            others = others.exclude(witness=Reading.Witness.AUTHOR) if is_whole else others.none()
        return [Beside(self.own, other, self.note.origin) for other in others.order_by("number")]

    @property
    def has_record(self) -> bool:
        """Whether the record from before says something of the note."""
        return self.note.readings.filter(witness=Reading.Witness.IMPORTED_RECORD).exists()

    def is_open(self, *, to_what_was_written: bool) -> bool:
        """Whether the link that asks still asks about this note, or did until this reader read it.

        What somebody wrote while others read the same is taken until a person has decided.
        """
        entry = self.queue.entry_of(self.note)
        if entry is None or entry.region is None:
            return False
        came_before = entry.is_read_by_me or to_what_was_written
        return entry.is_asked or (came_before and entry.place == Place.READY)

    def address_of(self, note: Note) -> str:
        if self.asking:
            return reverse("asked_note", args=[self.asking.token, note.identifier])
        return reverse("read_note", args=[note.identifier])

    @property
    def address(self) -> str:
        return self.address_of(self.note)

    @property
    def next_address(self) -> str:
        """The next note, or back to the list where none is left."""
        return self.address_of(self.next.note) if self.next else self.list_address

    @property
    def list_address(self) -> str:
        if self.asking:
            return self.asking.get_absolute_url()
        return reverse("reading", args=[self.note.board.event.slug])


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one note on a photograph, and the way to its desk."""

    region: Region
    entry: Entry
    is_current: bool
    address: str

    @property
    def is_read(self) -> bool:
        return self.entry.place == Place.SETTLED


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photograph with its boxes; `unit` is the height of a number beside a box, in its pixels."""

    photo: Photo
    boxes: Sequence[Box]

    @property
    def unit(self) -> int:
        return max(self.photo.width // TAGS, 12)


@dataclass(frozen=True)
class Beside:
    """Another reading beside one's own, with the differences."""

    own: Reading
    other: Reading
    origin: str

    @cached_property
    def steps(self) -> list[tuple[str, str]]:
        """From one's own words to the others'."""
        return word_diff(
            words_as_plain(self.own.text, self.origin), words_as_plain(self.other.text, self.origin)
        )

    @property
    def mine(self) -> list[tuple[str, str]]:
        return [step for step in self.steps if step[0] != "insert"]

    @property
    def theirs(self) -> list[tuple[str, str]]:
        return [step for step in self.steps if step[0] != "delete"]

    @property
    def said(self) -> str:
        """What differs, in words, the mark too."""
        steps = self.steps if self.has_other_words else []
        words = differences_in_words(steps, one="yours", other="theirs")
        if self.own.mark == self.other.mark:
            return words
        return _("%(words)s Your mark “%(mark)s”, theirs “%(mark_2)s”.") % {
            "words": words,
            "mark": self.own.get_mark_display(),
            "mark_2": self.other.get_mark_display(),
        }

    @property
    def has_other_words(self) -> bool:
        return (self.own.text, self.own.text_state) != (self.other.text, self.other.text_state)

    @property
    def differs(self) -> bool:
        return self.has_other_words or self.own.mark != self.other.mark
