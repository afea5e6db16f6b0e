"""What is seen on photographs: lists of them, and the notes in their boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from events.models import Event
from people.guests import Viewer
from responses.models import Note, Origin, Photo, Region
from responses.models.photos import PhotoQuerySet, RegionQuerySet
from responses.photos.states import told_of

BESIDE = 4  # photographs on the page of their event


@dataclass(frozen=True, slots=True)
class Beside:
    """The first photographs of an event, and how many there are for this viewer."""

    photos: Sequence[Photo]
    number: int


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note, and its boxes on one photograph."""

    note: Note
    boxes: Sequence[Region]


def listed(event: Event, viewer: Viewer) -> PhotoQuerySet:
    """The photographs of `event` that `viewer` may see, in their order, each with what is told of it."""
    return told_of(Photo.objects.visible_to(viewer).filter(event=event)).in_order()


def beside(event: Event, viewer: Viewer) -> Beside:
    """The first photographs of an event that are on show; two queries, one where there are none."""
    on_show = Photo.objects.visible_to(viewer).on_show().filter(event=event)
    photos = list(on_show.select_related("board", "station").in_order()[: BESIDE + 1])
    number = on_show.count() if len(photos) > BESIDE else len(photos)
    return Beside(photos[:BESIDE], number)


def boxes_on(photo: Photo, viewer: Viewer) -> list[Region]:
    """The boxes on a photograph that `viewer` may see, each with its note; one query.

    Those who work on the photograph also see boxes whose note is still to be found out. A note that is
    not theirs to read stays out, though they see the paper it is on.
    """
    readable = Q(note=None) | Q(note__in=Note.objects.visible_to(viewer))
    seen = Region.objects.visible_to(viewer).filter(readable, photo=photo).in_order()
    boxes = list(seen.select_related("note__station", "note__consent", "note__board__event"))
    for box in boxes:
        box.photo = photo
    return boxes


def seen_on(boxes: Sequence[Region]) -> list[SeenNote]:
    """The notes in `boxes`, each once, in the order of their first boxes."""
    found: dict[int, SeenNote] = {}
    for box in boxes:
        if box.note:
            found.setdefault(box.note_id, SeenNote(box.note, [])).boxes.append(box)
    return list(found.values())


def own_boxes(note: Note) -> RegionQuerySet:
    """The boxes whose cut-outs the writer of a note may see, published or not.

    None where something on the photograph is still to be covered, since boxes may overlap, and
    none where under-18s may take part.
    """
    boxes = Region.objects.uncovered().filter(photo__in=Photo.objects.for_cut_outs())
    if note.origin != Origin.PAPER or note.withdrawn_at or note.board.may_include_under_18s:
        return boxes.none()
    return boxes.filter(note=note).select_related("photo").in_order()
