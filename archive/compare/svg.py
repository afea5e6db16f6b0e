"""A laid-out figure as SVG: its words escaped, no script, no style.

The colours stand in attributes, as a file of its own needs them; on a page classes overrule them, so
that the same drawing follows the reader's theme, paper and forced colours. Marks differ by pattern too.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from archive.compare.layout import Box, Drawing, Stroke, Text

INK, SOFT, RULE, PAGE = "#17181f", "#4b4f59", "#c5cbc8", "#f8f9f6"
PENS = {
    "tick": "#14622f",
    "heart": "#a61735",
    "bubble": "#1f45a8",
    "square": "#17181f",
    "not_recorded": "#4a4e57",
}
FONT = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, sans-serif"
# What XML cannot hold at all, however it is escaped.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A pattern of 6 by 6 for each pen that does not fill its bar: hatched, dotted, crossed.
PATTERNS = {
    "heart": "M-1 1L1 -1M0 6L6 0M5 7L7 5",
    "bubble": "M1.500 3h3",
    "square": "M0 0L6 6M0 6L6 0",
}


def to_svg(drawing: Drawing, *, name: str, title: str, description: str, alone: bool = False) -> str:
    """The drawing as an element called `name`; `alone` as a file, with its ground and its declaration."""
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" id={_quoted(name)} role="img"'
        f' aria-labelledby={_quoted(f"{name}-t {name}-d")} viewBox="0 0 {drawing.width} {drawing.height}"'
        f' width="{drawing.width}" height="{drawing.height}" font-family={_quoted(FONT)}>'
    )
    said = f"<title id={_quoted(name + '-t')}>{_safe(title)}</title>"
    said += f"<desc id={_quoted(name + '-d')}>{_safe(description)}</desc>"
    ground = f'<rect width="100%" height="100%" fill="{PAGE}"/>' if alone else ""
    shapes = "\n".join(_shape(shape, name) for shape in drawing.shapes)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n' if alone else ""
    return f"{declaration}{start}{said}<defs>{_patterns(name)}</defs>{ground}\n{shapes}\n</svg>"


def _patterns(name: str) -> str:
    made = (
        f'<pattern id={_quoted(f"{name}-{mark}")} width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path class="pen-line pen-line--{mark}" d="{path}" stroke="{PENS[mark]}" stroke-width="2"/>'
        "</pattern>"
        for mark, path in PATTERNS.items()
    )
    return "".join(made)


def _shape(shape: Text | Box | Stroke, name: str) -> str:
    if isinstance(shape, Text):
        return _text(shape)
    return _box(shape, name) if isinstance(shape, Box) else _stroke(shape)


def _text(text: Text) -> str:
    anchor = ' text-anchor="end"' if text.end else ""
    kind, fill = ("ink-soft", SOFT) if text.soft else ("ink", INK)
    return (
        f'<text class="{kind}" x="{text.x:g}" y="{text.y:g}" font-size="{text.size}"'
        f' font-weight="{text.weight}" fill="{fill}"{anchor}>{_safe(text.words)}</text>'
    )


def _box(box: Box, name: str) -> str:
    """Filled with its pen, with its pattern, or for a mark not recorded only outlined."""
    pen = PENS.get(box.mark, INK)
    fill = f"url(#{name}-{box.mark})" if box.mark in PATTERNS else "none"
    kind = f"pen-line--{box.mark or 'plain'}"
    if box.mark in ("tick", ""):
        fill, kind = pen, f"{kind} pen-full--{box.mark or 'plain'}"
    return (
        f'<rect class="pen-line {kind}" x="{box.x + 0.75:.2f}" y="{box.y + 0.75:.2f}"'
        f' width="{max(box.width - 1.5, 0.1):.2f}" height="{box.height - 1.5:.2f}" fill="{_safe(fill)}"'
        f' stroke="{pen}" stroke-width="1.5"/>'
    )


def _stroke(stroke: Stroke) -> str:
    path = "".join("M" + "L".join(f"{x:.4g} {y:.6g}" for x, y in line) for line in stroke.lines)
    pen, kind = PENS.get(stroke.mark, INK), f"pen-line--{stroke.mark or 'plain'}"
    pen, kind = (RULE, "rule") if stroke.soft else (pen, kind)
    return (
        f'<path class="pen-line {kind}" d="{path}" fill="none" stroke="{pen}"'
        f' stroke-width="{stroke.width:g}" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def _safe(words: str) -> str:
    return escape(UNWRITABLE.sub("�", words))


def _quoted(words: str) -> str:
    return quoteattr(UNWRITABLE.sub("�", words))
