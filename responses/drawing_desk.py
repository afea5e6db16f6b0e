"""What those who run a drawing do with its pictures: show, hide, take down, put on the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from events.reach import must_moderate
from events.record import add_quotation
from people.guests import Viewer
from people.refusals import Refused
from responses.board import must_run
from responses.drawing import end_picture, standing_picture, take_off_the_record, tell
from responses.models import Drawing, Moderation, Picture

LONGEST_REASON = 300  # characters


def show_picture(picture: Picture, *, by: Viewer | None, seen: str | None = None) -> None:
    """Hang a picture that waited or was hidden.

    With `seen`, what `words_of` gave when it was looked at, it refuses words that came after:
    nobody shows what they have not seen.
    """
    with _picture_moderated(picture, by) as (drawing, picture):
        if seen is not None and seen != words_of(picture):
            raise Refused(_("Whoever hung this picture changed its words just now. Read them, then show it."))
        _moderate(drawing, picture, Moderation.SHOWN, "", by=by)


def words_of(picture: Picture) -> str:
    """All that is said with a picture, to tell whether it was changed."""
    return "\n".join((picture.alt, picture.group, picture.expression))


def hide_picture(picture: Picture, why: str, *, by: Viewer | None) -> None:
    """Take a picture off the wall, for a reason whoever hung it can read; `show_picture` undoes it."""
    why = _reason(why, _("Say why in a sentence: whoever hung it will read it."))
    with _picture_moderated(picture, by) as (drawing, picture):
        take_off_the_record(picture, by=by)
        _moderate(drawing, picture, Moderation.HIDDEN, why, by=by)


def let_picture_wait(picture: Picture, *, by: Viewer | None) -> None:
    """Put a picture back into the queue of what somebody has to look at."""
    with _picture_moderated(picture, by) as (drawing, picture):
        take_off_the_record(picture, by=by)
        _moderate(drawing, picture, Moderation.WAITING, "", by=by)


def take_down_picture(picture: Picture, why: str, *, by: Viewer | None) -> None:
    """Take somebody's picture away for good, for a reason that is kept in the trace."""
    why = _reason(why, _("Say in a sentence why it has to go."))
    with _picture_run(picture, by) as (drawing, picture):
        end_picture(drawing, picture, by=by, why=why)


def put_on_record(picture: Picture, *, by: Viewer | None) -> None:
    """Put what sums a picture up on the record of its event, where it can be cited by itself."""
    with _picture_run(picture, by) as (drawing, picture):
        if picture.quotation:
            return
        if not picture.expression:
            raise Refused(_("Nothing was said that sums this picture up, so there is nothing to put there."))
        if not picture.consent.public:
            raise Refused(_("Whoever hung this picture did not agree to show it in the public record."))
        if not Picture.objects.hanging().filter(pk=picture.pk).exists():
            raise Refused(_("Only what hangs for everybody can go on the record. Show the picture first."))
        said_by = picture.group or f"A group that drew at “{drawing.name}”"
        picture.quotation = add_quotation(drawing.event, picture.expression, said_by=said_by[:200], by=by)
        picture.save(update_fields=["quotation"])
        tell(drawing, picture, "put_on_the_record", by=by)


def take_back_from_record(picture: Picture, *, by: Viewer | None) -> None:
    """Take what sums a picture up off the record again; the picture stays as it is."""
    with _picture_run(picture, by) as (drawing, picture):
        if picture.quotation:
            take_off_the_record(picture, by=by)
            tell(drawing, picture, "taken_off_the_record", by=by)


@contextmanager
def _picture_run(picture: Picture, by: Viewer | None) -> Iterator[tuple[Drawing, Picture]]:
    """What is for those who run the event: taking down, and the record."""
    with standing_picture(picture) as (drawing, picture):
        must_run(drawing, by)
        yield drawing, picture


@contextmanager
def _picture_moderated(picture: Picture, by: Viewer | None) -> Iterator[tuple[Drawing, Picture]]:
    with standing_picture(picture) as (drawing, picture):
        must_moderate(drawing.event, by)
        yield drawing, picture


def _moderate(
    drawing: Drawing, picture: Picture, moderation: Moderation, why: str, *, by: Viewer | None
) -> None:
    if (picture.moderation, picture.moderation_why) == (moderation, why):
        return
    picture.moderation, picture.moderation_why = moderation, why
    picture.save(update_fields=["moderation", "moderation_why"])
    tell(drawing, picture, moderation, by=by, why=why)


def _reason(why: str, refusal: str) -> str:
    if not (why := why.strip()):
        raise Refused(refusal)
    return why[:LONGEST_REASON]
