"""What is harvested: four kinds of things, each with its set, its rule of sight and what went of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Greatest

from archive.cite.of_boards import with_readings
from archive.harvest.gone import GONE, is_number
from archive.models import Release
from events.models import Event
from journal.models import Post
from people.guests import ANYBODY
from responses.models import Note


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` stands in identifiers, `spec` names its set. `shown` has each with `stamp`, when it changed."""

    name: str
    spec: str
    title: str
    shown: Callable[[], QuerySet[Model]]
    with_parts: Callable[[QuerySet], QuerySet]
    # In the lists of whoever names no set.
    is_default: bool = True
    # Its kind in `archive.harvest.gone`, and the column that holds its permanent id.
    gone_as: str = ""
    column: str = "identifier"

    def gone(self) -> QuerySet[Model]:
        return GONE[self.gone_as or self.name][0]()

    def named(self, rows: QuerySet, identifier: str) -> QuerySet:
        """Those of `rows` with this id; none for what can be no id of this kind."""
        if self.column == "number" and not is_number(identifier):
            return rows.none()
        return rows.filter(**{self.column: identifier})


def _events() -> QuerySet[Event]:
    return Event.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at"))


def _posts() -> QuerySet[Post]:
    """A post with a day to come is there from that day on, however long ago it was written."""
    return Post.objects.visible_to(ANYBODY).annotate(stamp=Greatest("changed_at", "published_at"))


def _releases() -> QuerySet[Release]:
    return Release.objects.visible_to(ANYBODY).exclude(file="").annotate(stamp=F("changed_at"))


def _notes() -> QuerySet[Note]:
    return Note.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at"))


def _held(events: QuerySet[Event]) -> QuerySet[Event]:
    parts = ("organisers__person", "organisers__organisation")
    return events.select_related("series", "writing").prefetch_related(*parts)


def _written(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("writing").prefetch_related("authors__person")


def _read(notes: QuerySet[Note]) -> QuerySet[Note]:
    return with_readings(notes.select_related("consent__wording"))


# Their order decides between two that changed in the same moment.
KINDS: Sequence[Kind] = (
    Kind("event", "event", "Events and their records", _events, _held),
    Kind("post", "post", "Posts of the journal", _posts, _written),
    Kind(
        "dataset", "dataset", "Releases of the whole archive", _releases, lambda rows: rows,
        gone_as="release", column="number",
    ),
    Kind("note", "response", "Single responses (sticky notes)", _notes, _read, is_default=False),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
BY_SPEC = {kind.spec: kind for kind in KINDS}


def kinds_in(spec: str | None) -> Sequence[Kind]:
    """The kinds in the set `spec`, none for a set there is not; without one those of `is_default`."""
    if spec is None:
        return tuple(kind for kind in KINDS if kind.is_default)
    return (BY_SPEC[spec],) if spec in BY_SPEC else ()
