"""Reading one note at the desk: a reading is added, and nothing about the note changes."""

from django.db.models import Max
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import locked
from responses.models import Board, Mark, Note, Reading, Region
from responses.models.photos import notes_to_read_by
from responses.readings.saying import removes, text_of
from responses.telling import tell_followers
from responses.words import tidy_words

LONGEST_COMMENT = 300  # characters of a remark for other readers
MOST_READINGS = 60  # of one note; beyond that, only those who run the event add more


def read_note(
    note: Note,
    *,
    by: Viewer,
    state: str,
    markup: str,
    mark: str,
    region: Region | None = None,
    witness: str = Reading.Witness.PHOTO,
    confidence: str = "",
    comment: str = "",
    wants_better_photo: bool = False,
) -> Reading:
    """Add what `by` reads on a note from paper; it is held until somebody rules on it.

    `state` says how much can be read (a TextState except "waiting"), `markup` the words as typed.
    Saying again what one said last gives that reading. Refuses whoever may not read the note,
    words that do not agree with the state, and what no reader can mean.
    """
    said = {
        "text": text_of(state, markup),
        "text_state": state,
        "mark": _mark_that_can_be(mark),
        "confidence": _confidence_that_can_be(confidence),
        "comment": _comment_that_fits(comment),
        "wants_better_photo": wants_better_photo,
        "witness": _witness_that_can_be(witness),
    }
    if by.is_anybody:
        raise Refused(
            _("Your browser keeps no cookies from this site, so nobody could tell whose reading it is.")
        )
    with locked(note.board) as board:
        note = _note_to_read(note, by)
        _may_say(board, by, said)
        said["region"] = _region_that_shows(note, region, by)
        return _said_before(board, note, by, said) or _added(board, note, by, said)


def _note_to_read(note: Note, by: Viewer) -> Note:
    """The note as it is now, if `by` may read it."""
    there = notes_to_read_by(by).select_related("station").filter(pk=note.pk).first()
    if there is None:
        raise Refused(_("This note cannot be read here any more. Go on with the next one."))
    return there


def _may_say(board: Board, by: Viewer, said: dict[str, object]) -> None:
    if removes(str(said["text"])) and not board.event.is_run_by(by):
        raise Refused(
            _(
                "Only those who run the event take things out. "
                "Put [...] there, and say under “For other readers” what you see."
            )
        )
    if said["witness"] != Reading.Witness.PHOTO and not board.event.is_transcribed_by(by):
        raise Refused(_("Only those who transcribe the event read from the paper itself."))


def _region_that_shows(note: Note, region: Region | None, by: Viewer) -> Region | None:
    """The box it was read from: the one named, or else the first there is."""
    regions = Region.objects.visible_to(by).filter(note=note).in_order()
    if region is None:
        return regions.first()
    there = regions.filter(pk=region.pk).first()
    if there is None:
        raise Refused(_("That picture shows this note no more. Look at it again before you save."))
    return there


def _said_before(board: Board, note: Note, by: Viewer, said: dict[str, object]) -> Reading | None:
    """The newest reading by the same reader, if it says the same: the button was pressed twice."""
    newest = note.readings.filter(token=board.token_of(by)).order_by("-number").first()
    same = newest and all(getattr(newest, name) == value for name, value in said.items())
    return newest if same else None


def _added(board: Board, note: Note, by: Viewer, said: dict[str, object]) -> Reading:
    if note.readings.count() >= MOST_READINGS and not board.event.is_transcribed_by(by):
        raise Refused(_("Very many people have read this note. An organiser looks at it: read the next one."))
    reading = Reading.objects.create(
        note=note,
        number=(note.readings.aggregate(last=Max("number"))["last"] or 0) + 1,
        reader=by.person,
        token=board.token_of(by),
        is_held=True,
        is_independent=not _has_seen_others(board, note, by),
        **said,
    )
    leave_trace("note_read", note, by=by)
    tell_followers(note, "read")
    return reading


def _has_seen_others(board: Board, note: Note, by: Viewer) -> bool:
    """Whether the reader saved a reading of it before, and was then shown what others read."""
    token = board.token_of(by)
    return note.readings.filter(token=token).exists() and note.readings.exclude(token=token).exists()


def _mark_that_can_be(mark: str) -> str:
    if mark not in Mark.values:
        raise Refused(_("Choose the mark you see, or say that you cannot see one."))
    return mark


def _confidence_that_can_be(confidence: str) -> str:
    if confidence and confidence not in Reading.Confidence.values:
        raise Refused(_("Say that you are sure, fairly sure or guessing, or leave it open."))
    return confidence


def _witness_that_can_be(witness: str) -> str:
    if witness not in (Reading.Witness.PHOTO, Reading.Witness.ORIGINAL):
        raise Refused(_("A note is read from a photograph or from the paper itself."))
    return witness


def _comment_that_fits(comment: str) -> str:
    tidied = " ".join(tidy_words(comment[: 10 * LONGEST_COMMENT]).split())
    if len(tidied) > LONGEST_COMMENT:
        raise Refused(
            _("That remark has %(number)s characters. %(longest_comment)s have to do.")
            % {"number": len(tidied), "longest_comment": LONGEST_COMMENT}
        )
    return tidied
