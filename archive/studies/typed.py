"""What people type into studies, fit to be kept."""

from django.utils.translation import gettext as _

from people.refusals import Refused
from responses.words import tidy_words

LONGEST_ABOUT = 2000  # characters of what a study asks


def line_of(typed: str, *, or_else: str, most: int) -> str:
    """The typed words on one line; refuses none, saying `or_else`, and more than `most` characters."""
    words = " ".join(text_of(typed, most=most).split())
    if not words:
        raise Refused(or_else)
    return words


def text_of(typed: str, *, most: int) -> str:
    """The typed words with their line breaks, empty where there are none; refuses more than `most`."""
    words = tidy_words(typed)
    if len(words) > most:
        raise Refused(
            _("That has %(number)s characters. %(most)s have to do.")
            % {"number": format(len(words), ","), "most": format(most, ",")}
        )
    return words
