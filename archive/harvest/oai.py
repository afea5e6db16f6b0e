"""OAI-PMH 2.0: what is asked, answered as XML. Six verbs; its errors are answers too."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from archive.harvest.dublin_core import OAI_DC, SCHEMA_AT, add_description, told, writable
from archive.harvest.dublin_core import SCHEMA as OAI_DC_SCHEMA
from archive.harvest.kinds import KINDS
from archive.harvest.lists import page_in
from archive.harvest.records import add_header, add_whole, find, must_be_there, things_of
from archive.harvest.requests import (
    PREFIX,
    SECOND,
    OaiError,
    Window,
    must_be_known,
    read_request,
    read_window,
)
from archive.harvest.settled import settled_until
from archive.versions import NEVER

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
# Of these the request is not repeated in the answer: it makes no sense.
SENSELESS = {"badVerb", "badArgument"}
ABOUT = (
    "What people said at co-production events, and what came of it. A list without a set holds events, posts "
    "and releases; single responses (sticky notes) are in the set “response”, for whoever asks for it, and "
    "their words only where whoever wrote them lets everybody read and researchers use them. What is "
    "withdrawn is told as deleted, for good, with its identifier and nothing else. The time of an answer is "
    "that up to which every change is in it: ask again from there and nothing is missed."
)


def respond(given: QueryDict) -> bytes:
    """The answer to a request, as an XML document."""
    until = settled_until()
    root = Element("OAI-PMH", {"xmlns": NAMESPACE, SCHEMA_AT: SCHEMA})
    told(root, "responseDate", until.strftime(SECOND))
    request = told(root, "request", address())
    try:
        verb, arguments = read_request(given)
        request.attrib.update({name: writable(one) for name, one in {"verb": verb, **arguments}.items()})
        body = Element(verb)
        ANSWERS[verb](body, arguments, until)
        root.append(body)
    except OaiError as error:
        if error.code in SENSELESS:
            request.attrib.clear()
        told(root, "error", str(error), code=error.code)
    return tostring(root, encoding="UTF-8", xml_declaration=True)


def address() -> str:
    return settings.SITE_URL + reverse("oai")


def _identify(body: Element, arguments: dict[str, str], until: datetime) -> None:
    told(body, "repositoryName", settings.SITE_NAME)
    told(body, "baseURL", address())
    told(body, "protocolVersion", "2.0")
    told(body, "adminEmail", _contact())
    told(body, "earliestDatestamp", NEVER.astimezone(UTC).strftime(SECOND))
    told(body, "deletedRecord", "persistent")
    told(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    add_description(SubElement(body, "description"), settings.SITE_NAME, ABOUT)


def _contact() -> str:
    """Whom to write to. The protocol wants a domain with a dot in it, which a site for trying out has not."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    known = settings.CONTACT_EMAIL or f"postmaster@{host}"
    return known if "." in known.partition("@")[2] else f"postmaster@{host}.invalid"


def _list_formats(body: Element, arguments: dict[str, str], until: datetime) -> None:
    if "identifier" in arguments:
        must_be_there(arguments["identifier"])
    form = SubElement(body, "metadataFormat")
    told(form, "metadataPrefix", PREFIX)
    told(form, "schema", OAI_DC_SCHEMA)
    told(form, "metadataNamespace", OAI_DC)


def _list_sets(body: Element, arguments: dict[str, str], until: datetime) -> None:
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", "All sets are told at once: no list of them goes on.")
    for kind in KINDS:
        one = SubElement(body, "set")
        told(one, "setSpec", kind.spec)
        told(one, "setName", kind.title)


def _get_record(body: Element, arguments: dict[str, str], until: datetime) -> None:
    must_be_there(arguments["identifier"])
    must_be_known(arguments["metadataPrefix"])
    found = find(arguments["identifier"])
    add_whole(body, found, things_of([found]))


def _list_identifiers(body: Element, arguments: dict[str, str], until: datetime) -> None:
    window = read_window(arguments)
    page = page_in(window, until)
    for one in page.changed:
        add_header(body, one)
    _go_on(body, window, page.token, len(page.changed))


def _list_records(body: Element, arguments: dict[str, str], until: datetime) -> None:
    window = read_window(arguments)
    page = page_in(window, until)
    things = things_of(page.changed)
    for one in page.changed:
        add_whole(body, one, things)
    _go_on(body, window, page.token, len(page.changed))


def _go_on(body: Element, window: Window, token: str, told_now: int) -> None:
    """The token of what follows; an empty one ends a list that came in several parts."""
    if not told_now and not window.cursor:
        raise OaiError("noRecordsMatch", "Nothing changed in that time, in that set.")
    if token or window.cursor:
        told(body, "resumptionToken", token, cursor=str(window.cursor))


ANSWERS: dict[str, Callable[[Element, dict[str, str], datetime], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
