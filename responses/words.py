"""Words as they were typed, fit to be kept: nothing corrected, nothing that breaks a page."""

import unicodedata

MOST = 1000  # characters on one note
KEPT_CONTROLS = {"\n", "\t"}


def tidy_words(typed: str) -> str:
    """The typed words in NFC with plain line breaks, without control characters at all."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()
