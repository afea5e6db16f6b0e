"""Citations as BibTeX: what biblatex and Zotero both read, whatever stands in a title."""

from collections.abc import Iterable, Iterator

from archive.cite.creators import Creator
from archive.cite.lines import on_one_line
from archive.cite.work import Work

# A brace behind a backslash still counts as one when BibTeX looks for the end of a field.
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# Pairs that LaTeX prints as one sign.
PAIRS = ("--", "''", "``")
IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def to_bibtex(works: Iterable[Work]) -> Iterator[str]:
    """One entry for each of `works`, as they come, with an empty line after each."""
    return (bibtex_of(work) for work in works)


def bibtex_of(work: Work) -> str:
    entry = "dataset" if work.data_version else "misc"
    lines = [f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value]
    return f"@{entry}{{{work.key},\n{''.join(lines)}}}\n\n"


def escaped(text: str) -> str:
    """`text` as LaTeX that prints it as it is."""
    plain = on_one_line(text).translate(ESCAPED)
    for pair in PAIRS:
        plain = plain.replace(pair, "{}".join(pair)).replace(pair, "{}".join(pair))
    return plain


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(_name(creator) for creator in work.creators)
    # Twice in braces, so that no style changes the case of somebody's words.
    yield "title", f"{{{escaped(work.title)}}}"
    yield "date", work.issued
    yield "year", work.issued[:4]
    yield "publisher", escaped(work.publisher)
    yield "howpublished", escaped(". ".join(part for part in (work.genre, work.location) if part))
    yield "version", escaped(work.edition)
    yield "url", work.address.translate(IN_ADDRESSES)
    yield "abstract", escaped(work.abstract)
    yield "keywords", ", ".join(escaped(keyword) for keyword in work.keywords)
    yield "langid", "british" if work.language == "en-GB" else ""
    yield "copyright", escaped(f"{work.rights.statement} {work.rights.uri}")


def _name(creator: Creator) -> str:
    """A body in braces of its own, so that no "and" in its name makes two of it."""
    return escaped(creator.inverted) if creator.family else f"{{{escaped(creator.name)}}}"
