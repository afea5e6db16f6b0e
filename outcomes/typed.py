"""What people type into outcomes, fit to be kept: words, reasons, days and links."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from events.models import validate_date
from people.refusals import Refused
from responses.words import tidy_words

LONGEST_TEXT = 3000  # characters of a statement, a decision or an update
LONGEST_REASON = 300
LONGEST_LINK = 300
is_web_address = URLValidator(schemes=["http", "https"])


def words_of(typed: str, *, or_else: str, most: int = LONGEST_TEXT) -> str:
    """The typed words, tidied; refuses none with the sentence `or_else`, and more than `most` characters."""
    words = tidy_words(typed)
    if not words:
        raise Refused(or_else)
    if len(words) > most:
        raise Refused(
            _("That has %(number)s characters. %(most)s have to do.") % {"number": len(words), "most": most}
        )
    return words


def reason_of(typed: str, *, most: int = LONGEST_REASON) -> str:
    """A reason that is shown in public, on one line; refuses none and one that is too long."""
    why = words_of(typed, or_else=_("Say why, in a sentence: it is shown in public."), most=most)
    return " ".join(why.split())


def day_of(typed: str) -> str:
    """A day as it is kept (see `events.edtf`), or empty; refuses what is no date."""
    due = typed.strip()
    try:
        if due:
            validate_date(due)
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    return due


def link_of(typed: str) -> str:
    """A web address, or empty; refuses anything else."""
    link = typed.strip()
    try:
        if link:
            is_web_address(link)
    except ValidationError as error:
        raise Refused(_("Give a whole web address that begins with https://.")) from error
    if len(link) > LONGEST_LINK:
        raise Refused(
            _("That address has %(number)s characters. %(longest_link)s have to do.")
            % {"number": len(link), "longest_link": LONGEST_LINK}
        )
    return link
