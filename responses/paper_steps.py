"""What lies between the photographs of an event's paper walls and its record, for those who run it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from people.guests import Viewer
from responses.models import Photo
from responses.models.photos import PhotoQuerySet
from responses.photos.showing import listed
from responses.photos.states import LACKING, READY, state_of
from responses.readings.places import Place
from responses.readings.progress import Progress
from responses.readings.queue import progress_of


@dataclass(frozen=True, slots=True)
class Step:
    """`number` of what `word` says, `act` in the words of a button, and the page where it is done."""

    number: int
    word: str
    act: str
    address: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in the order in which they are done, each with how much of it waits."""

    photographs: int
    waiting: Sequence[Step] = ()

    @property
    def next(self) -> Step | None:
        """The first with anything to do."""
        return next((step for step in self.waiting if step.number), None)


def steps_of(event: Event, viewer: Viewer, progress: Progress | None = None) -> Steps:
    """The steps of `event` for `viewer`, who runs it.

    One query, and those of `progress_of` where there are photographs and `progress` is not given.
    """
    photos = list(_with_boxes(listed(event, viewer)))
    if not photos:
        return Steps(0)
    read = progress or progress_of(event, viewer)
    return Steps(len(photos), [*_to_box(photos), *_to_read(event, read), _to_publish(photos)])


def _with_boxes(photos: PhotoQuerySet) -> PhotoQuerySet:
    """Each with the number of its `boxes`, and of those that are `unknown`: without a note."""
    uncovered = Q(regions__covered_at=None)
    return photos.annotate(
        boxes=Count("regions", filter=uncovered),
        unknown=Count("regions", filter=uncovered & Q(regions__note=None)),
    )


def _to_box(photos: Sequence[Photo]) -> list[Step]:
    bare = [photo for photo in photos if photo.is_made and not photo.boxes]
    open_ones = [photo for photo in photos if photo.unknown]
    unknown = sum(photo.unknown for photo in open_ones)
    word = ngettext("box without a note", "boxes without a note", unknown)
    return [
        Step(len(bare), _("without boxes"), _("Put boxes around the notes"), _page("photo_boxes", bare)),
        Step(unknown, word, _("Say which notes the boxes show"), _page("photo_boxes", open_ones)),
    ]


def _to_read(event: Event, progress: Progress) -> list[Step]:
    number = progress.places[Place.NEEDS_READER] + progress.places[Place.HARD]
    ready = progress.places[Place.READY]
    word = ngettext("note to read", "notes to read", number)
    return [
        Step(number, word, _("Read the notes"), reverse("reading", args=[event.slug])),
        Step(
            ready, _("ready for a ruling"), _("Decide what notes say"), reverse("rulings", args=[event.slug])
        ),
    ]


def _to_publish(photos: Sequence[Photo]) -> Step:
    held = [photo for photo in photos if state_of(photo) in (LACKING, READY)]
    return Step(len(held), _("not published"), _("Describe and publish"), _page("photo_edit", held))


def _page(name: str, photos: Sequence[Photo]) -> str:
    """The page of the first of these photographs; empty where there is none."""
    return reverse(name, args=[photos[0].identifier]) if photos else ""
