"""What hangs of a drawing: the page, the stream, the projector and the event page read it here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from responses.models import Drawing, Moderation, Picture
from responses.models.drawings import ON_THE_WALL, PictureQuerySet

ON_A_PAGE = 24
BESIDE = 4  # pictures of each drawing on the page of its event


@dataclass(frozen=True, slots=True)
class Apart:
    """How many pictures of a drawing hang, and how many do not, by why not."""

    hanging: int = 0
    withdrawn: int = 0
    waiting: int = 0
    hidden: int = 0
    covered: int = 0

    @property
    def said(self) -> str:
        """What does not hang, as it is said: "1 withdrawn, 2 wait for an organiser"."""
        said = (
            (self.withdrawn, _("%(number)s withdrawn")),
            (self.waiting, waiting_in_words(self.waiting)),
            (self.hidden, _("%(number)s hidden by the organisers")),
            (self.covered, _("%(number)s covered until it closes")),
        )
        return ", ".join(words % {"number": number} for number, words in said if number)


@dataclass(frozen=True, slots=True)
class Gallery:
    """One page of what hangs, the newest first, and what a reader does not see."""

    page: Page
    apart: Apart

    @property
    def kept(self) -> int:
        """How many pictures hang that are kept to those in the room."""
        return self.apart.hanging - self.page.paginator.count


@dataclass(slots=True)
class Shown:
    """One picture on a big screen, and the ones before and after it; None where nothing hangs."""

    picture: Picture | None
    at: int = 0
    of: int = 0
    before: int = 0
    after: int = 0


@dataclass(slots=True)
class Beside:
    """A drawing on the page of its event with the first of its pictures, and how many there are."""

    drawing: Drawing
    pictures: list[Picture] = field(default_factory=list)
    number: int = 0


def gallery_of(drawing: Drawing, readable: PictureQuerySet, page: str | int = 1) -> Gallery:
    """A page of the pictures that hang among the `readable`, in three queries however many there are."""
    hanging = readable.hanging().filter(drawing=drawing.pk).select_related("consent").order_by("-number")
    return Gallery(with_their(drawing, Paginator(hanging, ON_A_PAGE).get_page(page)), apart_of(drawing))


def with_their(drawing: Drawing, pictures: Page) -> Page:
    for picture in pictures:
        picture.drawing = drawing
    return pictures


def apart_of(drawing: Drawing) -> Apart:
    """All pictures of a drawing, counted by whether they hang; one query."""
    standing = Q(withdrawn_at=None)
    shown = standing & Q(moderation=Moderation.SHOWN)
    counted = Picture.objects.filter(drawing=drawing.pk).aggregate(
        hanging=Count("pk", filter=standing & ON_THE_WALL),
        withdrawn=Count("pk", filter=~standing),
        waiting=Count("pk", filter=standing & Q(moderation=Moderation.WAITING)),
        hidden=Count("pk", filter=standing & Q(moderation=Moderation.HIDDEN)),
        covered=Count("pk", filter=shown & ~ON_THE_WALL),
    )
    return Apart(**counted)


def waiting_in_words(number: int) -> str:
    """That so many wait, with a place for the number: "%(number)s wait for an organiser"."""
    return ngettext("%(number)s waits for an organiser", "%(number)s wait for an organiser", number)


def on_stage(drawing: Drawing, readable: PictureQuerySet, asked: str) -> Shown:
    """The picture with the number `asked`, or else the newest, in two queries."""
    hanging = readable.hanging().filter(drawing=drawing.pk)
    numbers = list(hanging.order_by("number").values_list("number", flat=True))
    if not numbers:
        return Shown(None)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    at = numbers.index(number) if number in numbers else len(numbers) - 1
    before, after = numbers[at - 1], numbers[(at + 1) % len(numbers)]
    picture = hanging.filter(number=numbers[at]).first()
    return Shown(picture, at + 1, len(numbers), *((before, after) if len(numbers) > 1 else (0, 0)))


def beside(drawings: Sequence[Drawing], readable: PictureQuerySet) -> list[Beside]:
    """Each drawing with its first pictures; one query for all of them."""
    found = {drawing.pk: Beside(drawing) for drawing in drawings}
    if found:
        _fill(found, readable.hanging().filter(drawing__in=list(found)).order_by("drawing", "number"))
    return list(found.values())


def _fill(found: dict[int, Beside], pictures: Iterable[Picture]) -> None:
    for picture in pictures:
        one = found[picture.drawing_id]
        one.number += 1
        if len(one.pictures) < BESIDE:
            one.pictures.append(picture)
