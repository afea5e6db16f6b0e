"""The acts of those who answer a board, and the take-down. What its facilitator does is in
`responses.room` and `responses.moderation`.

Each act refuses early with a sentence, takes the board's row lock, saves, appends a
numbered Change and notifies, all in one transaction: numbers are gapless and in the order
of the commits, and a listener hears of a change only when it is there to be read.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from people.consent import consent_unasked
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked, next_number, participant_of, pin_wordings
from responses.doubles import part_doubles
from responses.forgetting import forget_line
from responses.models import (
    Board,
    Change,
    Mark,
    Moderation,
    Note,
    Origin,
    Reading,
    Station,
    Stub,
    TextState,
)
from responses.photos.covering import cover_note
from responses.readings.correcting import offer_correction
from responses.receipts import hash_of, receipt_for
from responses.taking import must_take
from responses.telling import forget_followers
from responses.transcription import says_nothing
from responses.words import name_that_fits, words_that_fit

RECEIPTS = "responses_note_receipt_hash_key"  # the constraint that no two notes share one


@dataclass(frozen=True, slots=True)
class Added:
    """A note on its board. `is_new` is false when it was there already."""

    note: Note
    is_new: bool


def must_run(board: Board, by: Viewer | None) -> None:
    """Refuse unless the site itself or one of the event's organisers acts."""
    if by is not None and not board.event.is_run_by(by):
        raise Refused(_("Only those who run this event can do that."))


@contextmanager
def no_receipt_twice() -> Iterator[None]:
    """Refuse a key that a note on another board has: both would have one receipt."""
    try:
        yield
    except IntegrityError as error:
        if RECEIPTS not in str(error):
            raise
        raise KeyTaken(
            _("This page sent a note to another board before. Press the button again to send it here.")
        ) from None


class KeyTaken(Refused):
    """The key belongs to a note on another board; the note can be sent again with a new one."""


def add_note(
    station: Station,
    *,
    by: Viewer,
    key: UUID,
    mark: str,
    consent: Consent,
    words: str = "",
    signed: str = "",
    answered: Sequence[int] | None = None,
    in_time: bool = False,
) -> Added:
    """Put one note from a participant's own device at a station.

    `answered` are the primary keys of the wordings it answers; without them, those that show
    there now. The same key gives the same note, however often and from however many requests
    at once it is sent. Pressing a mark again without words gives the mark that is already there.
    What was written `in_time` is taken also when the room has gone on to another step meanwhile.
    Words wait for an organiser where the board says so. Where under-18s may take part the note
    is kept to the board, whatever `consent` says. Refuses what the board does not take now, an
    unknown mark, more than a note's worth of words, and from nobody in particular. Its Change
    is the trace of it.
    """
    words, signed = words_that_fit(words), name_that_fits(signed)
    if mark not in set(Mark.values) - {Mark.NOT_RECORDED}:
        raise Refused(_("Choose one of the four marks, so people can see how you mean it."))
    if by.is_anybody:
        raise Refused(
            _("Your browser keeps no cookies from this site, so the note could not be called yours.")
        )
    with locked(station.board) as board:
        if there := _already_there(board, station, by, key, mark, words):
            return Added(there, is_new=False)
        must_take(board, station, words=words, signed=signed, in_time=in_time)
        consent = consent_unasked() if board.may_include_under_18s else consent
        facts = {"key": key, "mark": mark, "consent": consent, "signed": signed}
        note = _new_note(board, station, by=by, words=words, **facts)
        pin_wordings([note], station, answered)
        append_change(board, Change.Kind.NOTE_ADDED, by=by.as_participant, note=note)
    return Added(note, is_new=True)


def _already_there(
    board: Board, station: Station, by: Viewer, key: UUID, mark: str, words: str
) -> Note | None:
    if same := Note.objects.filter(board=board, key=key).select_related("participant").first():
        if same.participant is None or same.participant.token != board.token_of(by):
            raise Refused(_("That note was sent before, from another device."))
        return same
    if words:
        return None
    return (
        Note.objects.standing()
        .filter(station=station, mark=mark, text_state=TextState.NO_TEXT)
        .filter(participant__token=board.token_of(by), participant__activity=board)
        .first()
    )


def _new_note(board: Board, station: Station, *, by: Viewer, words: str, **facts: object) -> Note:
    participant, key = participant_of(board, by), facts["key"]
    waits = board.moderates_words and (words or facts["signed"])
    with no_receipt_twice():
        note = Note.objects.create(
            board=board,
            station=station,
            number=next_number(station),
            text_state=TextState.READ if words else TextState.NO_TEXT,
            origin=Origin.OWN_DEVICE,
            text=words,
            participant=participant,
            receipt_hash=hash_of(receipt_for(key)),
            moderation=Moderation.WAITING if waits else Moderation.SHOWN,
            **facts,
        )
    add_reading(note, Reading.Witness.AUTHOR, by=None, number=1)
    return note


def add_reading(
    note: Note, witness: Reading.Witness, *, by: Viewer | None, number: int | None = None
) -> Reading:
    """Keep what the note says now as its next reading, or as `number` where that is known.

    Readings are public: whoever wrote a note stays unnamed as the reader of it.
    """
    return Reading.objects.create(
        note=note,
        number=number or (note.readings.aggregate(last=Max("number"))["last"] or 0) + 1,
        witness=witness,
        reader=by.person if by else None,
        text=note.text,
        text_state=note.text_state,
        mark=note.mark,
    )


