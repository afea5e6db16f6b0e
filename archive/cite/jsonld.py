"""Works as JSON-LD in the words of schema.org, for pages and for research objects."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from archive.cite.creators import Creator
from archive.cite.dates import span_of
from archive.cite.of_data import PER_ROW
from archive.cite.work import Work, whole
from events.edtf import Point

Data = dict[str, object]
# Inside a script element no word may end it or begin a comment.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def in_script(data: Data) -> SafeString:
    """`data` as JSON that can stand in a script element whatever its words are."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # escaped above


def jsonld_of(work: Work) -> Data:
    """`work` as one node with its context; what is not known is not in it."""
    node = {"@context": "https://schema.org", **(_event(work) if work.kind == "event" else _creative(work))}
    return {name: value for name, value in node.items() if value}


def _notes_of(work: Work) -> Data | None:
    """The notes of an event's record as a set of data."""
    if not work.items:
        return None
    return {
        "@type": "Dataset",
        "name": f"Notes of {work.title}",
        "description": f"Every note that was left at {work.title}, with its mark, its words and its consent.",
        "url": work.url,
        "license": PER_ROW.uri,
        "creator": [_agent(creator) for creator in work.creators] or [_site()],
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": settings.SITE_NAME, "url": _catalogue()},
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": whole(path)}
            for name, kind, path in work.items
        ],
    }


def catalogue(about: str) -> Data:
    """The archive as a catalogue of sets of data."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": _catalogue(),
        "name": settings.SITE_NAME,
        "description": about,
        "url": _catalogue(),
        "license": PER_ROW.uri,
        "publisher": _site(),
        "inLanguage": "en-GB",
    }


def _creative(work: Work) -> Data:
    span = span_of(work.issued)
    node = {
        "@type": work.names.schema,
        "@id": work.address,
        "url": work.address,
        "name": work.title,
        "identifier": work.identifier,
        "description": work.abstract,
        "license": work.rights.uri,
        "publisher": _site(),
        "author": [_agent(creator) for creator in work.creators],
        "datePublished": _iso(span.start) if span else "",
        "inLanguage": work.language,
        "keywords": list(work.keywords),
        "version": work.edition,
        "isAccessibleForFree": True,
        "isPartOf": _whole_of(work),
    }
    return node | TYPED.get(work.names.schema, lambda _: {})(work)


def _quotation(work: Work) -> Data:
    return {"text": work.words}


def _article(work: Work) -> Data:
    return {"headline": work.title, "mainEntityOfPage": work.url, "dateModified": work.changed}


def _term(work: Work) -> Data:
    """A term is no creative work: it has no author of its own."""
    within = {"@type": "DefinedTermSet", "name": work.part_of_name, "url": work.part_of}
    return {
        "description": work.words,
        "inDefinedTermSet": within,
        "termCode": work.identifier,
        **dict.fromkeys(NOT_OF_TERMS),
    }


NOT_OF_TERMS = ("author", "datePublished", "inLanguage", "keywords", "version", "isAccessibleForFree",
                "isPartOf", "license", "publisher")  # fmt: skip
TYPED = {
    "Quotation": _quotation,
    "Article": _article,
    "BlogPosting": _article,
    "DefinedTerm": _term,
    "Dataset": lambda work: {
        "creator": [_agent(creator) for creator in work.creators],
        "author": None,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": settings.SITE_NAME, "url": _catalogue()},
    },
}


def _event(work: Work) -> Data:
    span = span_of(work.issued)
    place = {"@type": "Place", "name": work.place, "address": work.place} if work.place else None
    series = {"@type": "EventSeries", "name": work.part_of_name, "url": work.part_of}
    return {
        "@type": "Event",
        "@id": work.url,
        "url": work.url,
        "name": work.title,
        "identifier": work.identifier,
        "description": work.abstract,
        "startDate": _iso(span.start) if span else "",
        "endDate": _iso(span.end) if span else "",
        "location": place,
        "organizer": [_agent(creator) for creator in work.creators],
        "eventStatus": f"https://schema.org/Event{'Cancelled' if work.is_cancelled else 'Scheduled'}",
        "superEvent": series if work.part_of else None,
        "subjectOf": _notes_of(work),
    }


def _iso(point: Point) -> str:
    """As precise as it is known: `2018-11` where no day is."""
    return "-".join(f"{part:02}" for part in (point.year, point.month, point.day) if part)


def _whole_of(work: Work) -> Data | None:
    if not work.part_of:
        return None
    return {"@type": "CreativeWork", "name": work.part_of_name, "url": work.part_of}


def _agent(creator: Creator) -> Data:
    if not creator.family:
        return {"@type": "Organization", "name": creator.name}
    person = {"familyName": creator.family, "givenName": creator.given}
    return {"@type": "Person", "name": creator.name, **person}


def _site() -> Data:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": whole("/")}


def _catalogue() -> str:
    return whole(reverse("archive"))
