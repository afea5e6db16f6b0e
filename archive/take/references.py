"""Notes as references for Zotero and its like: one for each that everybody can open."""

from collections.abc import Iterator

from archive.cite.bibtex import to_bibtex
from archive.cite.csl import to_csl
from archive.cite.ris import to_ris
from archive.cite.work import Work
from archive.cite.works import works_of_notes
from archive.take.rows import Taking
from people.guests import ANYBODY


def ris(taking: Taking) -> Iterator[bytes]:
    return _encoded(to_ris(_works(taking)))


def bibtex(taking: Taking) -> Iterator[bytes]:
    return _encoded(to_bibtex(_works(taking)))


def csl_json(taking: Taking) -> Iterator[bytes]:
    return _encoded(to_csl(_works(taking)))


def _works(taking: Taking) -> Iterator[Work]:
    return works_of_notes(taking.notes.visible_to(ANYBODY))


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)