def correct_note(note: Note, words: str, *, by: Viewer, receipt: str = "") -> None:
    """Replace the words of one's own note; what it said before stays as an earlier reading.

    New words wait where words do, and wherever the old ones were hidden. What was not on the
    wall stays off it: such earlier readings are held. Of a note from paper they become a reading
    that waits for a ruling.
    """
    words = words_that_fit(words)
    with own_note(note, by=by, receipt=receipt) as (board, note):
        if words == note.text:
            return
        if not words:
            raise Refused(_("Type the words, or withdraw the note if it should go."))
        if note.origin == Origin.PAPER:
            offer_correction(board, note, words, by=by)
            return
        if not note.text:
            must_take(board, note.station, words=words)
        if note.moderation != Moderation.SHOWN:
            note.readings.update(is_held=True)
        if board.moderates_words or note.moderation == Moderation.HIDDEN:
            note.moderation = Moderation.WAITING
            take_off_the_pin(board, note, by=None)
        note.text, note.text_state = words, TextState.READ
        note.save(update_fields=["text", "text_state", "moderation"])
        part_doubles(board, note)
        add_reading(note, Reading.Witness.AUTHOR, by=None)
        append_change(board, Change.Kind.NOTE_CORRECTED, by=by.as_participant, note=note)
        leave_trace(Change.Kind.NOTE_CORRECTED, note, by=by.as_participant)


def change_consent(note: Note, consent: Consent, *, by: Viewer, receipt: str = "") -> None:
    """Change where one's own note may go, from now on and everywhere."""
    with own_note(note, by=by, receipt=receipt) as (board, note):
        if note.consent_id == consent.pk:
            return
        if board.may_include_under_18s:
            raise Refused(_("Under-18s may take part here, so every note stays with those who were there."))
        note.consent, note.consented_at = consent, timezone.now()
        note.save(update_fields=["consent", "consented_at"])
        # Of paper: their own choice goes before what is ticked on the sheet.
        Stub.objects.filter(note=note).update(consent=consent)
        append_change(board, Change.Kind.CONSENT_CHANGED, by=by.as_participant, note=note)
        leave_trace(Change.Kind.CONSENT_CHANGED, note, by=by.as_participant)


def withdraw_note(note: Note, *, by: Viewer, receipt: str = "") -> None:
    """Take one's own note away: its words go from everywhere, a count and a tombstone stay."""
    with own_note(note, by=by, receipt=receipt) as (board, note):
        end_note(board, note, Note.Ending.WITHDRAWN, by=by.as_participant)


def take_back_mark(note: Note, *, by: Viewer, receipt: str = "") -> None:
    """Take back a mark without words; unlike a withdrawal it leaves no count."""
    with own_note(note, by=by, receipt=receipt) as (board, note):
        if note.text_state != TextState.NO_TEXT:
            raise Refused(_("This note has words. Withdraw it instead."))
        end_note(board, note, Note.Ending.TAKEN_BACK, by=by.as_participant)


@contextmanager
def own_note(note: Note, *, by: Viewer, receipt: str) -> Iterator[tuple[Board, Note]]:
    """The board, locked, and one's own standing note on it; refuses anybody else's."""
    with locked(note.board) as board:
        note = Note.objects.select_related("participant", "station").get(pk=note.pk)
        token = board.token_of(by)
        holds = bool(receipt) and hash_of(receipt) == note.receipt_hash
        if not holds and not (token and note.participant and note.participant.token == token):
            raise Refused(_("Only whoever wrote this note can change it. Use the receipt you were given."))
        if note.withdrawn_at:
            raise Refused(_("This note was withdrawn before. Nothing of it is left to change."))
        yield board, note


def take_down_note(note: Note, why: str, *, by: Viewer) -> None:
    """Take somebody's note away for a reason, as one who runs the event; it ends like a withdrawal.

    The reason is kept in the trace, which stewards see.
    """
    if not why.strip():
        raise Refused(_("Say in a sentence why the note has to go."))
    with locked(note.board) as board:
        must_run(board, by)
        note = Note.objects.get(pk=note.pk)
        if note.withdrawn_at:
            raise Refused(_("This note was withdrawn before. Nothing of it is left."))
        if note.hand_count_id:
            raise Refused(_("This mark was counted with others. Take the whole count back instead."))
        end_note(board, note, Note.Ending.TAKEN_DOWN, by=by, why=why.strip()[:300])


def end_note(board: Board, note: Note, ending: Note.Ending, *, by: Viewer, why: str = "") -> None:
    """Empty a note, its readings and what was said of them, and the line of any transcript it came from."""
    for reading in note.readings.exclude(verbatim=""):
        if not says_nothing(reading.verbatim):
            forget_line(board, reading.verbatim)
    note.readings.update(text="", verbatim="", comment="")
    note.rulings.update(why="")
    note.text = note.signed = note.moderation_why = ""
    note.ending, note.withdrawn_at = ending, timezone.now()
    note.save(update_fields=["text", "signed", "moderation_why", "ending", "withdrawn_at"])
    take_off_the_pin(board, note, by=by)
    part_doubles(board, note)
    cover_note(note)
    forget_followers(note)
    taken_back = ending == Note.Ending.TAKEN_BACK
    kind = Change.Kind.MARK_TAKEN_BACK if taken_back else Change.Kind.NOTE_WITHDRAWN
    append_change(board, kind, by=by, note=note)
    leave_trace(kind, note, by=by, why=why)


def take_off_the_pin(board: Board, note: Note, *, by: Viewer | None) -> None:
    """Unpin a note of a locked board, if it is the one pinned to the wall."""
    if board.pinned_note_id != note.pk:
        return
    board.pinned_note = None
    board.save(update_fields=["pinned_note"])
    append_change(board, Change.Kind.NOTE_UNPINNED, by=by, note=note)
    leave_trace(Change.Kind.NOTE_UNPINNED, note, by=by)
