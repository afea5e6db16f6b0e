"""Marks what was searched in the words of a result. What comes out is HTML in which only marks are tags."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from archive.search.parse import Kind, Term
from archive.search.words import CONFIG, SPACES
from coproduce.replica import reading_connection

# Characters of private use stand for marks until everything else is escaped; nobody types them.
BEGIN, END = "\ue000", "\ue001"
OPTIONS = f"HighlightAll=true, StartSel={BEGIN}, StopSel={END}"
MOST, BEFORE = 320, 80  # characters shown of a text, and of those the ones before the first mark
ASKED = {
    Kind.WORDS: "plainto_tsquery(%s, %s)",
    Kind.PHRASE: "phraseto_tsquery(%s, %s)",
    Kind.PREFIX: "to_tsquery(%s, quote_literal(%s) || ':*')",
}


def highlighted(texts: Sequence[str], terms: Iterable[Term]) -> list[SafeString]:
    """Each text as safe HTML with `mark` around what `terms` found in it, long ones cut; in one query.

    The whole text is gone through: a headline of parts would drop what looks like a tag.
    """
    there = [term for term in terms if not term.is_left_out]
    clean = [text.replace(BEGIN, "").replace(END, "") for text in texts]
    for part in (term.text for term in there if term.kind == Kind.PART):
        clean = [_around(text, part) for text in clean]
    marked = _marked(clean, [term for term in there if term.kind != Kind.PART])
    return [_as_html(_cut(text)) for text in marked]


def _marked(texts: list[str], terms: list[Term]) -> list[str]:
    if not terms or not texts:
        return texts
    asked = " || ".join(ASKED[term.kind] for term in terms)
    given = [value for term in terms for value in (CONFIG, term.text.translate(SPACES))]
    with reading_connection().cursor() as cursor:
        cursor.execute(
            f"SELECT ts_headline(%s, text, {asked}, %s) FROM unnest(%s) WITH ORDINALITY AS of (text, place)"  # noqa: S608
            " ORDER BY place",
            [CONFIG, *given, OPTIONS, texts],
        )
        return [text for (text,) in cursor.fetchall()]


def _around(text: str, part: str) -> str:
    """`text` with marks around each `part`, in whatever case it is written."""
    low, wanted, done, kept = text.lower(), part.lower(), 0, []
    if len(low) != len(text):  # a character whose small form is longer would shift all that follows
        return text
    while (at := low.find(wanted, done)) >= 0:
        kept += [text[done:at], BEGIN, text[at : at + len(part)], END]
        done = at + len(part)
    return "".join([*kept, text[done:]])


def _cut(text: str) -> str:
    """At most MOST characters, among them the first mark; never through a mark."""
    if len(text) <= MOST:
        return text
    first = max(text.find(BEGIN) - BEFORE, 0)
    begin = text.find(" ", first) + 1 if first else 0
    piece = text[begin : begin + MOST]
    if piece.count(BEGIN) > piece.count(END):
        piece = piece[: piece.rfind(BEGIN)]
    ends = begin + len(piece) >= len(text)
    return f"{'… ' if begin else ''}{piece.strip()}{'' if ends else ' …'}"


def _as_html(text: str) -> SafeString:
    tags = escape(text).replace(BEGIN, "<mark>").replace(END, "</mark>").replace("\n", "<br>")
    return mark_safe(tags)  # only the two tags put in here are not escaped
