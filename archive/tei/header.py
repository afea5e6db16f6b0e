"""The header of a TEI file: where its notes are from, how they were read, and what the codes mean."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings

from archive.editions import READERS, Edition
from archive.tei.pieces import UNWRITABLE
from responses.models import Mark, Origin, Reading, Ruling, TextState

# Each paragraph is one of the editorial declaration.
EDITORIAL = """
Nothing is corrected, normalised or silently completed. Line breaks are those of the note.

Where a volunteer read the note from the paper or a photograph, bare dots are dots on the note, and words
that could not be read are a gap. In a transcript that came from elsewhere bare dots are a gap with a
certainty in it: it is not certain that anything is missing there.

A best guess is unclear; of several, in a choice, the first is preferred. A remark of a reader is a note of
the type transcriber and does not stand on the paper. What the organisers took out is a gap with the reason
redacted. A note whose words may not be taken away has a gap with the reason withheld.

The accepted reading stands in the text. Where there are others that everybody may see, it is the lem of an
app and they are its rdg. Only a person accepts a reading, and every acceptance is in the revision
description. Readings that were rejected or wait for a decision are not in this file.

A character that XML cannot hold is a g with its number in hexadecimal digits.

Nobody is named: readers and those who decided are told apart in general only.
"""
TAXONOMIES = {
    "mark": ("What the response does to the principle", Mark),
    "state": ("What is known of its words; also the subtype of each response", TextState),
    "origin": ("Where the note came from", Origin),
}
TERMS = (
    "Beyond what those who wrote the notes agreed to, no licence is given unless the page of the event says "
    "so. If you keep a copy, fetch it again before you publish: somebody may have withdrawn a note since."
)


def header_of(edition: Edition, rulings: Iterable[Ruling], *, is_part: bool = False) -> Element:
    """Of one event; as `is_part` of a corpus without what the corpus says for all its parts."""
    header = Element("teiHeader")
    description = SubElement(header, "fileDesc")
    title = _add_title(description, edition)
    _add_publication(description, edition)
    source = _add_source(description, edition)
    if not is_part:
        _add_readers(title)
        _add_witnesses(source)
        _add_encoding(header)
    _add_revisions(header, rulings)
    return header


def header_of_corpus(title: str, address: str, source: str) -> Element:
    """What holds for every event: who read notes, from what, and what the codes mean."""
    header = Element("teiHeader")
    description = SubElement(header, "fileDesc")
    statement = SubElement(description, "titleStmt")
    told(statement, "title", title)
    _add_readers(statement)
    _publish(description, address)
    within = SubElement(description, "sourceDesc")
    told(SubElement(within, "bibl"), "title", source)
    _add_witnesses(within)
    _add_encoding(header)
    return header


def told(within: Element, name: str, text: str, **attributes: str) -> Element:
    """A new element `name` that holds `text`, with a mark in the place of what XML cannot hold."""
    element = SubElement(within, name, attributes)
    element.text = UNWRITABLE.sub("\ufffd", str(text))
    return element


def _add_title(within: Element, edition: Edition) -> Element:
    statement = SubElement(within, "titleStmt")
    told(statement, "title", f"{edition.event.name}: what people answered")
    for organiser in edition.event.held_by:
        told(statement, "sponsor", organiser)
    return statement


def _add_readers(statement: Element) -> None:
    for key, name in READERS.items():
        responsible = SubElement(statement, "respStmt", {"xml:id": key})
        told(responsible, "resp", "Read notes")
        told(responsible, "name", name)


def _add_publication(within: Element, edition: Edition) -> None:
    _publish(within, f"{settings.SITE_URL}{edition.event.get_absolute_url()}")


def _publish(within: Element, address: str) -> None:
    statement = SubElement(within, "publicationStmt")
    told(statement, "publisher", settings.SITE_NAME)
    told(statement, "idno", address, type="URL")
    told(SubElement(statement, "availability", status="restricted"), "p", TERMS)


def _add_source(within: Element, edition: Edition) -> Element:
    source = SubElement(within, "sourceDesc")
    bibl = SubElement(source, "bibl")
    told(bibl, "title", edition.event.name)
    told(bibl, "date", edition.event.span.words())
    if edition.event.place:
        told(bibl, "placeName", edition.event.place)
    if edition.event.is_invented:
        told(bibl, "note", "The notes are invented, as a demonstration.")
    return source


def _add_witnesses(source: Element) -> None:
    witnesses = SubElement(source, "listWit")
    for witness in Reading.Witness:
        told(witnesses, "witness", str(witness.label), **{"xml:id": f"witness-{witness}"})


def _add_encoding(header: Element) -> None:
    encoding = SubElement(header, "encodingDesc")
    editorial = SubElement(encoding, "editorialDecl")
    for paragraph in EDITORIAL.strip().split("\n\n"):
        told(editorial, "p", paragraph.replace("\n", " "))
    declared = SubElement(encoding, "classDecl")
    for prefix, (meaning, choices) in TAXONOMIES.items():
        taxonomy = SubElement(declared, "taxonomy", {"xml:id": prefix})
        told(taxonomy, "desc", meaning)
        for choice in choices:
            category = SubElement(taxonomy, "category", {"xml:id": f"{prefix}-{choice}"})
            told(category, "catDesc", str(choice.label))


def _add_revisions(header: Element, rulings: Iterable[Ruling]) -> None:
    """One change for each day on which readings were accepted, the newest first."""
    days = [(day, list(of_day)) for day, of_day in groupby(rulings, lambda one: one.at.date().isoformat())]
    revisions = SubElement(header, "revisionDesc") if days else None
    for day, of_day in days:
        said = ", ".join(f"reading {one.reading.number} of {one.note.label}" for one in of_day)
        targets = " ".join(dict.fromkeys(f"#note-{one.note.identifier}" for one in of_day))
        told(revisions, "change", f"Accepted: {said}.", when=day, who="#organiser", target=targets)
