"""What facilitators enter for people present: marks counted by raised hands, and notes handed in.

Each hand is a note of its own, so that every tally counts it; a wall shows the hands of one
count as one card.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from events.reach import must_facilitate
from people.consent import consent_on_basis, consent_unasked
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import Added, add_reading, no_receipt_twice
from responses.changes import append_change, locked, next_number, pin_wordings
from responses.models import Board, Change, HandCount, Mark, Note, Origin, Reading, Station, TextState
from responses.receipts import hash_of, receipt_for
from responses.words import tidy_words, words_that_fit

MOST = 500  # hands in one count
BASIS = "Counted in the room."


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of hands on its board. `is_new` is false when it was there already."""

    count: HandCount
    is_new: bool


def count_hands(
    station: Station, *, by: Viewer, key: UUID, mark: str, number: int, where: str = ""
) -> Counted:
    """Put `number` marks at a station for people in the room; only for those who facilitate the event.

    The same key gives the same count, however often it is sent. A closed board takes it too:
    hands are often counted on paper first. Refuses an unknown mark and more than 500 at one go.
    """
    if mark not in set(Mark.values) - {Mark.NOT_RECORDED}:
        raise Refused(_("Choose which of the four marks the hands stand for."))
    if not 1 <= number <= MOST:
        raise Refused(_("Type how many hands there were, from 1 to %(most)s.") % {"most": MOST})
    with locked(station.board) as board:
        must_facilitate(board.event, by)
        if same := HandCount.objects.filter(key=key).select_related("station").first():
            return Counted(_of_this_station(same, station), is_new=False)
        count = HandCount.objects.create(
            station=station, key=key, mark=mark, number=number, where=tidy_words(where)[:100], by=by.person
        )
        notes = _hands_of(count, board)
        pin_wordings(notes, station)
        append_change(board, Change.Kind.HANDS_COUNTED, by=by, note=notes[0])
        leave_trace(Change.Kind.HANDS_COUNTED, count, by=by)
    return Counted(count, is_new=True)


def _of_this_station(count: HandCount, station: Station) -> HandCount:
    if count.station_id != station.pk:
        raise Refused(_("This page sent a count to another heading before. Open it again to send one more."))
    return count


def _hands_of(count: HandCount, board: Board) -> list[Note]:
    consent = consent_unasked() if board.may_include_under_18s else consent_on_basis(BASIS)
    first = next_number(count.station, count.number)
    return Note.objects.bulk_create(
        Note(
            board=board,
            station=count.station,
            number=number,
            key=uuid5(count.key, str(number - first)),
            mark=count.mark,
            text_state=TextState.NO_TEXT,
            origin=Origin.COUNTED_IN_ROOM,
            consent=consent,
            hand_count=count,
        )
        for number in range(first, first + count.number)
    )


def take_back_hands(count: HandCount, *, by: Viewer) -> None:
    """Take a whole count back, as a mark is taken back; taking it back again changes nothing."""
    with locked(count.station.board) as board:
        must_facilitate(board.event, by)
        count = HandCount.objects.get(pk=count.pk)
        if count.taken_back_at:
            return
        count.taken_back_at = timezone.now()
        count.save(update_fields=["taken_back_at"])
        standing = Note.objects.standing().filter(hand_count=count)
        standing.update(withdrawn_at=count.taken_back_at, ending=Note.Ending.TAKEN_BACK)
        first = count.notes.order_by("number").first()
        append_change(board, Change.Kind.HANDS_TAKEN_BACK, by=by, note=first)
        leave_trace(Change.Kind.HANDS_TAKEN_BACK, count, by=by)


def put_up_note(station: Station, *, by: Viewer, key: UUID, mark: str, words: str, consent: Consent) -> Added:
    """Put up what somebody in the room said or handed in; only for those who facilitate the event.

    `consent` is what that person answered to the two questions; where under-18s may take part
    nobody is asked. The note has a receipt, to be passed on. The same key gives the same note.
    """
    words = words_that_fit(words)
    if not words:
        raise Refused(_("Type the words. Marks without words are counted by hands."))
    if mark not in set(Mark.values) - {Mark.NOT_RECORDED}:
        raise Refused(_("Choose one of the four marks, so people can see how it was meant."))
    with locked(station.board) as board:
        must_facilitate(board.event, by)
        if same := Note.objects.filter(board=board, key=key).first():
            return Added(same, is_new=False)
        consent = consent_unasked() if board.may_include_under_18s else consent
        note = _handed_in(board, station, key=key, mark=mark, words=words, consent=consent)
        pin_wordings([note], station)
        add_reading(note, Reading.Witness.ORIGINAL, by=by, number=1)
        append_change(board, Change.Kind.NOTE_ADDED, by=by, note=note)
    return Added(note, is_new=True)


def _handed_in(board: Board, station: Station, *, key: UUID, **facts: object) -> Note:
    with no_receipt_twice():
        return Note.objects.create(
            board=board,
            station=station,
            number=next_number(station),
            key=key,
            text=facts.pop("words"),
            text_state=TextState.READ,
            origin=Origin.COUNTED_IN_ROOM,
            receipt_hash=hash_of(receipt_for(key)),
            **facts,
        )
