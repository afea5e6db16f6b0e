"""`datapackage.json`: version 2 of the Data Package standard."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from archive.take.moment import About
from archive.take.pack import Packed
from archive.take.table import MISSING, Field, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def descriptor(told: About, tables: Iterable[Table], packed: Iterable[Packed]) -> dict[str, object]:
    """The package, with size and checksum of each table; `packed` are the same tables in the same order."""
    return {
        "$schema": PROFILE,
        "name": told.slug.lower(),
        "id": f"{told.work.url}#{told.data_version}",
        "title": f"{settings.SITE_NAME}: {told.work.title[:1].lower()}{told.work.title[1:]}",
        "description": f"{told.rights} Read README.md first.",
        "homepage": settings.SITE_URL + "/",
        "version": told.data_version,
        "created": told.data_version,
        "licenses": [{"path": told.licence, "title": "Terms, row by row"}],
        "contributors": [{"title": settings.SITE_NAME, "roles": ["publisher"]}],
        "sources": [{"title": settings.SITE_NAME, "path": settings.SITE_URL + "/"}],
        "resources": [_resource(*both) for both in zip(tables, packed, strict=True)],
    }


def _resource(table: Table, packed: Packed) -> dict[str, object]:
    return {
        "$schema": RESOURCE,
        "name": table.name,
        "path": packed.name,
        "type": "table",
        "title": table.title,
        "description": f"{table.about} {packed.rows} rows.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": packed.size,
        "hash": f"sha256:{packed.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, object]:
    schema = {
        "$schema": SCHEMA,
        "fields": [_field(field, is_key=field.name in table.key) for field in table.fields],
        "missingValues": list(MISSING),
        "primaryKey": list(table.key),
    }
    points = list(_points(table))
    return schema | {"foreignKeys": points} if points else schema


def _field(field: Field, *, is_key: bool) -> dict[str, object]:
    described = {"name": field.name, "type": field.type, "description": field.meaning}
    if field.values:
        described["categories"] = [
            {"value": value, "label": str(label or value)} for value, label in field.values
        ]  # fmt: skip
    return described | {"constraints": {"required": True}} if is_key else described


def _points(table: Table) -> Iterator[dict[str, object]]:
    for field in table.fields:
        if field.at:
            resource, name = field.at
            yield {"fields": [field.name], "reference": {"resource": resource, "fields": [name]}}
