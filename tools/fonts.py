"""Makes a font lighter: only the weights the pages use, and only the letters asked for.

Needed only when a font of vendor.toml changes: `uv run --with fonttools,brotli tools/vendor.py`.
"""

from io import BytesIO
from pathlib import Path

KEPT_FEATURES = ["calt", "ccmp", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk", "pnum", "tnum"]


def lighten(path: Path, weights: tuple[int, int] | None = None, letters: str = "") -> None:
    """Writes the font at `path` anew.

    With `weights` (lightest, boldest) it varies between them alone, and between nothing where both are
    the same; with `letters` it has no others. Hints for the screens of long ago go in any case.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path)
    if weights:
        lightest, boldest = weights
        limit = lightest if lightest == boldest else (lightest, boldest)
        font = _read_again(instantiateVariableFont(font, {"wght": limit}))
    options = Options()
    options.hinting, options.layout_features, options.name_IDs = False, KEPT_FEATURES, ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in letters] or list(font.getBestCmap()))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(path)


def _read_again(font: object) -> object:
    """The same font as if it came from a file: the subsetter stumbles over what was just changed."""
    from fontTools.ttLib import TTFont

    content = BytesIO()
    font.flavor = None
    font.save(content)
    content.seek(0)
    return TTFont(content)
