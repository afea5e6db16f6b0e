"""Covering parts of a photograph for good: faces, names, and notes that are not for everybody.

The acts here say what is to be covered; from that moment nobody but those who run the event sees
the photograph. Work in the background then covers it in every file, and it comes back.
"""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.models import Note, Photo, Region
from responses.photos.holding import locked_photo, standing_photo
from responses.photos.making import ask_to_cover

Box = tuple[int, int, int, int]  # left, top, width, height in pixels of the upright photograph
MOST_BOXES = 60  # at once
LONGEST_WHY = 300  # characters
OUTSIDE = gettext_lazy(
    "Box {} lies outside the photograph, which is {} pixels wide and {} high. Move it onto it."
)


def cover_boxes(photo: Photo, boxes: Sequence[Box], why: str, *, by: Viewer | None) -> None:
    """Cover `boxes` in every file of the photograph, the original too. Nobody can undo it.

    A box may reach over the edge: what is on the photograph is covered. The box of a note that
    lies within one of them shows nothing any more. Refuses none at all, too many, a box that is
    not on the photograph, and no reason; the reason is kept in the trace.
    """
    if not (why := " ".join(why.split())):
        raise Refused(_("Say in a sentence why it is covered. It is kept for the stewards."))
    with standing_photo(photo, by=by) as photo:
        fitting = fitting_boxes(photo, boxes)
        _mark_covered([region for region in photo.regions.uncovered() if _lies_within(region, fitting)])
        _cover(photo, fitting)
        leave_trace("covered", photo, by=by, why=why[:LONGEST_WHY])


def cover_note(note: Note) -> None:
    """Cover a note that has ended wherever it shows, within the transaction that ends it."""
    photos = Photo.objects.standing().filter(regions__in=note.regions.uncovered())
    for pk in sorted(photos.values_list("pk", flat=True).distinct()):
        photo = locked_photo(Photo(pk=pk))
        if not photo.taken_down_at:
            shown = list(photo.regions.uncovered().filter(note=note))
            _mark_covered(shown)
            _cover(photo, [region.box for region in shown])
            leave_trace("covered", photo, by=None, why="A note on it was withdrawn.")


def _mark_covered(regions: Sequence[Region]) -> None:
    here = [region.pk for region in regions]
    Region.objects.filter(pk__in=here).update(covered_at=timezone.now())


def _lies_within(region: Region, boxes: Iterable[Box]) -> bool:
    """Whether nothing of the box of a note is left outside one of `boxes`."""
    right, bottom = region.x + region.width, region.y + region.height
    return any(
        x <= region.x and y <= region.y and right <= x + width and bottom <= y + height
        for x, y, width, height in boxes
    )


def _cover(photo: Photo, boxes: Sequence[Box]) -> None:
    photo.covers = [*photo.covers, *(list(box) for box in boxes)]
    photo.save(update_fields=["covers"])
    ask_to_cover(photo)


def fitting_boxes(photo: Photo, boxes: Sequence[Box]) -> list[Box]:
    """The boxes as far as they lie on the photograph; refuses one that does not, none, and too many."""
    if not boxes:
        raise Refused(_("Draw a box around what has to be covered, or type where it is."))
    if len(boxes) > MOST_BOXES:
        raise Refused(
            _("That is %(number)s boxes. Cover at most %(most_boxes)s at once.")
            % {"number": len(boxes), "most_boxes": MOST_BOXES}
        )
    return [_clipped(photo, number, box) for number, box in enumerate(boxes, 1)]


def _clipped(photo: Photo, number: int, box: Box) -> Box:
    x, y, width, height = box
    left, top = max(0, x), max(0, y)
    right, bottom = min(photo.width, x + width), min(photo.height, y + height)
    if right <= left or bottom <= top:
        raise Refused(OUTSIDE.format(number, photo.width, photo.height))
    return left, top, right - left, bottom - top
