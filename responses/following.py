"""Following a note: what happened to it, at an address of its own for programs that read feeds.

A feed reader hands its addresses on, to a server and to other devices. So the address is not the
receipt: it is signed, names the note or its sheet, and shows steps without a word of the note.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.models import Change, Note, Origin, Reading, Ruling, Stub

# What the changes of a note are called to whoever follows it.
TOLD = {
    Change.Kind.NOTE_SHOWN: gettext_lazy("It is on the wall"),
    Change.Kind.NOTE_HIDDEN: gettext_lazy("The organisers hid it; your receipt shows why"),
    Change.Kind.CONSENT_CHANGED: gettext_lazy("Where it may go was changed"),
    Change.Kind.NOTES_MERGED: gettext_lazy("It was put together with another in the same words"),
    Change.Kind.NOTES_PARTED: gettext_lazy("It stands by itself again"),
}
RULED = {
    Ruling.Action.ACCEPT: gettext_lazy("accepted by an organiser"),
    Ruling.Action.REJECT: gettext_lazy("not accepted"),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing that happened to a note; `key` tells it from the others and stays the same."""

    at: datetime
    key: str
    what: str


def follow_address(followed: Note | Stub) -> str:
    """The whole address at which a note is followed; that of its sheet, where it was written on one."""
    sheet = getattr(followed, "stub", None) if isinstance(followed, Note) else None
    code = _signer().sign((sheet or followed).identifier)
    return f"{settings.SITE_URL}{reverse('receipt_feed', args=[code])}"


def followed_under(code: str) -> Note | Stub | None:
    """What is followed at the address with this code; None where this site never gave it."""
    try:
        identifier = _signer().unsign(code)
    except BadSignature:
        return None
    station, is_sheet, number = identifier.partition("-")
    if is_sheet:
        sheets = Stub.objects.select_related("station", "note__station", "note__board__event")
        return sheets.filter(station__identifier=station, number=number).first()
    return Note.objects.for_showing().filter(identifier=identifier).first()


def _signer() -> Signer:
    return Signer(salt="responses.following", sep=".")


def passed(followed: Note | Stub) -> list[Passed]:
    """What happened, the newest first, and never a word of the note; four queries."""
    note = followed.note if isinstance(followed, Stub) else followed
    steps = [*(_of_sheet(followed) if isinstance(followed, Stub) else ()), *(_of_note(note) if note else ())]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _of_sheet(stub: Stub) -> Iterator[Passed]:
    yield Passed(
        stub.printed_at, "printed", _("Sheet %(stub)s was printed. It waits on paper") % {"stub": stub}
    )
    if stub.withdrawn_at:
        yield Passed(stub.withdrawn_at, "taken-back", _("You took it back before it was on record"))


def _of_note(note: Note) -> Iterator[Passed]:
    yield Passed(note.added_at, "on-record", _("It is on record as note %(label)s") % {"label": note.label})
    for change in note.changes.filter(kind__in=TOLD):
        yield Passed(change.at, f"change-{change.number}", TOLD[Change.Kind(change.kind)])
    for reading in note.readings.all():
        yield Passed(reading.at, f"reading-{reading.number}", _read(reading))
    for ruling in note.rulings.select_related("reading"):
        yield Passed(ruling.at, f"ruling-{ruling.number}", what_was_ruled(ruling))
    if note.withdrawn_at:
        yield Passed(note.withdrawn_at, "ended", note.get_ending_display())


def _read(reading: Reading) -> str:
    if reading.witness == Reading.Witness.AUTHOR:
        is_the_writing = reading.number == 1 and reading.note.origin != Origin.PAPER
        return _("You wrote it") if is_the_writing else _("You said what it says")
    return _("Somebody read it: reading %(number)s") % {"number": reading.number}


def what_was_ruled(ruling: Ruling) -> str:
    """What was decided about a reading, without a word of it."""
    if ruling.reading is None or ruling.action not in RULED:
        return _("It was opened again and will be read once more")
    return _("Reading %(number)s was %(ruled)s") % {
        "number": ruling.reading.number,
        "ruled": RULED[Ruling.Action(ruling.action)],
    }
