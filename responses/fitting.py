"""Words for the big screen: as large as they fit, and where they are long, openly shortened."""

import unicodedata

# Up to so many letters' width for each size, the largest first; longer words are shortened.
SIZES = (40, 80, 140)
WIDE = {"W", "F"}


def width_of(words: str) -> float:
    """How much room words take, in widths of a small letter: signs as wide as they are high count twice."""
    return sum(
        2 if unicodedata.east_asian_width(sign) in WIDE else 1.5 if sign.isupper() else 1 for sign in words
    )


def shortened(words: str, most: int) -> str:
    """The words in one line; where they need more room than `most`, as many whole words as fit and …"""
    words = " ".join(words.split())
    if width_of(words) <= most:
        return words
    kept, room = [], float(most)
    for sign in words:
        room -= width_of(sign)
        if room < 0:
            break
        kept.append(sign)
    cut = "".join(kept)
    whole = cut.rsplit(" ", 1)[0] if " " in cut[len(cut) // 2 :] else cut
    return f"{whole.rstrip(' ,;:.–-')} …"


def size_of(words: str) -> int:
    """1 for a few words, which are shown largest, to 4 for many."""
    width = width_of(words)
    return next((at for at, most in enumerate(SIZES, 1) if width <= most), len(SIZES) + 1)
