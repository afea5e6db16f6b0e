"""How a note came to say what it says: its readings and the rulings on them, as one viewer may know them.

Whoever read or decided is named to those who run the event and to nobody else. Of a reading that
is held, everybody knows that it is there, and why it was rejected; its words stay out of sight.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.reach import organisers_of
from people.guests import Viewer
from responses.models import Note, Origin, Reading, Ruling

ACTION = Ruling.Action
WITNESS = Reading.Witness
FROM = {
    WITNESS.PHOTO: gettext_lazy("the photograph"),
    WITNESS.ORIGINAL: gettext_lazy("the original"),
    WITNESS.AUDIO: gettext_lazy("a sound recording"),
}


@dataclass(slots=True)
class Decision:
    """A ruling, and who made it as far as the viewer may know."""

    ruling: Ruling
    by: str

    @property
    def words(self) -> str:
        """What was done, as it is said in a sentence: "accepted"."""
        return self.ruling.get_action_display().lower()


@dataclass(slots=True)
class Step:
    """One reading with the rulings on it, or a ruling on the note as a whole.

    `reading` is None where the note was opened again; `is_shown` says whether the viewer may
    read its words, `source` from what and by whom it was read.
    """

    reading: Reading | None
    of: int
    source: str = ""
    is_shown: bool = False
    is_accepted: bool = False
    decisions: list[Decision] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided about a reading that not everybody sees."""
        return self.reading is not None and self.reading.is_held and not self.decisions

    @property
    def is_rejected(self) -> bool:
        return bool(self.decisions) and self.decisions[-1].ruling.action == ACTION.REJECT

    @property
    def is_out_of_sight(self) -> bool:
        """Whether the viewer may not read a reading that was not rejected and waits for nothing."""
        return self.reading is not None and not (self.is_shown or self.is_waiting or self.is_rejected)


class History(list[Step]):
    """The steps in the order in which they were taken; `is_named` where the viewer may know who took them."""

    is_named = False

    @cached_property
    def waiting(self) -> int:
        """How many readings the viewer may not see wait for a ruling."""
        return sum(step.is_waiting and not step.is_shown for step in self)

    @cached_property
    def accepted(self) -> Step | None:
        """The reading that the note stands on."""
        return next((step for step in self if step.is_accepted), None)

    @cached_property
    def acceptance(self) -> Decision | None:
        """The newest acceptance of that reading."""
        made = self.accepted.decisions if self.accepted else []
        return next((one for one in reversed(made) if one.ruling.action == ACTION.ACCEPT), None)

    @cached_property
    def decisions(self) -> list[tuple[Step, Decision]]:
        """Every ruling with what it was about, the oldest first."""
        made = ((step, decision) for step in self for decision in step.decisions)
        return sorted(made, key=lambda pair: pair[1].ruling.number)

    @cached_property
    def is_open_again(self) -> bool:
        return bool(self.decisions) and self.decisions[-1][1].ruling.action == ACTION.REOPEN


def history_of(note: Note, viewer: Viewer, *, holds: bool = False) -> History:
    """Every reading of `note` and every ruling, as `viewer` may know them; five queries at most.

    The note is one that the viewer may see, or whose receipt they hold (`holds`): then they also
    see what they said themselves.
    """
    readings = list(_readings(note, viewer, holds=holds).order_by("number"))
    rulings = list(note.rulings.select_related("by").order_by("number")) if _may_be_ruled_on(note) else []
    who = _Names(note.board.event, viewer, readings, rulings)
    total = readings[-1].number if readings else 0
    made: defaultdict[int | None, list[Decision]] = defaultdict(list)
    for ruling in rulings:
        made[ruling.reading_id].append(Decision(ruling, who.decided(ruling)))
    steps = [_step(note, reading, total, who.read(reading), made[reading.pk]) for reading in readings]
    steps += [Step(None, total, decisions=[decision]) for decision in made[None]]
    history = History(sorted(steps, key=_when))
    history.is_named = who.are_named
    return history


def _readings(note: Note, viewer: Viewer, *, holds: bool) -> QuerySet[Reading]:
    """All readings, each knowing whether its words are shown."""
    seen = Exists(Reading.objects.visible_to(viewer).filter(pk=OuterRef("pk")))
    own = Q(is_held=False) | Q(witness=WITNESS.AUTHOR) if holds else Q(pk__in=[])
    return note.readings.select_related("reader").annotate(is_shown=Q(seen) | own)


def _may_be_ruled_on(note: Note) -> bool:
    return note.origin == Origin.PAPER


def _step(note: Note, reading: Reading, total: int, source: str, decisions: list[Decision]) -> Step:
    is_accepted = reading.pk == note.accepted_id
    return Step(reading, total, source, reading.is_shown, is_accepted, decisions)


def _when(step: Step) -> tuple:
    return (step.reading.at if step.reading else step.decisions[0].ruling.at, step.reading is None)


def source_of(reading: Reading, viewer: Viewer) -> str:
    """From what and by whom `reading` was read, as `viewer` may know it; one query or two."""
    return _Names(reading.note.board.event, viewer, [reading], []).read(reading)


class _Names:
    """Who read and who decided: in general terms, or by name for those who run the event."""

    def __init__(
        self, event: Event, viewer: Viewer, readings: Sequence[Reading], rulings: Sequence[Ruling]
    ) -> None:
        self.are_named = viewer.person is not None and event.is_run_by(viewer)
        people = {reading.reader_id for reading in readings} | {ruling.by_id for ruling in rulings}
        self._organisers = _who_run(event, people - {None})

    def read(self, reading: Reading) -> str:
        """Whose reading it is, as it begins a sentence: "A volunteer, from the photograph"."""
        if reading.witness == WITNESS.IMPORTED_RECORD and self.are_named and reading.reader:
            return _("%(witness)s, by %(reader)s") % {
                "witness": reading.get_witness_display(),
                "reader": reading.reader,
            }
        if reading.witness not in FROM:
            return reading.get_witness_display()
        return _("%(reader)s, from %(from)s") % {
            "reader": self._reader(reading),
            "from": FROM[reading.witness],
        }

    def decided(self, ruling: Ruling) -> str:
        return str(ruling.by) if self.are_named and ruling.by else _("an organiser")

    def _reader(self, reading: Reading) -> str:
        if self.are_named and reading.reader:
            return str(reading.reader)
        return _("An organiser") if reading.reader_id in self._organisers else _("A volunteer")


def _who_run(event: Event, people: Iterable[int]) -> set[int]:
    """Those of `people` who run the event, in one query."""
    if not people:
        return set()
    return set(organisers_of(event).filter(pk__in=people).values_list("pk", flat=True))
