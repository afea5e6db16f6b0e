"""Notes, their readings, boards and drawings as works."""

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.cite.creators import Creator, bodies_of
from archive.cite.dates import day_of
from archive.cite.rights import rights_of
from archive.cite.work import Work, shortened, whole
from archive.rows import words_may_go
from people.models import Consent
from responses.models import Board, Mark, Note, Origin, Picture, Reading, TextState
from responses.models.notes import words_as_plain

FROM = {
    Origin.PAPER: "from paper",
    Origin.OWN_DEVICE: "from a device",
    Origin.COUNTED_IN_ROOM: "counted in the room",
}
SAID_OF = {
    TextState.NO_TEXT: "no words",
    TextState.ILLEGIBLE: "illegible",
    TextState.WAITING: "not read yet",
    TextState.DRAWING: "a drawing",
}
INVENTED = ", invented for demonstration"


def with_readings(notes: QuerySet[Note]) -> QuerySet[Note]:
    """With all that `work_of` needs of each, so that a thousand take no more queries than one."""
    return notes.select_related("board__event", "station", "consent").prefetch_related(
        "board__event__organisers__person", "board__event__organisers__organisation"
    ).annotate(reading_number=_current())  # fmt: skip


def _current() -> Coalesce:
    shown = Reading.objects.filter(note=OuterRef("pk"), is_held=False).order_by().values("note")
    return Coalesce(F("accepted__number"), Subquery(shown.annotate(last=Max("number")).values("last")))


def note_work(
    note: Note, reading: Reading | None = None, *,
    holders: tuple[Creator, ...] | None = None, is_listed: bool = False,
) -> Work:  # fmt: skip
    """A note at its current reading, or at `reading`; in a list at no version, which saves a query each.

    `holders` are those of its event, where they are known already.
    """
    event, words = note.board.event, _words_of(note, reading)
    number = reading.number if reading else None if is_listed else _number_of(note)
    mark = (reading or note).get_mark_display()
    said = SAID_OF.get((reading or note).text_state, f"note {note.label}")
    return Work(
        kind="note",
        identifier=note.identifier,
        title=shortened(words) or f"{mark}, {said}",
        creators=bodies_of(event) if holders is None else holders,
        issued=event.date if note.origin == Origin.PAPER else day_of(note.added_at),
        changed=day_of(note.changed_at),
        genre=f"sticky note, {FROM[Origin(note.origin)]}{INVENTED if note.board.is_invented else ''}",
        location=f"{event.name}, {note.board.name}, {note.label}",
        url=whole(note.get_absolute_url()),
        version=number,
        version_url=whole(reverse("note_version", args=[note.identifier, number])) if number else "",
        rights=rights_of(note.consent),
        abstract=f"{mark}. Left under “{note.station.heading}” on “{note.board.name}”, {event.name}.",
        words=words,
        keywords=(mark, note.station.heading) if mark != Mark.NOT_RECORDED.label else (note.station.heading,),
        part_of=whole(event.get_absolute_url()),
        part_of_name=event.name,
        place=event.place,
    )


def _words_of(note: Note, reading: Reading | None) -> str:
    """Its words, where they may stand in a file at all."""
    if not may_be_quoted(note.consent):
        return ""
    return words_as_plain(reading.text if reading else note.text, note.origin)


def may_be_quoted(consent: Consent) -> bool:
    return consent.public and words_may_go(consent, sees_all=False)


def _number_of(note: Note) -> int | None:
    """The number of the reading that the note shows; one query where it did not come with it."""
    if hasattr(note, "reading_number"):
        return note.reading_number
    return Note.objects.filter(pk=note.pk).values_list(_current(), flat=True).get()


def board_work(board: Board) -> Work:
    event = board.event
    return Work(
        kind="board",
        identifier=board.identifier,
        title=board.name,
        creators=bodies_of(event),
        issued=event.date,
        genre=f"board of sticky notes{INVENTED if board.is_invented else ''}",
        location=f"{event.name}, {board.name}",
        url=whole(board.get_absolute_url()),
        abstract=f"Notes that were left at {event.name}.",
        part_of=whole(event.get_absolute_url()),
        part_of_name=event.name,
        place=event.place,
    )


def picture_work(picture: Picture) -> Work:
    drawing, event = picture.drawing, picture.drawing.event
    quotable = may_be_quoted(picture.consent)
    words = picture.expression if quotable else ""
    return Work(
        kind="picture",
        identifier=picture.identifier,
        title=shortened(words) or f"{picture.label} of {drawing.name}",
        creators=bodies_of(event),
        issued=day_of(picture.added_at),
        changed=day_of(picture.changed_at),
        genre=f"drawing{INVENTED if drawing.is_invented else ''}",
        location=f"{event.name}, {drawing.name}, {picture.label}",
        url=whole(picture.get_absolute_url()),
        rights=rights_of(picture.consent),
        abstract=picture.alt if quotable else "",
        words=words,
        part_of=whole(event.get_absolute_url()),
        part_of_name=event.name,
        place=event.place,
    )
