"""Words as they were typed, fit to be kept: nothing corrected, nothing that breaks a page."""

import unicodedata

from people.refusals import Refused

MOST = 1000  # characters on one note
# Composing and trimming make few characters of many, but a heap of them is not read at all:
# putting combining marks in their order takes time by the square of their number.
MOST_TYPED = 10 * MOST
KEPT_CONTROLS = {"\n", "\t"}


def tidy_words(typed: str) -> str:
    """The typed words in NFC with plain line breaks, without control characters at all."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def words_that_fit(typed: str) -> str:
    """The typed words, tidied; refuses more than one note holds."""
    length = len(typed) if len(typed) > MOST_TYPED else len(words := tidy_words(typed))
    if length > MOST:
        raise Refused(f"That is {length} characters. A note holds {MOST}: make two of it.")
    return words
