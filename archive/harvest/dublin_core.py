"""A work as a record of Dublin Core, and XML that holds whatever people wrote."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, register_namespace

from archive.cite.work import Work

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
SCHEMA_AT = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
DC = "http://purl.org/dc/elements/1.1/"
register_namespace("oai_dc", OAI_DC)
register_namespace("dc", DC)
# What XML 1.0 cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The words of DCMI for what is not a text.
TYPES = {"event": "Event", "release": "Dataset", "picture": "StillImage"}


def writable(words: str) -> str:
    """`words` with U+FFFD for each character that XML cannot hold."""
    return UNWRITABLE.sub("\ufffd", words)


def told(within: Element, name: str, words: str, **attributes: str) -> Element:
    """A new last child of `within` that holds `words`."""
    child = SubElement(within, name, {key: writable(value) for key, value in attributes.items()})
    child.text = writable(words)
    return child


def add_record(within: Element, work: Work) -> None:
    """Write `work` into `within` as oai_dc."""
    record = SubElement(within, f"{{{OAI_DC}}}dc", {SCHEMA_AT: f"{OAI_DC} {SCHEMA}"})
    for name, words in _facts(work):
        if words:
            told(record, f"{{{DC}}}{name}", words)


def add_description(within: Element, title: str, words: str) -> None:
    """Write a title and a description of something else, such as a whole repository."""
    record = SubElement(within, f"{{{OAI_DC}}}dc", {SCHEMA_AT: f"{OAI_DC} {SCHEMA}"})
    told(record, f"{{{DC}}}title", title)
    told(record, f"{{{DC}}}description", words)


def _facts(work: Work) -> Iterator[tuple[str, str]]:
    yield "title", work.title
    yield from (("creator", creator.inverted) for creator in work.creators)
    yield from (("subject", word) for word in work.keywords)
    yield "description", work.words
    yield "description", work.abstract
    yield "publisher", work.publisher
    yield "date", work.issued or work.changed
    yield "type", TYPES.get(work.kind, "Text")
    yield "type", work.genre
    yield "identifier", work.url
    yield "identifier", work.version_url
    yield "language", work.language
    yield "relation", work.part_of
    yield "coverage", work.place
    yield "rights", work.rights.statement
    yield "rights", work.rights.uri
