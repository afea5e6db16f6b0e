"""How a photograph stands, as those who run its event are told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.models import Photo, Region
from responses.models.photos import PhotoQuerySet


@dataclass(frozen=True, slots=True)
class State:
    """`kind` is one word for scripts and styles, `word` stands on a tag, `sentence` says what follows."""

    kind: str
    word: str
    sentence: str

    @property
    def is_moving(self) -> bool:
        """Whether it changes by itself."""
        return self.kind in {"making", "covering"}


MAKING = State(
    "making",
    gettext_lazy("Being made ready"),
    gettext_lazy("It is being made ready. That takes a minute or two."),
)
COVERING = State(
    "covering",
    gettext_lazy("Being covered"),
    gettext_lazy("What has to go is being covered. Until that is done, nobody else sees it."),
)
SHOWS_TOO_MUCH = State(
    "too_much",
    gettext_lazy("Off the record for now"),
    gettext_lazy("It shows a note that not everybody may read. It comes back once the note is covered."),
)
UNDER_18 = State(
    "under_18",
    gettext_lazy("Not for the record"),
    gettext_lazy("Under-18s may take part on its board, so it stays here."),
)
LACKING = State(
    "lacking",
    gettext_lazy("Needs words"),
    gettext_lazy("Say what it shows, and on what basis people on it may be shown."),
)
READY = State(
    "ready", gettext_lazy("Ready to publish"), gettext_lazy("Only those who run this event see it.")
)
ON_SHOW = State("on_show", gettext_lazy("On the record"), gettext_lazy("Everybody can see it."))


def told_of(photos: PhotoQuerySet) -> PhotoQuerySet:
    """The photographs with what `state_of` has to know, in the same query."""
    too_much = Region.objects.uncovered().filter(photo=OuterRef("pk")).not_for_everybody()
    for_all = Photo.objects.without_under_18s().filter(pk=OuterRef("pk"))
    told = photos.select_related("board", "station", "event")
    return told.annotate(shows_too_much=Exists(too_much), has_under_18s=~Exists(for_all))


def state_of(photo: Photo) -> State:
    """How a standing photograph from `told_of` stands."""
    if photo.making == Photo.Making.FAILED:
        return State("failed", _("Could not be read"), photo.trouble)
    if not photo.is_made:
        return MAKING
    if photo.covers:
        return COVERING
    return _when_made(photo)


def _when_made(photo: Photo) -> State:
    if photo.has_under_18s:
        return UNDER_18
    if not photo.published_at:
        return READY if photo.alt and photo.basis else LACKING
    return SHOWS_TOO_MUCH if photo.shows_too_much else ON_SHOW


def with_states(photos: Iterable[Photo]) -> list[tuple[Photo, State]]:
    return [(photo, state_of(photo)) for photo in photos]
