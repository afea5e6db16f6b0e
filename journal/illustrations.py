"""Acts on the pictures of posts and stories."""

from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.keeping import discard, forget_original, kept
from journal.models import Illustration, Story, Writing
from journal.writing import line, must_write
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace

LONGEST_ALT = 500  # characters
MOST = 50  # of one text
NO_ALT = gettext_lazy("Say what it shows in a sentence or two, for people who cannot see it.")
NO_BASIS = gettext_lazy("Say whether somebody can be recognised on it, and agreed.")
NO_NOTE = gettext_lazy("Say where it is written down that they agreed.")


def add_illustration(
    of: Writing | Story,
    upload: IO[bytes],
    *,
    by: Viewer | None,
    alt: str,
    caption: str = "",
    basis: str = "",
    basis_note: str = "",
) -> Illustration:
    """Keep a picture of a text or a story, upright and without what its file says of its maker.

    Who may add one to a story is its own acts' business. To be called outside any transaction.
    Raises coproduce.images.making.NotAPicture with a sentence for the person who sent it.
    """
    facts = _facts(alt, caption, basis, basis_note, is_sent=isinstance(of, Story))
    if isinstance(of, Writing):
        must_write(of, by)
        if of.illustrations.filter(withdrawn_at=None).count() >= MOST:
            raise Refused(_("A text has %(most)s pictures at most. Take one away first.") % {"most": MOST})
    with kept(upload) as files:
        # The file as it was sent may say where it was taken, and with what.
        forget_original(files.folder)
        size = {"files": files.folder, "width": files.width, "height": files.height}
        added = of.illustrations.create(**facts, **size)
        leave_trace("added", added, by=by)
    return added


@transaction.atomic
def describe_illustration(
    illustration: Illustration, *, by: Viewer | None, alt: str, caption: str = "", basis: str = "",
    basis_note: str = "",
) -> None:  # fmt: skip
    """Change what is said of a picture of a text."""
    must_write(illustration.writing, by)
    for name, value in _facts(alt, caption, basis, basis_note, is_sent=False).items():
        setattr(illustration, name, value)
    illustration.save(update_fields=["alt", "caption", "basis", "basis_note"])
    leave_trace("described", illustration, by=by)


@transaction.atomic
def withdraw_illustration(illustration: Illustration, *, by: Viewer | None) -> None:
    """Delete a picture's files and what is said of it; every text that shows it says that it is gone."""
    held = Illustration.objects.select_for_update().get(pk=illustration.pk)
    if held.withdrawn_at:
        return
    if held.writing_id:
        must_write(held.writing, by)
    discard(held.files)
    held.files = held.alt = held.caption = held.basis_note = ""
    held.withdrawn_at, held.is_shown = timezone.now(), False
    held.save()
    leave_trace("withdrawn", held, by=by)


def _facts(alt: str, caption: str, basis: str, basis_note: str, *, is_sent: bool) -> dict[str, str]:
    """What is said of a picture, tidied. Of one that was sent in nobody is asked where it is written down."""
    facts = {"alt": line(alt, LONGEST_ALT), "caption": line(caption)}
    facts |= {"basis": basis, "basis_note": line(basis_note)}
    if not facts["alt"]:
        raise Refused(NO_ALT)
    if basis not in Illustration.Basis.values:
        raise Refused(NO_BASIS)
    if basis == Illustration.Basis.AGREED and not facts["basis_note"] and not is_sent:
        raise Refused(NO_NOTE)
    return facts
