"""Boxes on a photograph: each shows one note, or one that is still to be found out.

Numbers of boxes are given under the lock of the photograph. What changes a note too takes the
lock of its board before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from events.reach import must_transcribe
from people.consent import consent_on_basis, consent_on_paper, consent_unasked
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked, next_number, pin_wordings
from responses.models import Board, Change, Mark, Note, Origin, Photo, Region, Station, TextState
from responses.photos.handing import give_back, let_go
from responses.photos.holding import standing_photo
from responses.stubs import tie_stub

type Box = tuple[int, int, int, int]  # left, top, width and height in pixels of the upright picture

SMALLEST = 8  # pixels each way
MOST = 400  # boxes on one photograph


def add_region(photo: Photo, box: Box, *, by: Viewer | None, station: Station | None = None) -> Region:
    """Put a box on a photograph; what reaches over the edge is cut off there.

    Without a `station` it takes that of the photograph. Refuses less than 8 pixels, a heading
    that is not of the photograph, and a box too many.
    """
    with standing_photo(photo, by=by, guard=must_transcribe) as photo:
        sides = sides_within(photo, box)
        station = fitting(photo, station) if station else photo.station
        if photo.regions.count() >= MOST:
            raise Refused(
                _("One photograph holds %(most)s boxes. Take another photograph of the rest.")
                % {"most": MOST}
            )
        last = photo.regions.aggregate(last=Max("number"))["last"] or 0
        region = Region.objects.create(photo=photo, number=last + 1, station=station, **sides)
        leave_trace("box_added", region, by=by)
    return region


def sides_within(photo: Photo, box: Box) -> dict[str, int]:
    """The part of `box` that lies on the picture, by the names of the columns; refuses hardly anything."""
    left, top = max(0, box[0]), max(0, box[1])
    width, height = min(photo.width, box[0] + box[2]) - left, min(photo.height, box[1] + box[3]) - top
    if min(width, height) < SMALLEST:
        raise Refused(
            _(
                "A box has at least %(smallest)s pixels each way on the photograph, which is %(width)s "
                "pixels wide and %(height)s high."
            )
            % {"smallest": SMALLEST, "width": photo.width, "height": photo.height}
        )
    return {"x": left, "y": top, "width": width, "height": height}


def fitting(photo: Photo, station: Station) -> Station:
    """`station`, where the photograph can show it; else refuses."""
    if station.board.event_id != photo.event_id:
        raise Refused(_("That heading belongs to another event. Choose one of this event."))
    if photo.board_id and station.board_id != photo.board_id:
        raise Refused(
            _("This photograph shows “%(board)s”. Choose a heading of that board.") % {"board": photo.board}
        )
    return station


@contextmanager
def held_box(region: Region, *, by: Viewer | None) -> Iterator[Region]:
    """The box as it is now, with the lock of its photograph; refuses one that is gone or covered."""
    with standing_photo(region.photo, by=by, guard=must_transcribe) as photo:
        rows = Region.objects.select_related("station__board", "note__station", "before")
        box = rows.filter(pk=region.pk).first()
        if box is None:
            raise Refused(_("Box %(number)s was removed meanwhile.") % {"number": region.number})
        if box.covered_at:
            raise Refused(
                _("Box %(number)s is covered for good, so it stays as it is.") % {"number": box.number}
            )
        box.photo = photo
        yield box


def move_region(region: Region, box: Box, *, by: Viewer | None) -> None:
    """Give a box another place or size. Its close-ups have another address from then on."""
    with held_box(region, by=by) as region:
        sides = sides_within(region.photo, box)
        if tuple(sides.values()) == region.box:
            return
        must_bare_nothing(region)
        Region.objects.filter(pk=region.pk).update(**sides)
        leave_trace("box_moved", region, by=by)


def must_bare_nothing(region: Region) -> None:
    """Refuse where it is this box that keeps a note on a published photograph from being read by all."""
    box = Region.objects.filter(pk=region.pk, photo__published_at__isnull=False)
    if box.not_for_everybody().exists():
        raise Refused(
            _(
                "Box %(number)s shows a note that not everybody may read. Before you change it, take the "
                "photograph off the record or cover the box for good."
            )
            % {"number": region.number}
        )


def place_region(region: Region, station: Station | None, *, by: Viewer | None) -> None:
    """Say under which heading a box is; None: it is not known. Refuses where it shows a note already."""
    with held_box(region, by=by) as region:
        if region.station_id == (station.pk if station else None):
            return
        if region.note:
            raise Refused(
                _(
                    "Box %(number)s shows %(label)s, which is under “%(station)s”. Take the note off the box "
                    "first."
                )
                % {"number": region.number, "label": region.note.label, "station": region.note.station}
            )
        region.station = fitting(region.photo, station) if station else None
        region.save(update_fields=["station"])
        leave_trace("box_placed", region, by=by)


def make_note(region: Region, *, by: Viewer | None, sheet: int | None = None) -> Note:
    """Put the note that a box shows on record: one from paper, which nobody read yet.

    `sheet` is the number on a printed note sheet, whose stub then holds the note's receipt. The
    note may be read by everybody where the photograph has a basis for that; else it stays with
    those who were there. Refuses a box without a heading, and one that shows a note.
    """
    if region.station is None:
        raise Refused(
            _("Choose the heading that box %(number)s is under. Its note goes there.")
            % {"number": region.number}
        )
    with locked(region.station.board) as board, held_box(region, by=by) as region:
        _must_be_free(region, board)
        note = _note_on_paper(board, region)
        pin_wordings([note], region.station)
        # Before the sheet: one that was taken back ends the note, and covers its boxes.
        Region.objects.filter(pk=region.pk).update(note=note)
        append_change(board, Change.Kind.NOTE_ADDED, by=by, note=note)
        leave_trace("box_noted", region, by=by)
        if sheet is not None:
            tie_stub(note, sheet, by=by)
    return note


def _must_be_free(region: Region, board: Board) -> None:
    if region.note:
        raise Refused(
            _("Box %(number)s shows %(label)s already.")
            % {"number": region.number, "label": region.note.label}
        )
    if region.station is None or region.station.board_id != board.pk:
        raise Refused(
            _("Box %(number)s was put under another heading meanwhile. Look at it again.")
            % {"number": region.number}
        )


def _note_on_paper(board: Board, region: Region) -> Note:
    return Note.objects.create(
        board=board,
        station=region.station,
        number=next_number(region.station),
        key=uuid4(),
        mark=Mark.NOT_RECORDED,
        text_state=TextState.WAITING,
        origin=Origin.PAPER,
        consent=consent_of(region.photo, board),
    )


def consent_of(photo: Photo, board: Board) -> Consent:
    """How a note stands that is known from a photograph only."""
    if board.may_include_under_18s:
        return consent_unasked()
    return consent_on_basis(photo.words_basis) if photo.words_basis else consent_on_paper()


def show_note(region: Region, note: Note, *, by: Viewer | None) -> None:
    """Say that a box shows a note which is on record already, perhaps from another photograph.

    The box takes the heading of the note. Refuses a note that is not from paper or does not
    stand, and a box that shows another one.
    """
    with locked(note.board), held_box(region, by=by) as region:
        if region.note_id == note.pk:
            return
        if region.note:
            raise Refused(
                _("Box %(number)s shows %(label)s. Take that off the box first.")
                % {"number": region.number, "label": region.note.label}
            )
        note = Note.objects.select_related("station__board").get(pk=note.pk)
        if note.withdrawn_at or note.origin != Origin.PAPER:
            raise Refused(
                _("%(label)s is not a note from paper that stands, so no box shows it.")
                % {"label": note.label}
            )
        region.station, region.note = fitting(region.photo, note.station), note
        region.save(update_fields=["station", "note"])
        leave_trace("note_found_in_box", region, by=by)


def part_note(region: Region, *, by: Viewer | None) -> None:
    """Say that a box does not show its note; what was matched is undone for it.

    A note that was made for this box alone goes with it, unless somebody read it or holds its receipt.
    """
    with lock_of_its_note(region, by=by) as board, held_box(region, by=by) as region:
        if region.note:
            _take_off(board, region, by=by)
            leave_trace("note_taken_off_box", region, by=by)


def remove_region(region: Region, *, by: Viewer | None) -> None:
    """Take a box off the photograph, and the note it shows off the box (see `part_note`)."""
    with lock_of_its_note(region, by=by) as board, held_box(region, by=by) as region:
        if region.note:
            _take_off(board, region, by=by)
        leave_trace("box_removed", region, by=by)
        region.delete()


@contextmanager
def lock_of_its_note(region: Region, *, by: Viewer | None) -> Iterator[Board | None]:
    """The board, locked, that the note of a box is on; None where the box shows none."""
    must_transcribe(region.photo.event, by)
    note = Note.objects.filter(regions=region).select_related("board").first()
    if note is None:
        yield None
        return
    with locked(note.board) as board:
        yield board


def _take_off(board: Board | None, region: Region, *, by: Viewer | None) -> None:
    if board is None or region.note.board_id != board.pk:
        raise Refused(
            _("Box %(number)s got another note meanwhile. Look at it again.") % {"number": region.number}
        )
    must_bare_nothing(region)
    if region.matching_id:
        give_back(board, region, by=by)
        region.refresh_from_db(fields=["note", "before", "matching"])
    note, region.note = region.note, None
    region.save(update_fields=["note"])
    if note:
        let_go(board, note, by=by)
