"""What a thread is made of: pieces, each something one did, with what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from events.models import Event, Series
from outcomes.standing import Standing, Standings
from people.models import Organisation, Person
from responses.models import Note, Picture


class Kind(TextChoices):
    """What somebody did."""

    NOTE = "note", gettext_lazy("Note")
    SHEET = "sheet", gettext_lazy("Note on paper")
    PICTURE = "picture", gettext_lazy("Drawing")
    OPTION = "option", gettext_lazy("Suggestion")
    CHOICE = "choice", gettext_lazy("Choice")
    STAND = "stand", gettext_lazy("Stand")
    AMENDMENT_MARK = "amendment_mark", gettext_lazy("Mark on a proposed wording")
    COMMENT = "comment", gettext_lazy("Comment")
    STORY = "story", gettext_lazy("Story")
    SIGNATURE = "signature", gettext_lazy("Signature")


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came of a piece; `key` tells it from the others and stays the same.

    `what` says it without a word of anybody, `words` are what it says itself, `more` further lines,
    `address` the path where it stands, `signed` who is named beside it.
    """

    at: datetime
    key: str
    what: str
    words: str = ""
    address: str = ""
    signed: Person | Organisation | None = None
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something one did. `standing` is there for notes that count on their board, `gone` for what ended.

    `own_address` is where it can be changed, `address` where everybody else finds it;
    `files_address` is where the files of a drawing are asked for by whoever holds it.
    """

    kind: Kind
    identifier: str
    at: datetime
    name: str
    event: Event | None = None
    own_address: str = ""
    address: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    words: str = ""
    said: tuple[str, ...] = ()
    gone: str = ""
    standing: Standing | None = None
    note: Note | None = None
    picture: Picture | None = None
    files_address: str = ""
    came: Sequence[Came] = ()

    @property
    def is_waiting(self) -> bool:
        return self.standing == Standing.WAITING

    @property
    def standing_words(self) -> str:
        """Where it stands, for a tag; empty where it has no standing."""
        return self.standing.label if self.standing else ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one did at one event, or apart from any, the earliest first."""

    event: Event | None
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything one did, event after event; then what belongs to none."""

    parts: list[Part] = field(default_factory=list)

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for part in self.parts for piece in part.pieces)

    @property
    def total(self) -> int:
        return sum(len(part.pieces) for part in self.parts)

    @property
    def events(self) -> int:
        return sum(part.event is not None for part in self.parts)

    @property
    def gone(self) -> int:
        return sum(bool(piece.gone) for piece in self.pieces)

    @property
    def standings(self) -> Standings:
        """How many of its notes stand where."""
        found = [piece.standing for piece in self.pieces if piece.standing]
        return Standings(**{standing.value: found.count(standing) for standing in Standing})

    @property
    def series(self) -> list[Series]:
        """The series that its events are of, by name."""
        found = {part.event.series for part in self.parts if part.event and part.event.series}
        return sorted(found, key=lambda series: (series.name, series.pk))

    def of_series(self, slug: str) -> "Thread":
        """The same, with the events of one series alone."""
        kept = [p for p in self.parts if p.event and p.event.series and p.event.series.slug == slug]
        return Thread(kept)


def in_order(pieces: Sequence[Piece]) -> Thread:
    """The pieces as a thread: events by their day, what belongs to none last."""
    by_event: dict[Event | None, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.at, piece.kind, piece.identifier)):
        by_event.setdefault(piece.event, []).append(piece)
    apart = by_event.pop(None, [])
    days = sorted(by_event, key=lambda event: (event.first_day, event.pk))
    parts = [Part(event, by_event[event]) for event in days]
    return Thread([*parts, Part(None, apart)] if apart else parts)
