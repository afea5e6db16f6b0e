"""Acts on drawings: making one, hanging pictures, and what whoever hung one may do with it.

What those who run the event do with pictures is in `responses.drawing_desk`. Each act refuses
early with a sentence, takes the drawing's row lock, saves and appends a numbered Change, all in
one transaction. Of what was sent only the files made from it are kept: the original may say where
it was taken, and with what.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.keeping import discard, forget_original, kept
from coproduce.images.sizes import PictureFiles
from events.models import Event
from events.record import remove_quotation
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import KeyTaken, must_run
from responses.changes import append_change, locked, participant_of
from responses.models import Change, Drawing, Moderation, Picture
from responses.receipts import hash_of, receipt_for
from responses.slugs import free_slug
from responses.words import TURNS, tidy_words

LONGEST = {"group": 100, "alt": 500, "expression": 300}  # characters
MOST_OF_ONE = 20  # pictures of a participant on one drawing
MOST = 500  # pictures on one drawing
RECEIPTS = "responses_picture_receipt_hash_key"  # the constraint that no two pictures share one
NO_PHOTOS = gettext_lazy(
    "Under-18s may take part here, so no photographs are taken, of drawings either. "
    "Hang the paper itself in the room."
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said with a picture: who drew it, what it shows, and what sums it up."""

    alt: str
    group: str = ""
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture on its drawing. `is_new` is false when it was there already."""

    picture: Picture
    is_new: bool


class Full(Refused):
    """There is no room for another picture."""


class SentMeanwhile(Exception):
    """The same picture was hung while this one was being read."""


@transaction.atomic
def make_drawing(event: Event, *, by: Viewer | None, name: str, **settings: object) -> Drawing:
    """A new drawing of `event`, closed until somebody opens it; `settings` are fields of it."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not (name := " ".join(tidy_words(name).split())):
        raise Refused(_("Give it a name, so that people know what to draw."))
    phase = Drawing.Phase.COLLECT
    drawing = Drawing(event=event, kind=Drawing.KIND, phase=phase, name=name[:200], **settings)
    must_run(drawing, by)
    drawing.slug, drawing.position = free_slug(event, name, "drawing"), event.activities.count() + 1
    drawing.save()
    leave_trace("made", drawing, by=by)
    return drawing


def add_picture(
    drawing: Drawing, *, by: Viewer, key: UUID, upload: IO[bytes], words: Words, consent: Consent
) -> Hung:
    """Hang the picture in `upload`; where words are moderated it waits for those who run the event.

    The same key gives the same picture, however often and from however many requests at once it is
    sent. Raises NotAPicture for a file that is none. Refuses a drawing that is closed, full, or
    where under-18s may take part; a picture that nobody says in words; and from nobody in particular.
    """
    words = that_fit(words)
    if there := _already_there(drawing, key, by):
        return Hung(there, is_new=False)
    must_take(drawing, by)
    try:
        with kept(upload) as files:
            forget_original(files.folder)
            return Hung(hang(drawing, files, by=by, key=key, words=words, consent=consent), is_new=True)
    except SentMeanwhile:
        return Hung(_already_there(drawing, key, by), is_new=False)
    except IntegrityError as error:
        if RECEIPTS not in str(error):
            raise
        raise KeyTaken(_("This page sent a picture elsewhere before. Press the button again.")) from None


def hang(
    drawing: Drawing, files: PictureFiles, *, by: Viewer, key: UUID, words: Words, consent: Consent
) -> Picture:
    """Hang a picture whose files are made already, in the transaction that keeps them."""
    words = that_fit(words)
    with locked(drawing) as drawing:
        if drawing.pictures.filter(key=key).exists():
            raise SentMeanwhile
        must_take(drawing, by)
        picture = drawing.pictures.create(
            number=(drawing.pictures.aggregate(last=Max("number"))["last"] or 0) + 1,
            key=key, files=files.folder, width=files.width, height=files.height,
            group=words.group, alt=words.alt, expression=words.expression,
            participant=participant_of(drawing, by), receipt_hash=hash_of(receipt_for(key)), consent=consent,
            moderation=Moderation.WAITING if drawing.moderates_words else Moderation.SHOWN,
        )  # fmt: skip
        append_change(drawing, Change.Kind.PICTURE_ADDED, by=by.as_participant)
    return picture


def must_take(drawing: Drawing, by: Viewer) -> None:
    """Refuse where no picture is taken now, before any file is read."""
    if by.is_anybody:
        raise Refused(_("Your browser keeps no cookies from this site, so it could not be called yours."))
    if not drawing.is_open:
        raise Refused(_("This drawing is closed, so the picture was not hung."))
    if drawing.may_include_under_18s:
        raise Refused(NO_PHOTOS)
    standing = drawing.pictures.standing()
    if standing.count() >= MOST:
        raise Full(
            _("There are %(most)s pictures here, and it is full. Ask the facilitator.") % {"most": MOST}
        )
    if standing.filter(participant__token=drawing.token_of(by)).count() >= MOST_OF_ONE:
        raise Full(
            _("You have hung %(most_of_one)s pictures here. Take one down before you hang another.")
            % {"most_of_one": MOST_OF_ONE}
        )


