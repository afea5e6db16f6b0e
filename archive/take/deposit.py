"""What a repository asks of a deposit: DataCite 4.5 and RO-Crate 1.3."""

import json
from collections.abc import Iterable, Iterator

from django.conf import settings

from archive.take.moment import About, about
from archive.take.pack import Packed
from archive.take.rows import Taking

CRATE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.3/context"
CONFORMS = "https://w3id.org/ro/crate/1.3"
SAID_OF = {
    "README.md": "What this is, how to read it and how to cite it.",
    "data-dictionary.md": "What every column of every table means.",
    "datacite.json": "The metadata of a deposit, as DataCite has it.",
    "datapackage.json": "The tables as a Data Package, with their columns and checksums.",
}
KINDS = {"csv": "text/csv", "md": "text/markdown", "json": "application/json"}


def write_datacite(taking: Taking) -> Iterator[bytes]:
    told = datacite_of(about(taking))
    yield (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def datacite_of(told: About) -> dict[str, object]:
    """The metadata of a deposit without a DOI, which the repository gives; its form asks for the same."""
    spans = f"{told.first_year}/{told.last_year}" if told.first_year else ""
    return {
        "url": told.work.url,
        "alternateIdentifiers": [
            {"alternateIdentifier": told.data_version, "alternateIdentifierType": "version of the data"}
        ],
        "creators": [{"name": creator.name, "nameType": "Organizational"} for creator in told.work.creators],
        "titles": [{"title": f"{settings.SITE_NAME}: {told.work.title}"}],
        "publisher": {"name": settings.SITE_NAME},
        "publicationYear": told.day[:4],
        "types": {"resourceType": "Dataset", "resourceTypeGeneral": "Dataset"},
        "language": "en-GB",
        "version": told.data_version,
        "dates": [
            {"date": told.day, "dateType": "Created"},
            *([{"date": spans, "dateType": "Collected"}] if spans else []),
        ],
        "rightsList": [{"rights": told.rights, "rightsUri": told.licence}],
        "descriptions": [{"description": _abstract(told), "descriptionType": "Abstract"}],
        "subjects": [{"subject": "co-production"}, {"subject": "participation"}],
        "formats": ["text/csv"],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


def _abstract(told: About) -> str:
    return (
        f"{told.notes} sticky notes that people left at events on co-production, with the principles they "
        "answer, the events, how notes on paper were read, and what came of them."
    )


def crate_of(told: About, files: Iterable[Packed]) -> dict[str, object]:
    """`ro-crate-metadata.json` for a folder with these files."""
    files = list(files)
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": CONFORMS},
            },
            _root(told, files),
            {"@id": settings.SITE_URL + "/", "@type": "Organization", "name": settings.SITE_NAME,
             "url": settings.SITE_URL + "/"},
            {"@id": told.licence, "@type": "CreativeWork", "name": "Terms, row by row",
             "description": told.rights},
            {"@id": "#version", "@type": "PropertyValue", "name": "version of the data",
             "value": told.data_version, "url": told.work.url},
            *map(_file, files),
        ],
    }  # fmt: skip


def _root(told: About, files: Iterable[Packed]) -> dict[str, object]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": {"@id": "#version"},
        "name": f"{settings.SITE_NAME}: {told.work.title}",
        "description": _abstract(told),
        "datePublished": told.day,
        "version": told.data_version,
        "license": {"@id": told.licence},
        "publisher": {"@id": settings.SITE_URL + "/"},
        "author": {"@id": settings.SITE_URL + "/"},
        "hasPart": [{"@id": file.name} for file in files],
    }


def _file(file: Packed) -> dict[str, object]:
    described = {
        "@id": file.name,
        "@type": "File",
        "name": file.name,
        "encodingFormat": KINDS[file.name.rpartition(".")[2]],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }
    return described | {"description": SAID_OF.get(file.name, f"A table of {file.rows} rows.")}
