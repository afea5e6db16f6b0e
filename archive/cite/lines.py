"""What keeps anybody's words inside one field of a file that has a line for each."""

import unicodedata

# Line ends of Unicode beside those that `splitlines` and Python's own know, and marks that turn the text.
TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def on_one_line(text: str) -> str:
    """`text` with every run of spaces and line ends as one space, and without control characters."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join(plain.translate(TURNS).split())
