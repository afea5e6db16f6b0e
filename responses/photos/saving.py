"""All boxes of a photograph saved at once, as one form has them, beside whoever else works on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.reach import must_transcribe
from people.guests import Viewer
from people.refusals import Refused
from responses.changes import locked
from responses.models import Board, Note, Photo, Region, Station
from responses.photos.holding import standing_photo
from responses.photos.regions import (
    Box,
    add_region,
    make_note,
    move_region,
    part_note,
    place_region,
    remove_region,
    show_note,
    sides_within,
)
from responses.stubs import tie_stub, untie_stub

NEW = "new"  # instead of the identifier of a note: one that is to be made
CHANGED = gettext_lazy(
    "Somebody changed this box while you had it open: it is {} now. Save again to put yours in its place, "
    "or load the page anew to take theirs."
)
REMOVED = gettext_lazy(
    "Somebody removed this box while you had it open. Save again to put it back as a new one."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A box as somebody typed it.

    `identifier` is empty for a new one. `shows` is the identifier of a note, NEW, or empty for
    none; `seen` is how it stood when they began (see `state_of`).
    """

    name: str
    box: Box
    identifier: str = ""
    station: Station | None = None
    shows: str = ""
    sheet: int | None = None
    is_removed: bool = False
    seen: str = ""

    @property
    def state(self) -> str:
        return _state(self.box, self.station, self.shows, self.sheet)


class NotSaved(Refused):
    """Nothing was saved: `troubles` has a sentence for each row that stood in the way, by its name.

    `now` has how such a box stands now, as `state_of`; empty for one that is gone.
    """

    def __init__(self, troubles: Mapping[str, str], now: Mapping[str, str]) -> None:
        super().__init__(_("Nothing is saved yet."))
        self.troubles, self.now = troubles, now


class Meanwhile(Refused):
    """The box is not as it was when somebody began to change it."""

    def __init__(self, sentence: str, now: str) -> None:
        super().__init__(sentence)
        self.now = now


def state_of(region: Region) -> str:
    """How a box stands, to be compared with how it stood."""
    note = region.note
    return _state(region.box, region.station, note.identifier if note else "", sheet_of(note))


def sheet_of(note: Note | None) -> int | None:
    """The number of the printed sheet that a note was written on, where that is known."""
    stub = getattr(note, "stub", None)
    return stub.number if stub else None


def _state(box: Box, station: Station | None, shows: str, sheet: int | None) -> str:
    return f"{','.join(map(str, box))};{station.identifier if station else ''};{shows};{sheet or ''}"


def boxes_of(photo: Photo) -> list[Region]:
    """The boxes that can be changed, with all that is shown of them, in the order of their numbers."""
    rows = photo.regions.uncovered().in_order()
    return list(rows.select_related("station__board", "note__station", "note__stub", "before__station"))


def save_boxes(photo: Photo, rows: Iterable[Row], *, by: Viewer) -> int:
    """Make the boxes what the rows say, all or none of it; how many changed.

    A row that nobody touched takes what somebody else made of its box meanwhile. Raises NotSaved.
    """
    troubles, now, changed = {}, {}, 0
    with transaction.atomic():
        _lock_boards(photo)
        with standing_photo(photo, by=by, guard=must_transcribe) as photo:
            there = {region.identifier: region for region in boxes_of(photo)}
            for row in rows:
                try:
                    with transaction.atomic():
                        changed += _save(photo, row, there.get(row.identifier), by=by)
                except Refused as refusal:
                    troubles[row.name] = str(refusal)
                    now[row.name] = refusal.now if isinstance(refusal, Meanwhile) else row.seen
        if troubles:
            raise NotSaved(troubles, now)
    return changed


def _lock_boards(photo: Photo) -> None:
    """In the order of their keys, and before the photograph, as every act takes them."""
    here = {"pk": photo.board_id} if photo.board_id else {"event": photo.event_id}
    for board in Board.objects.filter(**here).order_by("pk"):
        with locked(board):
            pass  # kept until the transaction ends


def _save(photo: Photo, row: Row, region: Region | None, *, by: Viewer) -> bool:
    if not row.identifier:
        return not row.is_removed and _add(photo, row, by=by)
    if row.state == row.seen and not row.is_removed:
        return False
    if region is None:
        if row.is_removed:
            return False
        raise Meanwhile(REMOVED, "")
    now = state_of(region)
    if now not in (row.seen, row.state):
        raise Meanwhile(CHANGED.format(in_words(region)), now)
    if row.is_removed:
        remove_region(region, by=by)
    else:
        move_region(region, row.box, by=by)
        _let_show(region, row, by=by)
    return row.is_removed or now != row.state


def in_words(region: Region) -> str:
    """Where a box is and what it shows."""
    place = _("{} from the left, {} from the top, {} wide and {} high").format(*region.box)
    heading = _(", under “%(station)s”") % {"station": region.station} if region.station else ""
    return f"{place}{heading}" + (
        _(", and shows %(label)s") % {"label": region.note.label} if region.note else ""
    )


def _add(photo: Photo, row: Row, *, by: Viewer) -> bool:
    """Add the box of a new row, unless it is there: then the same form was sent twice."""
    here = photo.regions.uncovered().filter(**sides_within(photo, row.box))
    if there := here.select_related("note", "station").first():
        _must_be_the_same(there, row)
        return False
    _let_show(add_region(photo, row.box, by=by, station=row.station), row, by=by)
    return True


def _must_be_the_same(there: Region, row: Row) -> None:
    shows = row.shows == there.note.identifier or row.shows == NEW if there.note else not row.shows
    if not shows or (row.station and row.station != there.station):
        raise Refused(
            _("Box %(number)s is in this very place. Change that one, or move this one.")
            % {"number": there.number}
        )


def _let_show(region: Region, row: Row, *, by: Viewer) -> None:
    was = region.note.identifier if region.note else ""
    if was and was != row.shows:
        part_note(region, by=by)
        was = ""
    if row.shows == NEW:
        place_region(region, row.station, by=by)
        make_note(Region.objects.get(pk=region.pk), by=by, sheet=row.sheet)
        return
    if row.shows and row.shows != was:
        show_note(region, _note_under(row), by=by)
    else:
        place_region(region, row.station, by=by)
    _let_have_sheet(Region.objects.get(pk=region.pk), row, by=by)


def _note_under(row: Row) -> Note:
    note = Note.objects.select_related("station", "board__event").filter(identifier=row.shows).first()
    if note is None:
        raise Refused(_("The note you chose is not there. Choose one from the list."))
    if row.station and note.station_id != row.station.pk:
        raise Refused(
            _("%(label)s is under “%(station)s”. Choose that heading, or another note.")
            % {"label": note.label, "station": note.station}
        )
    return note


def _let_have_sheet(region: Region, row: Row, *, by: Viewer) -> None:
    has = sheet_of(region.note)
    if has == row.sheet:
        return
    if region.note is None:
        raise Refused(_("A sheet number belongs to a note. Choose “A new note” as well."))
    if has is not None:
        untie_stub(region.note.stub, by=by)
    if row.sheet is not None:
        tie_stub(region.note, row.sheet, by=by)
