"""What of an event is ready for a ruling, and accepting much of it at one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Mark, Note, Reading, Region
from responses.readings.agreement import Agreement
from responses.readings.comparing import agreement_in_words
from responses.readings.queue import Entry, Place, queue_of
from responses.readings.ruling import accept_reading

GONE = gettext_lazy("It is not ready any more: somebody read it or decided about it meanwhile.")
UNCLEAR = gettext_lazy("Not everybody saw the same. Look at every reading of it, then decide.")
AUTHOR = Reading.Witness.AUTHOR


@dataclass(frozen=True, slots=True)
class Ready:
    """A note with the reading that is proposed for it.

    `mark` is the one that readers saw, `seen` how many rulings there were, `is_clear` whether it
    can be accepted without a closer look: not where readers saw different marks.
    """

    note: Note
    reading: Reading
    agreement: Agreement
    region: Region | None
    mark: str
    seen: int
    is_clear: bool

    @property
    def ticked(self) -> str:
        """What its tick box sends: it stands for this reading as the page showed it."""
        return f"{self.note.identifier}.{self.reading.number}.{self.seen}"

    @property
    def why(self) -> str:
        """Why it is ready, in a sentence."""
        if self.reading.witness == AUTHOR:
            return _("Whoever wrote it corrected it.")
        return agreement_in_words(self.agreement)

    @property
    def mark_word(self) -> str:
        return Mark(self.mark).label


@dataclass(slots=True)
class Accepted:
    """What became of what was ticked: labels of notes that were accepted, and sentences for the others."""

    labels: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def ready_of(event: Event, viewer: Viewer) -> list[Ready]:
    """Every note of the event that is ready, in the order of the wall; six queries, however many."""
    entries = queue_of(event, viewer).at(Place.READY)
    notes = [entry.note.pk for entry in entries]
    offered = _offered(notes)
    decided = dict(
        Note.objects.filter(pk__in=notes).annotate(seen=Count("rulings")).values_list("pk", "seen")
    )
    return [_ready(entry, offered.get(entry.note.pk), decided[entry.note.pk]) for entry in entries]


def _offered(notes: list[int]) -> dict[int, Reading]:
    """The newest correction by whoever wrote the note that nobody has decided on, by its note."""
    newest = Reading.objects.filter(note__in=notes, witness=AUTHOR, is_held=True, rulings=None)
    newest = newest.values("note").annotate(last=Max("pk")).values("last")
    return {reading.note_id: reading for reading in Reading.objects.filter(pk__in=newest)}


def _ready(entry: Entry, offered: Reading | None, seen: int) -> Ready:
    agreement = entry.standing.agreement
    reading = offered or agreement.best
    reading.note = entry.note
    differ = not offered and not agreement.mark and reading.mark != Mark.NOT_RECORDED
    mark = reading.mark if offered else agreement.mark
    mark = entry.note.mark if mark in ("", Mark.NOT_RECORDED) else mark
    is_clear = not differ and not (offered and agreement.is_ready)
    return Ready(entry.note, reading, agreement, entry.region, mark, seen, is_clear)


def accept_ticked(event: Event, ticked: Iterable[str], *, by: Viewer) -> Accepted:
    """Accept what was ticked, each note in a transaction of its own; a refusal keeps none of the others."""
    ready = {one.ticked: one for one in ready_of(event, by)}
    result = Accepted()
    for value in dict.fromkeys(ticked):
        one = ready.get(value)
        if one is None:
            result.refusals.append(f"{_label(event, value)}: {GONE}")
        elif not one.is_clear:
            result.refusals.append(f"{one.note.label}: {UNCLEAR}")
        else:
            _accept(one, result, by=by)
    return result


def _accept(one: Ready, result: Accepted, *, by: Viewer) -> None:
    try:
        accept_reading(one.reading, by=by, mark=one.mark, seen=one.seen)
        result.labels.append(one.note.label)
    except Refused as refusal:
        result.refusals.append(f"{one.note.label}: {refusal}")


def _label(event: Event, value: str) -> str:
    identifier = value.partition(".")[0]
    notes = Note.objects.filter(board__event=event, identifier=identifier).select_related("station")
    note = notes.first() if identifier.isascii() and identifier.isalnum() else None
    return note.label if note else _("One note")
