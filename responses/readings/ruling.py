"""Rulings: a person decides what a note from paper says. Rulings are only ever added.

Counts never change by a ruling, words do: the page, the tallies by their state, the stream and
every export follow in the transaction of the ruling.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked
from responses.doubles import part_doubles
from responses.models import Board, Change, Mark, Moderation, Note, Origin, Reading, Ruling, TextState
from responses.readings.reading import read_note
from responses.readings.saying import markup_that_fits, removes
from responses.telling import tell_followers
from responses.transcription import read_markup, text_state_of, to_markup
from responses.words import tidy_words

LONGEST_REASON = 300  # characters
ACTION = Ruling.Action
VERBS = {
    ACTION.ACCEPT: "reading_accepted",
    ACTION.REJECT: "reading_rejected",
    ACTION.REOPEN: "note_opened_again",
}


def accept_reading(
    reading: Reading, *, by: Viewer, why: str = "", mark: str = "", seen: int | None = None
) -> Ruling:
    """Let a note from paper say what `reading` says, from now on and everywhere.

    Without a `mark` the note gets the one of the reading, or keeps its own where the reading
    recorded none. `seen` is how many rulings on the note were looked at: it refuses where somebody
    decided meanwhile. A note that waited for an organiser is shown. Refuses whoever does not run
    the event, a note that is withdrawn, hidden or not from paper, and what it says already.
    """
    why = _reason(why)
    with _note_ruled_on(reading.note, by, seen) as (board, note):
        reading = _of(note, reading)
        mark = mark or (note.mark if reading.mark == Mark.NOT_RECORDED else reading.mark)
        _must_be_acceptable(board, note, reading, mark)
        ruling = _rule(board, note, ACTION.ACCEPT, reading=reading, mark=mark, why=why, by=by)
        _say(board, note, reading, mark)
        _show_readings(note, reading)
        _put_on_the_wall(board, note, by=by)
        tell_followers(note, "accepted", where=note.get_absolute_url() if note.consent.public else "")
    return ruling


def accept_own_reading(
    note: Note, markup: str, *, by: Viewer, mark: str, why: str = "", seen: int | None = None
) -> Ruling:
    """Read a note oneself, as one who runs the event, and accept that at one go.

    `markup` says by itself how much can be read. Refuses what the desk refuses, and what cannot
    be accepted; then the reading is not kept either.
    """
    state = text_state_of(read_markup(markup_that_fits(markup), imported=False))
    with transaction.atomic():
        reading = read_note(note, by=by, state=state, markup=markup, mark=mark)
        return accept_reading(reading, by=by, why=why, mark=mark, seen=seen)


def reject_reading(reading: Reading, why: str, *, by: Viewer, seen: int | None = None) -> Ruling:
    """Decide that a note does not say `reading`: its number and the reason are public, its words not.

    Refuses without a reason, and the reading that the note stands on.
    """
    why = _reason(why)
    if not why:
        raise Refused(_("Say why it is not what the note says: everybody can read the reason."))
    with _note_ruled_on(reading.note, by, seen) as (board, note):
        reading = _of(note, reading)
        if note.accepted_id == reading.pk:
            raise Refused(_("The note stands on this reading. Accept another one first, then reject it."))
        if reading.pk in rejected_of(note):
            raise Refused(_("This reading was rejected before."))
        ruling = _rule(board, note, ACTION.REJECT, reading=reading, why=why, by=by)
        note.readings.filter(pk=reading.pk).update(is_held=True)
    return ruling


def reopen_note(note: Note, why: str, *, by: Viewer, seen: int | None = None) -> Ruling:
    """Ask for more readings of a note: it keeps its words until another reading is accepted.

    Refuses without a reason, and a note that is open.
    """
    why = _reason(why)
    if not why:
        raise Refused(_("Say why it has to be read again: everybody can read the reason."))
    with _note_ruled_on(note, by, seen) as (board, note):
        if is_open(note):
            raise Refused(_("This note is open. It waits for readings, or for a ruling."))
        return _rule(board, note, ACTION.REOPEN, why=why, by=by)


def is_open(note: Note) -> bool:
    """Whether nothing has settled what the note says, or somebody opened it again since."""
    last = note.rulings.order_by("-number").first()
    if last and last.action == ACTION.REOPEN:
        return True
    return note.accepted_id is None and note.text_state == TextState.WAITING


def rejected_of(note: Note) -> set[int]:
    """The primary keys of the readings of `note` that were rejected and not accepted since."""
    about = note.rulings.exclude(reading=None).order_by("number").values_list("reading", "action")
    return {pk for pk, action in dict(about).items() if action == ACTION.REJECT}


def _reason(typed: str) -> str:
    why = " ".join(tidy_words(typed[: 10 * LONGEST_REASON]).split())
    if len(why) > LONGEST_REASON:
        raise Refused(
            _("That reason has %(number)s characters. %(longest_reason)s have to do.")
            % {"number": len(why), "longest_reason": LONGEST_REASON}
        )
    return why


@contextmanager
def _note_ruled_on(note: Note, by: Viewer, seen: int | None) -> Iterator[tuple[Board, Note]]:
    """The board, locked, and a standing note from paper on it, for those who run the event."""
    with locked(note.board) as board:
        if not board.event.is_run_by(by):
            raise Refused(_("Only those who run this event decide what its notes say."))
        note = Note.objects.select_related("station").get(pk=note.pk)
        if note.withdrawn_at:
            raise Refused(_("This note was withdrawn. Nothing of it is left to decide about."))
        if note.origin != Origin.PAPER:
            raise Refused(_("Nobody has to read this note for others: it is not from paper."))
        if note.moderation == Moderation.HIDDEN:
            raise Refused(_("This note is hidden. Undo that first, then decide what it says."))
        if seen is not None and seen != note.rulings.count():
            raise Refused(_("Somebody decided about this note meanwhile. Look at it again, then decide."))
        yield board, note


def _of(note: Note, reading: Reading) -> Reading:
    """The reading as it is now; refuses one that a match gave to another note."""
    found = note.readings.select_related("reader").filter(pk=reading.pk).first()
    if found is None:
        raise Refused(_("This reading belongs to another note now. Look at the note again."))
    return found


def _must_be_acceptable(board: Board, note: Note, reading: Reading, mark: str) -> None:
    if mark not in Mark.values:
        raise Refused(_("Choose one of the four marks, or that none was recorded."))
    if reading.text_state == TextState.WAITING:
        raise Refused(_("Nobody has read anything there yet."))
    if note.accepted_id == reading.pk and note.mark == mark and not is_open(note):
        raise Refused(_("The note says this reading already."))
    if removes(reading.text) and not _may_take_out(board, reading):
        raise Refused(
            _(
                "Only those who run the event take something out of a note. "
                "Type a reading of your own with [removed: …] in it, and accept that."
            )
        )


def _may_take_out(board: Board, reading: Reading) -> bool:
    if reading.witness == Reading.Witness.IMPORTED_RECORD:
        return True
    return reading.reader is not None and board.event.is_run_by(Viewer(person=reading.reader))


def _rule(
    board: Board,
    note: Note,
    action: Ruling.Action,
    *,
    by: Viewer,
    why: str,
    reading: Reading | None = None,
    mark: str = "",
) -> Ruling:
    ruling = note.rulings.create(
        number=note.rulings.count() + 1, action=action, reading=reading, mark=mark, why=why, by=by.person
    )
    append_change(board, Change.Kind.NOTE_RULED, by=by, note=note)
    # The reason stays with the ruling and goes with the note.
    leave_trace(VERBS[action], note, by=by)
    return ruling


def _say(board: Board, note: Note, reading: Reading, mark: str) -> None:
    """Make the note say the reading; what said the same as it did stands for itself again."""
    words = to_markup(read_markup(reading.text, imported=False))
    words = "" if reading.text_state == TextState.NO_TEXT else words
    says_something_else = (note.text, note.mark) != (words, mark)
    note.text, note.text_state, note.mark, note.accepted = words, reading.text_state, mark, reading
    note.save(update_fields=["text", "text_state", "mark", "accepted"])
    if says_something_else:
        part_doubles(board, note)


def _show_readings(note: Note, accepted: Reading) -> None:
    """Let everybody see how the note was read, but for what was rejected.

    Where something was taken out of the note, or it was ever hidden, other readings may still
    say it: then the accepted one alone is for everybody.
    """
    if removes(accepted.text):
        note.readings.update(is_held=True)
    shown = note.readings.filter(pk=accepted.pk)
    if not was_taken_out_of(note):
        shown = note.readings.exclude(pk__in=rejected_of(note))
    shown.update(is_held=False)


def was_taken_out_of(note: Note) -> bool:
    accepted = note.rulings.filter(action=ACTION.ACCEPT).values_list("reading__text", flat=True)
    return note.changes.filter(kind=Change.Kind.NOTE_HIDDEN).exists() or any(map(removes, accepted))


def _put_on_the_wall(board: Board, note: Note, *, by: Viewer) -> None:
    if note.moderation != Moderation.WAITING:
        return
    note.moderation, note.moderation_why = Moderation.SHOWN, ""
    note.save(update_fields=["moderation", "moderation_why"])
    append_change(board, Change.Kind.NOTE_SHOWN, by=by, note=note)
    leave_trace(Change.Kind.NOTE_SHOWN, note, by=by)
