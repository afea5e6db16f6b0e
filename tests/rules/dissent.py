"""Where an answer shows agreement, and whether a challenge stands beside it.

Pages are looked at part by part: what shows agreement has its challenge in the same section, or in
the same row of a chart. Files and feeds are looked at whole.
"""

import re
from collections.abc import Iterator

from lxml import html

# Words that only agreeing, and only challenging, notes of a test hold.
AGREES, CHALLENGES = "gladheron", "sternwren"
IN_WORDS = {
    "tick": re.compile(
        rf"{AGREES}|\b[1-9]\d* agree|\bagreements? of [1-9]|\b[1-9]\d* agreements?\b|\bagree:? [1-9]", re.I
    ),
    "square": re.compile(
        rf"{CHALLENGES}|\b[1-9]\d* (?:of them (?:a )?)?challenge"
        r"|\bchallenges? of [1-9]|\bchallenge\W{0,3}[1-9]",
        re.I,
    ),
}
IN_A_FILE = {
    "tick": re.compile(rf"\btick\b|{AGREES}|\bagree\b", re.I),
    "square": re.compile(rf"\bsquare\b|{CHALLENGES}|\bchallenge\b", re.I),
}
# Drawn for one mark: notes, bars with a number, glyphs, and cells of a table that count some.
DRAWN = (
    ".//article[contains(@class, 'note') and @data-mark='{0}']",
    ".//*[@data-mark='{0}' and @data-n and @data-n != '0']",
    ".//*[contains(@class, 'glyphs')]//*[@data-mark='{0}']",
    ".//td[.//*[@data-mark='{0}'] and span[not(@aria-hidden) and normalize-space() != '0']]",
)
# What a reader takes in at one look. A note is less than that.
PARTS = frozenset({"section", "aside", "main", "body"})
# On a screen all is seen at once: the wall, and the counts beside it.
ONE_LOOK = frozenset({"body"})
# The reader's own notes; what shows how the site draws, or asks which mark somebody wants to make.
NOT_SAID = (
    ".//article[contains(@class, 'note--mine')]|.//*[contains(@class, 'legend')]"
    "|.//form|.//script|.//style|.//template|.//svg"
)


def shows(kind: str, body: str, parts: frozenset[str] = PARTS) -> tuple[bool, list[str]]:
    """Whether an answer shows agreement, and its `parts` that do so without a challenge beside it."""
    if not body.strip():
        return False, []
    if kind == "text/html":
        return in_page(html.document_fromstring(body), parts)
    agrees = bool(IN_A_FILE["tick"].search(body))
    return agrees, [kind] if agrees and not IN_A_FILE["square"].search(body) else []


def in_page(tree: html.HtmlElement, parts: frozenset[str]) -> tuple[bool, list[str]]:
    for element in tree.xpath(NOT_SAID):
        element.drop_tree()
    agreeing = {part_of(sign, parts) for sign in signs_of("tick", tree)}
    alone = [part for part in agreeing if not any(True for _ in signs_of("square", part))]
    return bool(agreeing), [" ".join(part.text_content().split())[:200] for part in alone]


def signs_of(mark: str, tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for path in DRAWN:
        yield from tree.xpath(path.format(mark))
    for element in tree.iter():
        if isinstance(element.tag, str) and IN_WORDS[mark].search(own_words(element)):
            yield element


def own_words(element: html.HtmlElement) -> str:
    """What it says itself, and what stands in and between the pieces of its line."""
    pieces = (f"{child.text or ''}{child.tail or ''}" for child in element if isinstance(child.tag, str))
    return f"{element.text or ''}{''.join(pieces)}"


def part_of(sign: html.HtmlElement, parts: frozenset[str]) -> html.HtmlElement:
    for element in (sign, *sign.iterancestors()):
        is_row = element.tag == "li" and "chart" in (element.getparent().get("class") or "").split()
        if element.tag in parts or (is_row and parts == PARTS):
            return element
    return sign
