"""What an event is in a project: one text with a selection for each note, and its photographs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.db.models import QuerySet

from archive.cite.rights import rights_of
from archive.qda.codes import codes_of_note
from archive.qda.elements import add_codings, as_text, opening, pointing, told
from archive.qda.guids import guid_of
from archive.qda.plain import line, said_of
from coproduce.images.keeping import read
from events.models import Event
from people.guests import ANYBODY
from principles.models import Principle
from responses.models import Note, Photo, Region, Station

Write = Callable[[str], object]


@dataclass(slots=True)
class Coded:
    """A note with what a study made of it: GUIDs of its codes and of memos on it."""

    note: Note
    codes: list[str] = field(default_factory=list)
    memos: list[str] = field(default_factory=list)


@dataclass
class EventText:
    """The text of one event, written note by note; what stands where goes to `write` as XML.

    Places are counted in code points from the beginning of the text.
    """

    event: Event
    sees_all: bool
    write: Write

    def __post_init__(self) -> None:
        self.guid = guid_of("text", self.event.identifier)
        self.principles = _principles_at(self.event)
        self._at, self._station = 0, None

    @property
    def name(self) -> str:
        return f"sources/{self.guid}.txt"

    def pieces(self, notes: Iterable[Coded]) -> Iterator[bytes]:
        """The text; its element is complete once all of it was taken."""
        path = {"plainTextPath": f"internal://{self.guid}.txt"}
        self.write(opening("TextSource", {"guid": self.guid, "name": line(self.event.name), **path}))
        yield self._add(heading_of(self.event))
        for coded in notes:
            yield self._note(coded)
        self.write("</TextSource>\n")

    def _note(self, coded: Coded) -> bytes:
        note = coded.note
        before = "" if note.station_id == self._station else f"{_station_of(note)}\n\n"
        self._station = note.station_id
        label = self._add(f"{before}{line(note.label)}\n")
        start = self._at
        said = self._add(said_of(note, sees_all=self.sees_all))
        self.write(as_text(self._selection(coded, start)))
        return label + said + self._add("\n\n")

    def _selection(self, coded: Coded, start: int) -> Element:
        note = coded.note
        places = {"startPosition": str(start), "endPosition": str(self._at)}
        selection = Element(
            "PlainTextSelection",
            {"guid": guid_of("note", note.identifier), "name": line(note.label), **places},
        )
        selection.append(told("Description", said_beside(note)))
        codes = [*codes_of_note(note, self.principles.get(note.station_id, [])), *coded.codes]
        add_codings(selection, codes, "note", note.identifier)
        selection.extend(pointing("NoteRef", memo) for memo in coded.memos)
        return selection

    def _add(self, text: str) -> bytes:
        self._at += len(text)
        return text.encode()


def heading_of(event: Event) -> str:
    """The first lines of its text."""
    where = f", {line(event.place)}" if event.place else ""
    invented = "\nThe notes are invented, as a demonstration." if event.is_invented else ""
    return f"{line(event.name)}\n{line(event.span.words())}{where}{invented}\n\n"


def said_beside(note: Note) -> str:
    """Where a note stands for good, and what may be done with it."""
    return f"{settings.SITE_URL}{note.get_absolute_url()} {rights_of(note.consent).statement}"


def _station_of(note: Note) -> str:
    return f"{line(note.board.name)}: {line(note.station.heading)}"


def _principles_at(event: Event) -> dict[int, list[Principle]]:
    stations = Station.objects.filter(board__event=event).prefetch_related("principles")
    return {station.pk: list(station.principles.all()) for station in stations}


def photographs_of(event: Event, notes: QuerySet[Note]) -> Iterator[tuple[Photo, bytes, list[Region]]]:
    """The photographs of `event` that everybody may see and that show some of `notes`, with their boxes."""
    bound = Region.objects.uncovered().filter(note__consent__research=False)
    photos = Photo.objects.visible_to(ANYBODY).made().filter(event=event).in_order()
    boxes = Region.objects.visible_to(ANYBODY).filter(note__in=notes.filter(board__event=event).order_by())
    # A picture shows words too: all of them have to be free for research.
    for photo in photos.exclude(pk__in=bound.values("photo")):
        shown = list(boxes.filter(photo=photo).select_related("note__station", "note__consent").in_order())
        try:
            picture = read(photo.files, f"{photo.renditions.largest.name}.jpg") if shown else b""
        except FileNotFoundError:
            # Taken down since this moment of the record.
            continue
        if picture:
            yield photo, picture, shown


def picture_source(photo: Photo, boxes: Iterable[Region], text: EventText) -> Element:
    """The photograph with a selection for each box, coded as its note is."""
    guid = guid_of("photo", photo.identifier)
    source = Element(
        "PictureSource", {"guid": guid, "name": line(str(photo)), "path": f"internal://{guid}.jpg"}
    )
    source.append(told("Description", photo.alt))
    for box in boxes:
        source.append(_picture_selection(box, photo, text))
    return source


def _picture_selection(box: Region, photo: Photo, text: EventText) -> Element:
    scale = photo.renditions.largest.width / photo.width
    left, top, right, bottom = (
        str(round(side * scale)) for side in (box.x, box.y, box.x + box.width, box.y + box.height)
    )
    places = {"firstX": left, "firstY": top, "secondX": right, "secondY": bottom}
    named = {"guid": guid_of("box", box.identifier), "name": line(box.note.label)}
    selection = Element("PictureSelection", named | places)
    SubElement(selection, "Description").text = said_beside(box.note)
    add_codings(
        selection,
        codes_of_note(box.note, text.principles.get(box.note.station_id, [])),
        "box",
        box.identifier,
    )
    return selection
