"""Which note of a transcript a box shows: said for many boxes at once, and undone at once.

No note, reading or count changes by it, except that a note which was made for a box alone ends
while the box shows another one, and stands again when that is undone (see `handing`).
"""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.languages import in_a_row
from events.reach import must_transcribe
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import locked
from responses.models import Board, Matching, Note, Origin, Photo, Reading, Region
from responses.photos.handing import give_back, hand_over, is_undecided

IMPORTED = Reading.objects.filter(witness=Reading.Witness.IMPORTED_RECORD)


def lines_of(board: Board) -> QuerySet[Note]:
    """The standing notes of a board that came with a transcript."""
    lines = Note.objects.standing().filter(board=board, origin=Origin.PAPER, readings__in=IMPORTED)
    return lines.distinct().order_by("station__position", "number")


def lines_without_picture(board: Board) -> QuerySet[Note]:
    """Those of them that no box shows."""
    return lines_of(board).exclude(regions__in=Region.objects.uncovered())


def boxes_to_match(board: Board) -> list[Region]:
    """The boxes that may show a line of the transcript: under a heading, with no decided note."""
    boxes = Region.objects.uncovered().filter(photo__in=Photo.objects.standing(), station__board=board)
    rows = boxes.select_related("photo", "station", "note__stub").prefetch_related("note__readings")
    undecided = rows.exclude(note__readings__in=IMPORTED).in_order()
    return [box for box in undecided if box.note is None or is_undecided(box.note)]


def confirm_matches(board: Board, pairs: Iterable[tuple[Region, Note]], *, by: Viewer | None) -> Matching:
    """Say of each box which note of the transcript it shows, all of them or none.

    A note that was made for a box hands its readings over, and every other box that shows it goes
    along. Refuses no pair at all, a box or a note twice, a box under another heading than its
    note, and what has a note that somebody decided on or holds the receipt of.
    """
    pairs = list(pairs)
    if not pairs:
        raise Refused(_("Tick the boxes that show the note beside them."))
    with locked(board) as board:
        must_transcribe(board.event, by)
        boxes, notes = _locked_boxes(board, pairs), _fetched_lines(board, pairs)
        _must_differ(pairs)
        matching = Matching.objects.create(board=board, by=by.person if by else None, number=0)
        for box, note in pairs:
            _match(board, boxes.get(box.pk), notes.get(note.pk), matching, by=by)
        matching.number = matching.regions.count()
        matching.save(update_fields=["number"])
        leave_trace("matched", board, by=by)
    return matching


def _locked_boxes(board: Board, pairs: Sequence[tuple[Region, Note]]) -> dict[int, Region]:
    """The boxes as they are now, with the locks of their photographs."""
    photos = {box.photo_id for box, _ in pairs}
    list(Photo.objects.select_for_update().filter(pk__in=photos).order_by("pk"))
    boxes = Region.objects.filter(photo__event=board.event_id, photo__in=Photo.objects.standing())
    return boxes.select_related("note__stub", "station").in_bulk([box.pk for box, _ in pairs])


def _fetched_lines(board: Board, pairs: Sequence[tuple[Region, Note]]) -> dict[int, Note]:
    return lines_of(board).select_related("station").in_bulk([note.pk for _, note in pairs])


def _must_differ(pairs: Sequence[tuple[Region, Note]]) -> None:
    for note in {line for _box, line in pairs}:
        numbers = sorted(box.number for box, other in pairs if other == note)
        if len(numbers) > 1:
            of_all = in_a_row(list(map(str, numbers)))
            raise Refused(
                _("Boxes %(of_all)s cannot both show %(label)s. Choose which one does.")
                % {"of_all": of_all, "label": note.label}
            )
    if len({box for box, _ in pairs}) < len(pairs):
        raise Refused(_("One of these boxes stands here twice. Load the page again."))


def _match(
    board: Board, box: Region | None, note: Note | None, matching: Matching, *, by: Viewer | None
) -> None:
    if box is None or note is None:
        raise Refused(_("A box or a note of these is not there any more. Load the page again."))
    box.refresh_from_db()  # another box of the same note may have taken it along
    if box.note_id == note.pk and box.matching_id == matching.pk:
        return
    _must_fit(box, note)
    if box.note is None:
        Region.objects.filter(pk=box.pk).update(note=note, matching=matching)
    else:
        box.note.board = board
        hand_over(board, box.note, note, matching, by=by)


def _must_fit(box: Region, note: Note) -> None:
    name = _("Box %(number)s") % {"number": box.number}
    if box.covered_at:
        raise Refused(_("%(name)s is covered for good, so nothing can be matched with it.") % {"name": name})
    if box.station_id != note.station_id:
        raise Refused(
            _("%(name)s is not under “%(station)s”, where %(label)s is. Put it there first.")
            % {"name": name, "station": note.station, "label": note.label}
        )
    if box.matching_id or (box.note and not is_undecided(box.note)):
        raise Refused(
            _("%(name)s shows %(label)s, which was decided on. Take that off the box first.")
            % {"name": name, "label": box.note.label}
        )
    if note.regions.uncovered().filter(photo=box.photo).exclude(pk=box.pk).exists():
        raise Refused(
            _("%(label)s shows in another box of the same photograph already.") % {"label": note.label}
        )


def undo_matching(matching: Matching, *, by: Viewer | None) -> None:
    """Let every box of a matching show what it showed before; once more changes nothing.

    Boxes that are covered for good or were matched anew stay, and so do readings that somebody
    ruled on since.
    """
    with locked(matching.board) as board:
        must_transcribe(board.event, by)
        matching.refresh_from_db()
        if matching.undone_at:
            return
        _lock_photos_of(matching)
        for box in matching.regions.uncovered().select_related("before", "note"):
            # Another box of the same note may have taken it along.
            if matching.regions.filter(pk=box.pk).exists():
                give_back(board, box, by=by)
        matching.undone_at = timezone.now()
        matching.save(update_fields=["undone_at"])
        leave_trace("matching_undone", board, by=by)


def _lock_photos_of(matching: Matching) -> None:
    photos = Photo.objects.filter(regions__matching=matching).values("pk")
    list(Photo.objects.select_for_update().filter(pk__in=photos).order_by("pk"))
