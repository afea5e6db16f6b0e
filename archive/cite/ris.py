"""Citations as RIS, with the tags that Zotero files where they belong."""

from collections.abc import Iterable, Iterator

from archive.cite.dates import slashed
from archive.cite.lines import on_one_line
from archive.cite.work import Work


def to_ris(works: Iterable[Work]) -> Iterator[str]:
    """One record for each of `works`, as they come; CRLF between lines, an empty one after each record."""
    return (ris_of(work) for work in works)


def ris_of(work: Work) -> str:
    lines = [("TY", work.names.ris), *((tag, value) for tag, value in _fields(work) if value), ("ER", "")]
    return "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in lines) + "\r\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "ID", work.key
    yield "TI", work.title
    for creator in work.creators:
        # Without the comma a body is taken apart like a person.
        yield "AU", creator.inverted if creator.family else f"{on_one_line(creator.name).replace(',', ' ')},"
    yield "DA", slashed(work.issued)
    yield "PY", work.issued[:4]
    yield "PB", work.publisher
    yield "UR", work.address
    yield "AB", work.abstract
    for keyword in work.keywords:
        yield "KW", keyword
    yield "LA", work.language
    yield "M3", work.genre
    yield "ET", work.edition
    yield "AV", work.location
    yield "DB", work.publisher if work.location else ""
    yield "C1", f"{work.rights.statement} {work.rights.uri}"
