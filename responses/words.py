"""Words as they were typed, fit to be kept: nothing corrected, nothing that breaks a page."""

import unicodedata

from django.utils.translation import gettext as _

from people.refusals import Refused

MOST = 1000  # characters on one note
# Composing and trimming make few characters of many, but a heap of them is not read at all:
# putting combining marks in their order takes time by the square of their number.
MOST_TYPED = 10 * MOST
KEPT_CONTROLS = {"\n", "\t"}
LONGEST_NAME = 60  # characters of a name shown with a note
# What turns the direction of the text after it: a name has to stay in its place on the card.
TURNS = {*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def tidy_words(typed: str) -> str:
    """The typed words in NFC with plain line breaks, without control characters at all."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def words_that_fit(typed: str) -> str:
    """The typed words, tidied; refuses more than one note holds."""
    length = len(typed) if len(typed) > MOST_TYPED else len(words := tidy_words(typed))
    if length > MOST:
        raise Refused(
            _("That is %(length)s characters. A note holds %(most)s: make two of it.")
            % {"length": length, "most": MOST}
        )
    return words


def name_that_fits(typed: str) -> str:
    """A name to show with a note, on one line and without signs that turn text; refuses a long one."""
    if len(typed) > MOST_TYPED:
        raise Refused(_too_long(len(typed)))
    name = " ".join("".join(c for c in tidy_words(typed) if c not in TURNS).split())
    if len(name) > LONGEST_NAME:
        raise Refused(_too_long(len(name)))
    return name


def _too_long(length: int) -> str:
    return _("That name has %(length)s characters. %(longest_name)s have to do.") % {
        "length": length,
        "longest_name": LONGEST_NAME,
    }