def _already_there(drawing: Drawing, key: UUID, by: Viewer) -> Picture | None:
    same = drawing.pictures.filter(key=key).select_related("participant").first()
    if same and not _is_own(same, drawing, by):
        raise Refused(_("That was sent before, from another device."))
    return same


def correct_picture(picture: Picture, words: Words, *, by: Viewer, receipt: str = "") -> None:
    """Replace what is said with one's own picture.

    It waits again where words do, and wherever it was hidden. What sums it up comes off the record
    when that or the group is changed: only the organisers put words there, and not these.
    """
    words = that_fit(words)
    with own_picture(picture, by=by, receipt=receipt) as (drawing, picture):
        if words == Words(picture.alt, picture.group, picture.expression):
            return
        is_same_quotation = (words.group, words.expression) == (picture.group, picture.expression)
        picture.alt, picture.group, picture.expression = words.alt, words.group, words.expression
        if drawing.moderates_words or picture.moderation == Moderation.HIDDEN:
            picture.moderation = Moderation.WAITING
        picture.save(update_fields=["alt", "group", "expression", "moderation"])
        if not is_same_quotation or picture.moderation != Moderation.SHOWN:
            take_off_the_record(picture, by=by.as_participant)
        tell(drawing, picture, "corrected", by=by.as_participant)


def change_picture_consent(picture: Picture, consent: Consent, *, by: Viewer, receipt: str = "") -> None:
    """Change where one's own picture may go, from now on and everywhere."""
    with own_picture(picture, by=by, receipt=receipt) as (drawing, picture):
        if picture.consent_id == consent.pk:
            return
        if drawing.may_include_under_18s:
            raise Refused(
                _("Under-18s may take part here, so every picture stays with those who were there.")
            )
        picture.consent = consent
        picture.save(update_fields=["consent"])
        if not consent.public:
            take_off_the_record(picture, by=by.as_participant)
        tell(drawing, picture, "consent_changed", by=by.as_participant)


def withdraw_picture(picture: Picture, *, by: Viewer, receipt: str = "") -> None:
    """Take one's own picture away: its files and words go from everywhere, a count and a tombstone stay."""
    with own_picture(picture, by=by, receipt=receipt) as (drawing, picture):
        end_picture(drawing, picture, by=by.as_participant)


@contextmanager
def own_picture(picture: Picture, *, by: Viewer, receipt: str) -> Iterator[tuple[Drawing, Picture]]:
    """The drawing, locked, and one's own standing picture on it; refuses anybody else's."""
    with standing_picture(picture) as (drawing, picture):
        holds = bool(receipt) and hash_of(receipt) == picture.receipt_hash
        if not holds and not _is_own(picture, drawing, by):
            raise Refused(_("Only whoever hung this picture can change it. Use the receipt you were given."))
        yield drawing, picture


@contextmanager
def standing_picture(picture: Picture) -> Iterator[tuple[Drawing, Picture]]:
    """The drawing, locked, and the picture as it stands there now."""
    with locked(picture.drawing) as drawing:
        picture = Picture.objects.select_related("participant", "consent", "quotation").get(pk=picture.pk)
        if picture.withdrawn_at:
            raise Refused(_("This picture was withdrawn before. Nothing of it is left."))
        picture.drawing = drawing
        yield drawing, picture


def end_picture(drawing: Drawing, picture: Picture, *, by: Viewer | None, why: str = "") -> None:
    """Empty a picture of a locked drawing: no file and no word of it is left."""
    take_off_the_record(picture, by=by)
    discard(picture.files)
    picture.files = picture.group = picture.alt = picture.expression = picture.moderation_why = ""
    picture.width = picture.height = 0
    picture.withdrawn_at = timezone.now()
    picture.save()
    tell(drawing, picture, "withdrew", by=by, why=why)


def take_off_the_record(picture: Picture, *, by: Viewer | None) -> None:
    """Remove the expression of a picture of a locked drawing from the event's record, if it is there."""
    if picture.quotation is None:
        return
    quotation, picture.quotation = picture.quotation, None
    picture.save(update_fields=["quotation"])
    remove_quotation(quotation, by=by)


def tell(drawing: Drawing, picture: Picture, verb: str, *, by: Viewer | None, why: str = "") -> None:
    """Number the change of a picture of a locked drawing, and leave the trace of it."""
    append_change(drawing, Change.Kind.PICTURE_CHANGED, by=by)
    leave_trace(verb, picture, by=by, why=why)


def _is_own(picture: Picture, drawing: Drawing, by: Viewer) -> bool:
    token = drawing.token_of(by)
    return bool(token and picture.participant and picture.participant.token == token)


def that_fit(words: Words) -> Words:
    """The words tidied, each on one line; refuses too many, and a picture that nobody says in words."""
    if not (alt := _line(words.alt, "alt")):
        raise Refused(_("Say what it shows in a sentence, for people who cannot see it."))
    return Words(alt, _line(words.group, "group"), _line(words.expression, "expression"))


def _line(typed: str, name: str) -> str:
    most = LONGEST[name]
    kept_letters = (letter for letter in tidy_words(typed[: 10 * most]) if letter not in TURNS)
    line = " ".join("".join(kept_letters).split())
    if len(line) > most:
        raise Refused(
            _("That is %(number)s characters where %(most)s fit. Say it shorter.")
            % {"number": len(line), "most": most}
        )
    return line
