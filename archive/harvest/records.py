"""Records: a header for each thing, and its metadata while everybody may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.db.models import Model

from archive.cite.works import work_of
from archive.harvest.changes import Changed, Place
from archive.harvest.dublin_core import add_record, told
from archive.harvest.kinds import BY_NAME, KINDS
from archive.harvest.requests import SECOND, OaiError

Things = Mapping[str, Model]


def name_of(one: Changed) -> str:
    """Its identifier here: `oai:host:kind:id`."""
    return f"{_ours()}{one.kind}:{one.identifier}"


def find(identifier: str) -> Changed:
    """What this identifier names, gone or not; raises OaiError where nothing does."""
    kind_name, _, own = identifier.removeprefix(_ours()).partition(":")
    kind = BY_NAME.get(kind_name) if identifier.startswith(_ours()) else None
    if kind is not None:
        for rows, is_gone in ((kind.shown(), False), (kind.gone(), True)):
            if row := kind.named(rows, own).values_list("stamp", "pk").first():
                return Changed(Place(row[0], KINDS.index(kind), row[1]), kind.name, own, is_gone)
    raise OaiError("idDoesNotExist", "Nothing here has this identifier, or ever had it.")


def must_be_there(identifier: str) -> None:
    find(identifier)


def things_of(changed: Iterable[Changed]) -> Things:
    """What is there of `changed`, by the identifier, as everybody may see it now; a few queries a kind."""
    things: dict[str, Model] = {}
    wanted = [one for one in changed if not one.is_gone]
    for kind in KINDS:
        names = {one.place.pk: name_of(one) for one in wanted if one.kind == kind.name}
        if names:
            rows = kind.with_parts(kind.shown().filter(pk__in=names))
            things |= {names[row.pk]: row for row in rows}
    return things


def add_header(within: Element, one: Changed) -> None:
    header = SubElement(within, "header", {"status": "deleted"} if one.is_gone else {})
    told(header, "identifier", name_of(one))
    told(header, "datestamp", one.at.strftime(SECOND))
    told(header, "setSpec", BY_NAME[one.kind].spec)


def add_whole(within: Element, one: Changed, things: Things) -> None:
    """A record: the header alone where it is gone, also since it was looked up."""
    record, thing = SubElement(within, "record"), things.get(name_of(one))
    add_header(record, replace(one, is_gone=thing is None))
    if thing:
        add_record(SubElement(record, "metadata"), work_of(thing))


def _ours() -> str:
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:"
